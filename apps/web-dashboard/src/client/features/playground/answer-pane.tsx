import { Alert, Group, Text } from '@mantine/core';
import { DecisionBadge, Panel, durationText, exactMoneyText } from '@weighbridge/shared-ui';
import type { ReactNode } from 'react';
import { TextLink, versionPath } from '../../pieces/text-link.tsx';
import { useDecision } from '../../queries/use-decision.ts';
import classes from './answer-pane.module.css';
import { tokensPerSecond } from './answer-state.ts';
import type { AnswerState } from './answer-state.ts';

interface AnswerPaneProps {
  /** `name@version` */
  readonly model: string;
  readonly useCase: string | null;
  /** Null: nothing was asked yet. */
  readonly answer: AnswerState | null;
}

/** May it be used for that, what it says, how fast and for how much. */
export function AnswerPane({ model, useCase, answer }: AnswerPaneProps) {
  const decision = useDecision(model, useCase).data;
  const [name = '', version = ''] = model.split('@');
  return (
    <Panel title={<TextLink to={versionPath(name, version)}>{model}</TextLink>} actions={decision === undefined ? null : <DecisionBadge decision={decision.decision} />}>
      {answer === null ? (
        <Text size="sm" c="dimmed">
          {decision?.reasons[0]?.message ?? 'The answer appears here.'}
        </Text>
      ) : (
        <>
          {answer.reasoning === '' ? null : (
            <details className={classes['reasoning']}>
              <summary>Reasoning</summary>
              <div className={classes['text']}>{answer.reasoning}</div>
            </details>
          )}
          <div className={classes['text']} aria-live="polite" aria-busy={answer.phase === 'waiting' || answer.phase === 'streaming'}>
            {answer.text === '' && answer.phase === 'waiting' ? <Text span size="sm" c="dimmed">It waits for its turn.</Text> : answer.text}
          </div>
          {answer.error === null ? null : (
            <Alert color={answer.error === 'Stopped.' ? 'gray' : 'red'} mt="sm" role="alert">
              {answer.error}
            </Alert>
          )}
          <Figures answer={answer} />
        </>
      )}
    </Panel>
  );
}

function Figures({ answer }: { readonly answer: AnswerState }) {
  const speed = tokensPerSecond(answer);
  const figures: readonly (readonly [string, ReactNode])[] = [
    ['first word', answer.firstWordMs === null ? null : durationText(answer.firstWordMs)],
    ['in all', answer.finishedMs === null ? null : durationText(answer.finishedMs)],
    ['tokens a second', speed === null ? null : speed.toFixed(1)],
    ['tokens in and out', answer.inputTokens === null ? null : `${answer.inputTokens} and ${answer.outputTokens ?? 0}`],
    ['cost', answer.costUsd === null ? null : exactMoneyText(answer.costUsd)],
  ];
  return (
    <Group component="dl" gap="lg" mt="md" mb={0}>
      {figures
        .filter(([, value]) => value !== null)
        .map(([label, value]) => (
          <div key={label}>
            <Text component="dt" size="xs" c="dimmed">
              {label}
            </Text>
            <Text component="dd" size="sm" fw={600} m={0} className="wb-figures">
              {value}
            </Text>
          </div>
        ))}
    </Group>
  );
}
