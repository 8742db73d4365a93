import type { License } from './license.ts';
import { cc0, ccBy4, ccByNc4, ccByNcNd4, ccByNcSa4, ccBySa4, cohereNonCommercial } from './licenses/creative-commons.ts';
import { deepseekModel1 } from './licenses/deepseek.ts';
import { falcon180b, falcon2 } from './licenses/falcon.ts';
import { gemma } from './licenses/gemma.ts';
import { hunyuan202411, hunyuan202412, hunyuan3d2 } from './licenses/hunyuan.ts';
import { llama2, llama3, llama31, llama32, llama33, llama4 } from './licenses/llama.ts';
import { mistralNonProduction, mistralResearch } from './licenses/mistral.ts';
import { bigCodeOpenRailM1, bloomRail1, creativeMlOpenRailM, creativeMlOpenRailPlusPlusM, openRailM } from './licenses/openrail.ts';
import { databricksOpenModel, miniMaxModel, yi21 } from './licenses/other-community.ts';
import { apache2, bsd3Clause, kimiK2ModifiedMit, miniMaxM2ModifiedMit, mistralModifiedMit, mit, openMdw1 } from './licenses/permissive.ts';
import { anthropicCommercial, openAiServices } from './licenses/provider-terms.ts';
import { qwen2024, qwenResearch2024, tongyiQianwen2023, tongyiQianwenResearch2023 } from './licenses/qwen.ts';
import { stabilityCommunity2024 } from './licenses/stability.ts';

const entries: readonly License[] = [
  mit,
  apache2,
  bsd3Clause,
  openMdw1,
  kimiK2ModifiedMit,
  miniMaxM2ModifiedMit,
  mistralModifiedMit,
  cc0,
  ccBy4,
  ccBySa4,
  ccByNc4,
  ccByNcSa4,
  ccByNcNd4,
  cohereNonCommercial,
  deepseekModel1,
  llama2,
  llama3,
  llama31,
  llama32,
  llama33,
  llama4,
  qwen2024,
  qwenResearch2024,
  tongyiQianwen2023,
  tongyiQianwenResearch2023,
  gemma,
  bloomRail1,
  openRailM,
  creativeMlOpenRailM,
  creativeMlOpenRailPlusPlusM,
  bigCodeOpenRailM1,
  mistralResearch,
  mistralNonProduction,
  falcon180b,
  falcon2,
  stabilityCommunity2024,
  hunyuan202411,
  hunyuan202412,
  hunyuan3d2,
  databricksOpenModel,
  yi21,
  miniMaxModel,
  openAiServices,
  anthropicCommercial,
];

/** Every licence that is known to the clause, by id. */
export const licenseCatalogue: ReadonlyMap<string, License> = new Map(entries.map((entry) => [entry.id, entry]));

const byName = new Map<string, License>();
for (const entry of entries) for (const name of [entry.id, entry.name, ...entry.hfTags]) byName.set(name.toLowerCase(), entry);

/** By id, name, or tag of a model card, whatever the case; undefined: not in the catalogue, or a tag that does not say which text is meant. */
export function findLicense(idOrTag: string): License | undefined {
  return byName.get(idOrTag.trim().toLowerCase());
}
