import { HoverCard, ScrollArea, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCheck, IconListCheck } from '@tabler/icons-react';
import type { DecisionMatrix } from '@weighbridge/registry-contracts';
import { DecisionBadge, LicenseTag, dayText } from '@weighbridge/shared-ui';
import { Clause } from '../../pieces/clause.tsx';
import { TextLink, versionPath } from '../../pieces/text-link.tsx';
import classes from './decision-grid.module.css';

type Cell = DecisionMatrix['cells'][number][number];

const icon = { size: 15, stroke: 2.2, 'aria-hidden': true } as const;
const looks: Readonly<Record<Cell['outcome'], { readonly mark: React.ReactNode; readonly words: string }>> = {
  allow: { mark: <IconCheck {...icon} />, words: 'allowed' },
  allow_with_obligations: { mark: <IconListCheck {...icon} />, words: 'allowed, with obligations' },
  review: { mark: <IconAlertTriangle {...icon} />, words: 'needs a review' },
  deny: { mark: <IconBan {...icon} />, words: 'denied' },
};

/** Versions down, use cases across; a cell's colour, mark and words say the same, and its reason shows on hover and on focus. */
export function DecisionGrid({ matrix }: { readonly matrix: DecisionMatrix }) {
  return (
    <ScrollArea type="auto" scrollbars="x" offsetScrollbars="present" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'Decisions by version and use case' }}>
      <Table className={classes['grid'] ?? ''}>
        <caption className="wb-visually-hidden">Decisions by version and use case</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" className={classes['corner'] ?? ''}>
              Version
            </Table.Th>
            {matrix.useCases.map((useCase) => (
              <Table.Th key={useCase.id} scope="col" className={classes['use'] ?? ''}>
                {useCase.name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {matrix.models.map(({ ref, publisher, license }, row) => {
            const [model = '', version = ''] = ref.split('@');
            return (
              <Table.Tr key={ref}>
                <Table.Th scope="row" className={classes['version'] ?? ''}>
                  <TextLink to={versionPath(model, version)} strong>
                    {ref}
                  </TextLink>
                  <Text size="xs" c="dimmed" fw={400} component="div">
                    {publisher} · <LicenseTag license={license} />
                  </Text>
                </Table.Th>
                {matrix.useCases.map((useCase, column) => {
                  const cell = matrix.cells[row]?.[column];
                  return (
                    <Table.Td key={useCase.id} className={classes['cell'] ?? ''}>
                      {cell === undefined ? null : <DecisionCell cell={cell} subject={`${ref} for ${useCase.name}`} />}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}

function DecisionCell({ cell, subject }: { readonly cell: Cell; readonly subject: string }) {
  const { mark, words } = looks[cell.outcome];
  const reason = cell.firstReason?.message ?? (cell.obligations > 0 ? `${cell.obligations} obligations have to be met.` : 'Nothing stands against it.');
  return (
    <HoverCard width={340} shadow="md" withArrow openDelay={80} position="top">
      <HoverCard.Target>
        <button type="button" className={classes['mark']} data-outcome={cell.outcome} data-approved={cell.approvedUntil !== null || undefined}>
          {mark}
          <VisuallyHidden>
            {subject}: {words}. {reason}
          </VisuallyHidden>
        </button>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <DecisionBadge decision={cell.outcome} />
        <Text size="xs" c="dimmed" mt={6}>
          {subject}
        </Text>
        <Text size="sm" mt={4}>
          {reason} <Clause clause={cell.firstReason?.clause ?? null} />
        </Text>
        <Text size="xs" c="dimmed" mt={4}>
          {[cell.reasons > 1 ? `${cell.reasons - 1} more reasons` : '', cell.obligations > 0 ? `${cell.obligations} obligations` : '', cell.approvedUntil === null ? '' : `approved until ${dayText(cell.approvedUntil)}`].filter((part) => part !== '').join(' · ')}
        </Text>
      </HoverCard.Dropdown>
    </HoverCard>
  );
}
