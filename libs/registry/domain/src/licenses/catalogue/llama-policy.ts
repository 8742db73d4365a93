import type { LicenseLimit, LicenseObligation } from '../license.ts';
import { conditional, displayLine, duty, forbids, no, noticeFile, yes } from './define-license.ts';

/** What all Llama community licences share. Numbers of the Acceptable Use Policy (AUP) are canonical ones: printed numbering varies from file to file. */
export const llamaSteward = 'Meta';
export const llamaLicensors = ['Meta', 'meta-llama', 'Meta Llama', 'Meta AI', 'facebook', 'Meta Platforms, Inc.', 'Meta Platforms'];

export const llamaPermissions = {
  'commercial-use': conditional('1.a', 'Unless section 2 applies.'),
  modification: yes('1.a'),
  distribution: yes('1.b'),
  hosting: yes('1.b.i'),
  sublicensing: no('1.a'),
  'patent-grant': conditional('1.a', 'Ends on litigation about the Materials or outputs (5.c).'),
};

/** More than 700,000,000 monthly users in the month before the release: no rights until Meta grants them. Later growth does not count. */
export const llamaUserLimit = (countedMonth: string): Omit<LicenseLimit, 'comparison'> => ({
  name: 'monthly-active-users',
  threshold: 700_000_000,
  measure: 'monthlyActiveUsersAtRelease',
  scope: 'licensee-and-affiliates',
  clock: 'at-release-date',
  commercialOnly: false,
  effect: 'request-license',
  clause: '2',
  text: `A licensee that had, with all affiliates and products, more than 700,000,000 monthly active users in ${countedMonth}, the month before the release, gets no rights.`,
});

export const llamaDuties = (noticeLine: string): LicenseObligation[] => [
  duty('indemnify', 'any', '5.c'),
  duty('pass-on-use-restrictions', 'available', 'AUP lead sentence', { text: 'Answer for your users: what the Acceptable Use Policy forbids you may not allow others to do.' }),
  duty('disclose-risks', 'available', 'AUP 4'),
  duty('include-license', 'copies', '1.b.i(A)', { text: 'Give recipients a copy of the Agreement.' }),
  noticeFile(noticeLine, '1.b.iii'),
];

const displayPlaces = 'prominently on a related website, user interface, blog post, about page or product documentation';
export const builtWith = (line: string): LicenseObligation => displayLine(line, displayPlaces, '1.b.i(B)');

const firstPolicy = {
  'illegal-activity': 'AUP 1.1',
  terrorism: 'AUP 1.1.1',
  'harm-to-minors': 'AUP 1.1.2, 1.1.4',
  'human-trafficking': 'AUP 1.1.3',
  'sexual-content': { clause: 'AUP 1.1.5', text: 'Solicitation only.', effect: 'review' },
  harassment: 'AUP 1.2',
  discrimination: { clause: 'AUP 1.3', text: 'In employment, credit, housing and other essential services.' },
  'unlicensed-profession!unlicensed': 'AUP 1.4',
  'medical-advice!unlicensed': { clause: 'AUP 1.4', text: 'Advice as such is not banned, unlicensed practice is.' },
  'personal-data-misuse!rights': 'AUP 1.5',
  'third-party-rights': 'AUP 1.6',
  malware: 'AUP 1.7',
  military: { clause: 'AUP 2.1', text: 'Military, warfare, nuclear, espionage and export-controlled uses.' },
  weapons: { clause: 'AUP 2.2', text: 'Guns and illegal weapons, their development included.' },
  'controlled-substances': 'AUP 2.3',
  'critical-infrastructure': { clause: 'AUP 2.4', text: 'Operating it, or transport technology or heavy machinery; not every use at such an operator.' },
  'self-harm': 'AUP 2.5',
  violence: 'AUP 2.6',
  fraud: 'AUP 3.1',
  disinformation: 'AUP 3.1',
  defamation: 'AUP 3.2',
  spam: 'AUP 3.3',
  'impersonation!consent': 'AUP 3.4',
  'undisclosed-ai-output': { clause: 'AUP 3.5', text: 'Representing outputs as made by people.' },
  'fake-engagement': 'AUP 3.6',
} as const;

export const llamaPolicy = forbids(firstPolicy);

/** From 3.2 on: safeguards, biological and chemical weapons, and identity are named. */
export const llamaPolicyFrom32 = forbids({
  ...firstPolicy,
  'biometric-identification!rights': { clause: 'AUP 1.5', text: 'Personal data "or identity".' },
  'guardrail-circumvention': 'AUP 1.8',
  weapons: { clause: 'AUP 2.1, 2.2', text: 'Biological and chemical weapons, guns and illegal weapons, their development included.' },
});
