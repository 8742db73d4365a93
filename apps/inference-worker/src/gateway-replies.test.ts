import type { LiveReply } from '@weighbridge/inference-contracts';
import { newId } from '@weighbridge/shared-adapters/ids';
import { expect, test } from 'vitest';
import { createGatewayReplies } from './gateway-replies.ts';

const delta = (sequence: number): LiveReply => ({ type: 'delta', jobId: newId('job'), sequence, delta: { index: 0 } });

test('replies of one turn go to each gateway in one message, in their order', async () => {
  const published: [string, number[]][] = [];
  const reply = createGatewayReplies((gatewayId, replies) => Promise.resolve(void published.push([gatewayId, replies.map(({ sequence }) => sequence)])));

  await Promise.all([reply('gw_1', delta(0)), reply('gw_2', delta(0)), reply('gw_1', delta(1))]);
  await reply('gw_1', delta(2));

  expect(published).toEqual([['gw_1', [0, 1]], ['gw_2', [0]], ['gw_1', [2]]]);
});
