import { Accordion, Group, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { Model } from '@weighbridge/registry-contracts';
import { EmptyState, Panel, Tag, When } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { useScope } from '../../scope/project-scope.tsx';
import { AliasHistory } from './alias-history.tsx';
import { ProtectionSwitch } from './protection-switch.tsx';
import { RollbackButton } from './rollback-button.tsx';

/** Where each alias points, how it came there, and the ways back. */
export function AliasesPanel({ model }: { readonly model: Model }) {
  const { isPlatform, may } = useScope();
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <Panel flush title="Aliases" description="Movable names. A protected one moves only when a second person approves.">
      {model.aliases.length === 0 ? (
        <EmptyState title="No alias yet">A promotion makes the first one.</EmptyState>
      ) : (
        <Accordion variant="default" value={opened} onChange={setOpened}>
          {model.aliases.map((alias) => (
            <Accordion.Item key={alias.name} value={alias.name}>
              <Accordion.Control>
                <Group gap="sm">
                  <Text span fw={600} size="sm">
                    {alias.name} → {alias.version}
                  </Text>
                  {alias.protection === null ? null : (
                    <Tag color="harbor" icon={<IconLock size={12} aria-hidden="true" />}>
                      protected
                    </Tag>
                  )}
                  <Text span size="sm" c="dimmed">
                    <When at={alias.updatedAt} />
                  </Text>
                </Group>
              </Accordion.Control>
              <Accordion.Panel>
                <Group gap="sm" mb="sm">
                  {model.mayChange && may('editor') ? <RollbackButton model={model.name} alias={alias.name} version={alias.version} /> : null}
                  {isPlatform && may('admin') ? <ProtectionSwitch model={model.name} alias={alias.name} protection={alias.protection} /> : null}
                </Group>
                {opened === alias.name ? <AliasHistory model={model.name} alias={alias.name} /> : null}
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      )}
    </Panel>
  );
}
