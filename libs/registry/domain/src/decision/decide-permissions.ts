import { carried } from '../terms/compile-license.ts';
import type { DecisionFindings } from './decision-findings.ts';
import type { LineageTerms } from '../terms/lineage-terms.ts';
import type { RegionExclusion } from '../licenses/license.ts';
import { regionIncludes } from '../use-cases/regions.ts';
import type { TrainTarget, UseCaseFacts } from '../use-cases/use-case-facts.ts';

/** What is granted at all: commercial use, and the way in which others are reached. Limits of the same name say it better and go first. */
export function decidePermissions(terms: LineageTerms, useCase: UseCaseFacts, findings: DecisionFindings): void {
  if ((terms.transfer.carries & carried.permissions) === 0) return;
  const { entry, nonCommercialLimit, hostingLimit } = terms.license;

  if (useCase.commercial !== false && !nonCommercialLimit) {
    const { answer, clause } = entry.permissions['commercial-use'];
    if (answer === 'no' && useCase.commercial === true) findings.add('deny', terms, 'permission:commercial-use', clause, 'commercial use is not permitted.');
    else if (answer === 'no') findings.add('review', terms, 'missing-fact:commercial', clause, 'commercial use is not permitted, and whether this use is commercial is not declared.', 'commercial');
    else if (answer === 'silent') findings.add('review', terms, 'permission:commercial-use', clause, 'the text says nothing about commercial use.');
  }

  if (useCase.distribution === 'internal' || (useCase.distribution === 'service' && hostingLimit)) return;
  const name = useCase.distribution === 'service' ? 'hosting' : 'distribution';
  const { answer, clause } = entry.permissions[name];
  const what = name === 'hosting' ? 'offering it to others as a service' : 'handing copies to others';
  if (answer === 'no') findings.add('deny', terms, `permission:${name}`, clause, `${what} is not permitted.`);
  else if (answer === 'silent') findings.add('review', terms, `permission:${name}`, clause, `the text says nothing about ${what}.`);
}

/** Whom the licence leaves out by place. */
export function decideRegions(terms: LineageTerms, useCase: UseCaseFacts, findings: DecisionFindings): void {
  if ((terms.transfer.carries & carried.permissions) === 0) return;
  for (const exclusion of terms.license.entry.regionExclusions) {
    const { regions, subject, clause, text } = exclusion;
    const inside = (region: string): boolean => regions.some((excluded) => regionIncludes(excluded, region));
    if (subject === 'users') {
      if (useCase.regions.some(inside)) findings.add('deny', terms, 'limit:region-excluded', clause, text);
      else if (useCase.regions.length === 0) findings.add('review', terms, 'missing-fact:regions', clause, `${text} Where its users are is not declared.`, 'regions');
      continue;
    }
    const seat = useCase.licenseeRegion ?? null;
    if (seat === null ? !useCase.regions.some(inside) : !inside(seat)) continue;
    const concerned = isConcerned(exclusion, terms);
    if (concerned === false) continue;
    if (seat === null) findings.add('review', terms, 'missing-fact:licenseeRegion', clause, `${text} Where your organisation has its seat is not declared.`, 'licenseeRegion');
    else if (concerned === null) findings.add('review', terms, 'missing-fact:multimodal', clause, `${text} Whether ${terms.way.version.ref} is multimodal is not recorded.`, `multimodal of ${terms.way.version.ref}`);
    else findings.add('deny', terms, 'limit:region-excluded', clause, text);
  }
}

/** Material stays what it was when others build on it, so the version that carries the licence is asked, not the one built from it. */
function isConcerned({ multimodalOnly, multimodalNames, textNames }: RegionExclusion, { way }: LineageTerms): boolean | null {
  if (!multimodalOnly) return true;
  if (typeof way.version.multimodal === 'boolean') return way.version.multimodal;
  const ref = way.version.ref.toLowerCase();
  if (multimodalNames.some((name) => ref.includes(name))) return true;
  return textNames.some((name) => ref.includes(name)) ? false : null;
}

const studentWords: Readonly<Record<TrainTarget, string>> = {
  'same-family': 'another model of the same family',
  'other-llm': 'another language model',
  'non-llm-internal': 'a model that is no language model and stays in house',
  'non-llm-released': 'a model that is no language model and is released',
};

/** May outputs train that? Without a declared target they are taken to train another language model. */
export function decideOutputTraining(terms: LineageTerms, useCase: UseCaseFacts, findings: DecisionFindings): void {
  if (!useCase.trainOnOutputs || (terms.transfer.carries & carried.outputRule) === 0) return;
  const target = useCase.trainTarget ?? 'other-llm';
  const { answer, clause, condition, text } = terms.license.entry.outputRule[target];
  const student = studentWords[target];
  if (answer === 'no') findings.add('deny', terms, 'output-training', clause, `outputs may not be used to train ${student}.${text === undefined ? '' : ` ${text}`}`);
  else if (answer === 'silent') findings.add('review', terms, 'output-training', clause, `whether outputs may train ${student} is not said.${text === undefined ? '' : ` ${text}`}`);
  else if (answer === 'conditional' && condition !== undefined && useCase.conditions?.includes(condition) !== true)
    findings.add('review', terms, 'output-training', clause, `outputs may train ${student} only under the condition "${condition}", which is not declared.${text === undefined ? '' : ` ${text}`}`, 'conditions');
}
