import type { ReferenceTraining } from './reference-model.ts';
import { sources } from './sources.ts';

/** As the reports state it: a rental assumption for the final runs, not what a project cost. */
const assumed = '2' as const;
const h800 = 'NVIDIA H800';
const notIncluded = ['research and ablations on architectures, algorithms and data', 'staff', 'purchase of hardware'];

export const trainingFacts = {
  deepseekV3Base: {
    tokens: 14_800_000_000_000,
    hardware: h800,
    devices: 2_048,
    gpuHours: 2_664_000,
    costUsd: '5328000',
    assumedUsdPerGpuHour: assumed,
    costBasis: 'published',
    phases: [{ name: 'pre-training', gpuHours: 2_664_000, costUsd: '5328000' }],
    excludes: notIncluded,
    notes: ['180,000 hours for a trillion tokens, 3.7 days on the whole cluster.'],
    source: sources.deepseekV3Report,
  },
  deepseekV3: {
    tokens: 14_800_000_000_000,
    hardware: h800,
    devices: 2_048,
    gpuHours: 2_788_000,
    costUsd: '5576000',
    assumedUsdPerGpuHour: assumed,
    costBasis: 'published',
    phases: [
      { name: 'pre-training', gpuHours: 2_664_000, costUsd: '5328000' },
      { name: 'context extension', gpuHours: 119_000, costUsd: '238000' },
      { name: 'post-training', gpuHours: 5_000, costUsd: '10000' },
    ],
    excludes: notIncluded,
    notes: ['Less than a tenth of the hours of Llama 3.1 405B (0.0904), on other hardware: H800 and H100 hours are not one unit.'],
    source: sources.deepseekV3Report,
  },
  deepseekR1: {
    tokens: null,
    hardware: h800,
    devices: 512,
    gpuHours: 147_000,
    costUsd: '294000',
    assumedUsdPerGpuHour: assumed,
    costBasis: 'published',
    phases: [
      { name: 'R1-Zero', gpuHours: 101_000, costUsd: '202000' },
      { name: 'data for supervised tuning', gpuHours: 5_000, costUsd: '10000' },
      { name: 'R1', gpuHours: 41_000, costUsd: '82000' },
    ],
    excludes: ['training of the base model, DeepSeek-V3-Base', ...notIncluded],
    notes: ['About 198 and 80 hours on 512 devices; the paper writes 64*8, which some press prints as 648.'],
    source: sources.deepseekR1Nature,
  },
  deepseekV2: {
    tokens: 8_100_000_000_000,
    hardware: h800,
    devices: null,
    gpuHours: 1_399_680,
    costUsd: '2799360',
    assumedUsdPerGpuHour: assumed,
    costBasis: 'derived',
    phases: [{ name: 'pre-training', gpuHours: 1_399_680, costUsd: '2799360' }],
    excludes: notIncluded,
    notes: ['172,800 hours for a trillion tokens are published; the total and the cost follow from them.', '42.5 % less than DeepSeek 67B for as many tokens.'],
    source: sources.deepseekV2Report,
  },
  deepseek67B: {
    tokens: 2_000_000_000_000,
    hardware: h800,
    devices: null,
    gpuHours: 601_200,
    costUsd: '1202400',
    assumedUsdPerGpuHour: assumed,
    costBasis: 'derived',
    phases: [{ name: 'pre-training', gpuHours: 601_200, costUsd: '1202400' }],
    excludes: notIncluded,
    notes: ['300,600 hours for a trillion tokens, as the V2 report states; the total and the cost follow from them.'],
    source: sources.deepseekV2Report,
  },
  llama31With405B: llama(30_840_000, '61680000'),
  llama31With70B: llama(7_000_000, '14000000'),
  llama31With8B: llama(1_460_000, '2920000'),
  qwen25: {
    tokens: 18_000_000_000_000,
    hardware: null,
    devices: null,
    gpuHours: null,
    costUsd: null,
    assumedUsdPerGpuHour: null,
    costBasis: null,
    phases: [],
    excludes: [],
    notes: ['Up to 18 trillion tokens; hours, hardware and cost are not disclosed.'],
    source: sources.qwen25Config,
  },
} satisfies Record<string, ReferenceTraining>;

function llama(gpuHours: number, costUsd: string): ReferenceTraining {
  return {
    tokens: 15_000_000_000_000,
    hardware: 'NVIDIA H100-80GB, 700 W',
    devices: null,
    gpuHours,
    costUsd,
    assumedUsdPerGpuHour: assumed,
    costBasis: 'derived',
    phases: [{ name: 'training', gpuHours, costUsd }],
    excludes: ['research, staff and hardware, as far as the card says'],
    notes: ['More than 15 trillion tokens (the paper says 15.6). Meta publishes no cost: it is the published hours at a notional $2, to compare.'],
    source: sources.llama31Card,
  };
}
