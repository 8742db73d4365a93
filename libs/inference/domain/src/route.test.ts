import { describe, expect, test } from 'vitest';
import { chooseDeployments } from './route.ts';

const a = { id: 'a', weight: 3 };
const b = { id: 'b', weight: 1 };
const c = { id: 'c', weight: 0 };
const healthy = new Map();

describe('chooseDeployments', () => {
  test.each([
    [0, ['a', 'b']],
    [0.74, ['a', 'b']],
    [0.75, ['b', 'a']],
    [0.999_999, ['b', 'a']],
  ])('draw %d: %j', (random, order) => {
    expect(chooseDeployments([a, b], { health: healthy, random }).candidates.map(({ id }) => id)).toEqual(order);
  });

  test('each place is drawn by weight among those left', () => {
    const deployments = [{ id: 'x', weight: 5 }, { id: 'y', weight: 3 }, { id: 'z', weight: 2 }];
    const draws = 10_000;
    const seconds = new Map<string, number>();
    let firstX = 0;
    for (let draw = 0; draw < draws; draw += 1) {
      const [first, second] = chooseDeployments(deployments, { health: healthy, random: draw / draws }).candidates;
      if (first?.id !== 'x') continue;
      firstX += 1;
      seconds.set(second?.id ?? '', (seconds.get(second?.id ?? '') ?? 0) + 1);
    }

    expect(firstX / draws).toBeCloseTo(0.5, 2);
    expect((seconds.get('y') ?? 0) / firstX).toBeCloseTo(0.6, 2);
  });

  test('a paused, a blocked and an unhealthy one are passed over with their reasons, a probing one takes part', () => {
    const paused = { id: 'p', weight: 1, status: 'paused' as const };
    const blocked = { id: 'x', weight: 1, status: 'blocked' as const };

    const route = chooseDeployments([a, b, paused, blocked], { health: new Map([['a', 'unhealthy'], ['b', 'probing']]), random: 0.5 });

    expect(route.candidates.map(({ id }) => id)).toEqual(['b']);
    expect(route.passedOver.map(({ deploymentId, reason }) => [deploymentId, reason])).toEqual([['a', 'unhealthy'], ['p', 'paused'], ['x', 'blocked']]);
  });

  test('weight 0 is the last resort', () => {
    expect(chooseDeployments([c, a, b], { health: healthy, random: 0.999 }).candidates.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
    expect(chooseDeployments([a, c], { health: new Map([['a', 'unhealthy']]), random: 0.5 }).candidates.map(({ id }) => id)).toEqual(['c']);
  });

  test('no deployment, no candidate', () => {
    expect(chooseDeployments([], { health: healthy, random: 0.5 })).toEqual({ candidates: [], passedOver: [] });
  });
});
