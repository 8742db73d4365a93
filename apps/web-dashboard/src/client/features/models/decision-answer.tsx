import { Button, CopyButton, Group, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { DatedDecision } from '@weighbridge/registry-contracts';
import { DecisionBadge } from '@weighbridge/shared-ui';
import { Clause } from '../../pieces/clause.tsx';
import { TextLink } from '../../pieces/text-link.tsx';
import classes from './decision-answer.module.css';

const sentences: Readonly<Record<DatedDecision['decision'], string>> = {
  allow: 'This version may be used for that.',
  allow_with_obligations: 'This version may be used for that, if the obligations below are met.',
  review: 'Somebody has to look at this before it is used: a fact is missing, or the text leaves it open.',
  deny: 'This version may not be used for that.',
};

/** The decision, why, and what it asks for. Gives the obligations as text to hand on. */
export function DecisionAnswer({ decision }: { readonly decision: DatedDecision }) {
  return (
    <Stack gap="md" aria-live="polite" className={classes['answer'] ?? ''} data-decision={decision.decision}>
      <div>
        <DecisionBadge decision={decision.decision} size="lg" />
        <Text mt={8} fw={500}>
          {sentences[decision.decision]}
        </Text>
      </div>
      {decision.reasons.length === 0 ? null : (
        <div>
          <Title order={3} mb={2}>
            Why
          </Title>
          <ul className={classes['list']}>
            {decision.reasons.map((reason) => (
              <li key={`${reason.code}${reason.version}${reason.clause}`} className={classes['item']}>
                <Text size="sm">{reason.message}</Text>
                {reason.settledBy == null ? null : (
                  <Text size="xs" fw={500}>
                    Settled by: {settledWords(reason.settledBy)}
                  </Text>
                )}
                {reason.policy === undefined ? (
                  <Source license={reason.license} clause={reason.clause} version={reason.version} via={reason.via} />
                ) : (
                  <Text size="xs" c="dimmed">
                    Policy of the organisation: <TextLink to="/policies" inText>{reason.policy}</TextLink>
                  </Text>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      {decision.obligations.length === 0 ? null : (
        <div>
          <Group justify="space-between" mb={2}>
            <Title order={3}>Obligations</Title>
            <CopyButton value={obligationsText(decision)}>
              {({ copied, copy }) => (
                <Button size="compact-sm" variant="default" leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />} onClick={copy}>
                  {copied ? 'Copied' : 'Copy them'}
                </Button>
              )}
            </CopyButton>
          </Group>
          <ul className={classes['list']}>
            {decision.obligations.map((obligation) => (
              <li key={`${obligation.code}${obligation.version}${obligation.clause}`} className={classes['item']}>
                <Text size="sm">
                  {obligation.text}
                  {obligation.conditional ? <Text span size="xs" c="dimmed"> (under a condition)</Text> : null}
                </Text>
                <Source license={obligation.license} clause={obligation.clause} version={obligation.version} via={null} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <Text size="xs" c="dimmed">
        A reading of licence texts for engineers, not legal advice.
      </Text>
    </Stack>
  );
}

/** A fact's field as people call it; `license of …` and `publisher of …` stand for themselves. */
const settledWords = (fact: string): string => (fact.includes(' ') ? fact : fact.replaceAll(/([A-Z])/g, ' $1').toLowerCase());

interface SourceProps {
  readonly license: string | null;
  readonly clause: string | null;
  readonly version: string;
  readonly via: string | null;
}

function Source({ license, clause, version, via }: SourceProps) {
  return (
    <Text size="xs" c="dimmed" component="div">
      {license === null ? null : <TextLink inText to={`/licenses/${encodeURIComponent(license)}`}>{license.replace(/^LicenseRef-/, '')}</TextLink>} <Clause clause={clause} />
      <span> · {via === null ? version : `via ${via}`}</span>
    </Text>
  );
}

const obligationsText = (decision: DatedDecision): string =>
  [`Obligations for ${decision.model} (decided ${decision.decidedAt.slice(0, 10)})`, ...decision.obligations.map((obligation) => `- ${obligation.text} [${obligation.license}, ${obligation.clause}; from ${obligation.version}]`)].join('\n');
