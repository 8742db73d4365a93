import { Stack, Text } from '@mantine/core';
import type { Job } from '@weighbridge/inference-contracts';
import { Panel } from '@weighbridge/shared-ui';
import { z } from 'zod';
import classes from './job-conversation.module.css';

const Input = z.looseObject({ messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })) });

/** What was asked and what came back, as plain text: nothing in it is ever interpreted. */
export function JobConversation({ job }: { readonly job: Job }) {
  const input = Input.safeParse(job.input);
  const answers = job.output?.choices ?? [];
  return (
    <Panel title="Conversation">
      <Stack gap="sm">
        {input.success ? input.data.messages.map((message, index) => <Message key={index} role={message.role} text={textOf(message.content)} />) : <Text size="sm" c="dimmed">The input is not kept.</Text>}
        {answers.map((choice) => (
          <Message key={choice.index} role="assistant" text={choice.message.content ?? choice.message.refusal ?? '(no text)'} note={choice.finish_reason === 'length' ? 'cut at the token limit' : undefined} />
        ))}
        {answers.length === 0 && job.error === null ? (
          <Text size="sm" c="dimmed">
            {job.status === 'running' ? 'The model is at work.' : job.status === 'queued' ? 'It waits for its turn.' : 'There is no answer.'}
          </Text>
        ) : null}
      </Stack>
    </Panel>
  );
}

function Message({ role, text, note }: { readonly role: string; readonly text: string; readonly note?: string | undefined }) {
  return (
    <div className={classes['message']} data-role={role}>
      <Text size="xs" c="dimmed" fw={600} mb={2}>
        {role}
      </Text>
      <div className={classes['text']}>{text}</div>
      {note === undefined ? null : (
        <Text size="xs" c="dimmed" mt={4}>
          {note}
        </Text>
      )}
    </div>
  );
}

const textOf = (content: unknown): string => (typeof content === 'string' ? content : JSON.stringify(content, null, 2));
