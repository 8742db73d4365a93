import type { License } from '../license.ts';
import { conditional, defineLicense, duty, outputsTrainAnything, propagates, silent, yes } from './define-license.ts';

/** Headed like MIT and word for word MIT, up to a paragraph at the end: from a line to show to the loss of all rights. Tails are compared, not heads. */
const granted = { 'commercial-use': yes('~1'), modification: yes('~1'), distribution: yes('~1'), hosting: yes('~1'), sublicensing: yes('~1'), 'patent-grant': silent() };
const notices = [duty('include-license', 'copies', '~2'), duty('retain-copyright', 'copies', '~2')];

/** Its limits switch an obligation on; they never forbid. */
const kimi = (model: 'Kimi K2' | 'Kimi K2.5', id: string, year: number, source: string, more: Pick<License['markers'], 'absent'> & { links: string[] }): License =>
  defineLicense({
    id,
    name: `${model} Modified MIT License`,
    title: `Modified MIT License, Copyright (c) ${year} Moonshot AI`,
    family: 'Modified MIT',
    steward: 'Moonshot AI',
    source,
    licensors: ['Moonshot AI', 'MoonshotAI'],
    permissions: granted,
    obligations: [
      ...notices,
      {
        code: 'display-attribution',
        trigger: 'any',
        commercialOnly: true,
        whenLimits: ['monthly-active-users', 'monthly-revenue'],
        clause: '~4 last paragraph',
        line: model,
        text: `Show "${model}" prominently on the user interface of a commercial product with more than 100,000,000 monthly users or more than 20,000,000 USD of monthly revenue.`,
      },
    ],
    limits: [
      { name: 'monthly-active-users', threshold: 100_000_000, measure: 'productMonthlyActiveUsers', scope: 'product', commercialOnly: true, effect: 'obligation', clause: '~4 last paragraph', text: 'Above 100,000,000 monthly users the name is to be shown.' },
      { name: 'monthly-revenue', threshold: 20_000_000, measure: 'annualRevenueUsd', perMonth: true, scope: 'product', commercialOnly: true, effect: 'obligation', clause: '~4 last paragraph', text: 'Above 20,000,000 USD of monthly revenue the name is to be shown.' },
    ],
    outputRule: outputsTrainAnything(),
    propagation: propagates('obligations-only', 'none'),
    markers: { required: ['Permission is hereby granted, free of charge', 'Our only modification part is that', `prominently display "${model}"`], absent: more.absent },
    hfTags: [],
    links: more.links,
    confidence: 'text',
    notes: ['Published with license_name "modified-mit", which other texts use too: decide from the file.'],
  });

export const kimiK2ModifiedMit = kimi('Kimi K2', 'LicenseRef-Kimi-K2-Modified-MIT', 2025, 'MoonshotAI/Kimi-K2 LICENSE; README section 6', { absent: ['Kimi K2.5'], links: ['moonshotai/kimi-k2-', 'moonshotai/kimi-k2/'] });
export const kimiK25ModifiedMit = kimi('Kimi K2.5', 'LicenseRef-Kimi-K2.5-Modified-MIT', 2026, 'MoonshotAI/Kimi-K2.5 LICENSE', { absent: [], links: ['moonshotai/kimi-k2.5'] });

export const miniMaxM2ModifiedMit = defineLicense({
  id: 'LicenseRef-MiniMax-M2-Modified-MIT',
  name: 'MiniMax M2 License (MIT with a closing paragraph)',
  title: 'MIT License, as published with MiniMax-M2',
  family: 'Modified MIT',
  steward: 'MiniMax',
  source: 'MiniMax-AI/MiniMax-M2 LICENSE',
  licensors: ['MiniMax', 'MiniMaxAI', 'MiniMax-AI'],
  permissions: granted,
  obligations: [
    ...notices,
    {
      code: 'display-attribution',
      trigger: 'any',
      commercialOnly: true,
      whenLimits: ['monthly-active-users', 'annual-recurring-revenue'],
      clause: '~4 closing paragraph',
      line: 'MiniMax M2',
      text: 'Show "MiniMax M2" prominently on the user interface of a commercial product with more than 100,000,000 monthly users or more than 30,000,000 USD of annual recurring revenue.',
    },
  ],
  limits: [
    { name: 'monthly-active-users', threshold: 100_000_000, measure: 'productMonthlyActiveUsers', scope: 'product', commercialOnly: true, effect: 'obligation', clause: '~4 closing paragraph', text: 'Above 100,000,000 monthly users the name is to be shown.' },
    { name: 'annual-recurring-revenue', threshold: 30_000_000, measure: 'annualRevenueUsd', scope: 'product', commercialOnly: true, effect: 'obligation', clause: '~4 closing paragraph', text: 'Above 30,000,000 USD of annual recurring revenue the name is to be shown.' },
  ],
  outputRule: outputsTrainAnything(),
  propagation: propagates('obligations-only', 'none'),
  markers: { required: ['Permission is hereby granted, free of charge', 'Our only modification is that', 'prominently display "MiniMax M2"'] },
  hfTags: [],
  links: ['minimax-ai/minimax-m2', 'minimaxai/minimax-m2'],
  confidence: 'text',
  notes: ['Title and body are MIT word for word: only the closing paragraph tells.'],
});

export const mistralModifiedMit = defineLicense({
  id: 'LicenseRef-MistralAI-Modified-MIT-Revenue',
  name: 'Mistral Modified MIT License',
  title: 'Modified MIT License, as published with Devstral 2 123B and Mistral Medium 3.5',
  family: 'Modified MIT',
  steward: 'Mistral AI',
  source: 'mistralai/Devstral-2-123B-Instruct-2512 LICENSE, the added clause as quoted by several sources',
  licensors: ['Mistral AI', 'mistralai', 'Mistral'],
  permissions: { ...granted, 'commercial-use': conditional('~4') },
  obligations: notices,
  limits: [
    {
      name: 'monthly-revenue',
      threshold: 20_000_000,
      measure: 'annualRevenueUsd',
      perMonth: true,
      scope: 'licensee-and-affiliates',
      effect: 'request-license',
      clause: '~4 revenue clause',
      text: 'A company whose consolidated revenue worldwide exceeded 20,000,000 USD in the preceding month gets no rights, nor do those who work for it.',
    },
  ],
  outputRule: outputsTrainAnything(),
  propagation: propagates('pass-on-restrictions', 'review'),
  markers: { required: ['global consolidated monthly revenue of your company'], supporting: ['Permission is hereby granted, free of charge', 'exceeds $20 million'] },
  hfTags: [],
  links: ['mistralai/devstral-2-123b', 'mistralai/mistral-medium-3.5'],
  confidence: 'part',
  notes: ['No exemption for research or non-profits.', 'Devstral Small 2 is Apache-2.0.'],
});
