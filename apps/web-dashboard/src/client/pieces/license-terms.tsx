import { Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { fieldOfUseMeanings } from '@weighbridge/registry-domain';
import type { License } from '@weighbridge/registry-domain';
import { Tag, countText } from '@weighbridge/shared-ui';
import type { ReactNode } from 'react';
import { Clause } from './clause.tsx';
import { answerWords, limitWords, outputWords, permissionWords, plainWord, propagationWords, relationWords, triggerWords } from './license-words.ts';
import classes from './license-terms.module.css';

/** A licence in plain words, each with the clause that says so. */
export function LicenseTerms({ license }: { readonly license: License }) {
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="lg">
      <Stack gap="lg">
        <TermGroup title="May I?">
          {entries(license.permissions).map(([name, grant]) => (
            <Term key={name} clause={grant.clause} mark={<Answer answer={grant.answer} />} note={grant.text}>
              {permissionWords[name]}
            </Term>
          ))}
        </TermGroup>
        <TermGroup title="May outputs train models?">
          {entries(license.outputRule).map(([name, rule]) => (
            <Term key={name} clause={rule.clause} mark={<Answer answer={rule.answer} />} note={rule.text ?? (rule.condition === undefined ? undefined : `Only if: ${plainWord(rule.condition)}`)}>
              {outputWords[name]}
            </Term>
          ))}
        </TermGroup>
        <TermGroup title="A model made from this one…">
          {entries(license.propagation).map(([relation, { rule, clause }]) => (
            <Term key={relation} clause={clause}>
              <b>{relationWords[relation]}</b> it: {propagationWords[rule]}
            </Term>
          ))}
        </TermGroup>
      </Stack>
      <Stack gap="lg">
        <TermGroup title="Obligations" none="none">
          {license.obligations.map((obligation) => (
            <Term key={`${obligation.code}${obligation.trigger}`} clause={obligation.clause} note={`${triggerWords[obligation.trigger]}${obligation.commercialOnly === true ? ', commercial use only' : ''}${obligation.when === undefined ? '' : `, when ${obligation.when}`}`}>
              {obligation.text}
            </Term>
          ))}
        </TermGroup>
        <TermGroup title="Limits" none="none">
          {license.limits.map((limit) => (
            <Term key={limit.name} clause={limit.clause} mark={<Mark {...limitWords[limit.effect]} />} note={limit.threshold === null ? undefined : `at ${countText(limit.threshold)}`}>
              {limit.text}
            </Term>
          ))}
        </TermGroup>
        {license.regionExclusions.length === 0 ? null : (
          <TermGroup title="Regions left out">
            {license.regionExclusions.map((exclusion) => (
              <Term key={exclusion.clause + exclusion.regions.join()} clause={exclusion.clause} note={`${exclusion.regions.join(', ')} · ${exclusion.subject === 'licensee' ? 'who is seated there gets no rights' : 'not for people there'}${exclusion.multimodalOnly ? ' · multimodal models only' : ''}`}>
                {exclusion.text}
              </Term>
            ))}
          </TermGroup>
        )}
      </Stack>
      <div className={classes['wide']}>
        <TermGroup title="May not be used for" columns none="no field of use is excluded by name">
          {license.fieldOfUse.map((restriction) => (
            <Term key={`${restriction.word}${restriction.clause}${restriction.suffixes.join()}`} clause={restriction.clause} {...(restriction.effect === 'review' ? { mark: <Mark text="needs a review" color="brass" /> } : {})} note={restriction.text}>
              {fieldOfUseMeanings[restriction.word]}
              {restriction.suffixes.length === 0 ? null : <Text span size="xs" c="dimmed"> ({restriction.suffixes.map((suffix) => suffixWords[suffix]).join(', ')})</Text>}
            </Term>
          ))}
          {license.unreadPolicy === null ? null : (
            <Term clause={license.unreadPolicy.clause} mark={<Mark text="needs a review" color="brass" />}>
              {license.unreadPolicy.text}
            </Term>
          )}
        </TermGroup>
      </div>
    </SimpleGrid>
  );
}

const suffixWords: Readonly<Record<License['fieldOfUse'][number]['suffixes'][number], string>> = {
  intent: 'with intent to harm',
  auto: 'without a human decision',
  undisclosed: 'when not disclosed as made by a machine',
  consent: 'without consent',
  rights: 'without the rights',
  approval: 'without approval',
  'unless-law': 'where unlawful',
  unlicensed: 'without the licence that law asks for',
};

interface TermGroupProps {
  readonly title: string;
  /** What to say when there is nothing. */
  readonly none?: string;
  /** In columns, where there is room. */
  readonly columns?: boolean;
  readonly children: ReactNode;
}

function TermGroup({ title, none, columns = false, children }: TermGroupProps) {
  const empty = Array.isArray(children) && children.flat().every((child) => child === null);
  return (
    <div>
      <Title order={3} mb={4}>
        {title}
      </Title>
      {empty ? (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      ) : (
        <ul className={columns ? classes['columns'] : classes['terms']}>{children}</ul>
      )}
    </div>
  );
}

interface TermProps {
  readonly clause: string | null;
  readonly mark?: ReactNode;
  readonly note?: string | undefined;
  readonly children: ReactNode;
}

function Term({ clause, mark, note, children }: TermProps) {
  return (
    <li className={classes['term']}>
      <div className={classes['text']}>
        {children}
        {note === undefined ? null : (
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        )}
      </div>
      <Group gap="xs" wrap="nowrap" className={classes['aside'] ?? ''}>
        {mark}
        <Clause clause={clause} />
      </Group>
    </li>
  );
}

const Answer = ({ answer }: { readonly answer: keyof typeof answerWords }) => <Mark {...answerWords[answer]} />;

function Mark({ text, color }: { readonly text: string; readonly color: string }) {
  return (
    <Tag color={color} size="sm">
      {text}
    </Tag>
  );
}

const entries = <K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] => Object.entries(record) as [K, V][];
