import type { License } from './license.ts';
import { ai2ImpactLow, ai2ImpactMedium, ai2Tulu1 } from './catalogue/ai2.ts';
import { appleAmlr, appleSampleCode } from './catalogue/apple.ts';
import { baichuan1, baichuan2, internLmWeights2023, miniCpm, skywork } from './catalogue/chinese-community.ts';
import { cohereNonCommercial } from './catalogue/cohere.ts';
import { agpl3Only, agpl3OrLater, gpl2Only, gpl2OrLater, gpl3Only, gpl3OrLater, lgpl21Only, lgpl21OrLater, lgpl3Only, lgpl3OrLater } from './catalogue/copyleft.ts';
import { cc0, ccBy4, ccByNc4, ccByNcNd4, ccByNcSa4, ccByNd4, ccBySa4 } from './catalogue/creative-commons.ts';
import { ccBy2, ccBy25, ccBy3, ccByNc2, ccByNc3, ccByNcNd3, ccByNcSa2, ccByNcSa3, ccBySa3 } from './catalogue/creative-commons-older.ts';
import { cUda1, cdlaPermissive1, cdlaPermissive2, etalab2, odbl1, odcBy1, pddl1 } from './catalogue/data-licenses.ts';
import { deepseekModel1 } from './catalogue/deepseek.ts';
import { exaone11, exaone12 } from './catalogue/exaone.ts';
import { falcon180b, falcon2, falconLlm2, falconLlm2023 } from './catalogue/falcon.ts';
import { gemma } from './catalogue/gemma.ts';
import { chatGlm26b, chatGlm36b, chatGlm6b, cogVideoX, cogVlm, glm4 } from './catalogue/glm.ts';
import { hunyuan202411, hunyuan202412, hunyuan3d2 } from './catalogue/hunyuan.ts';
import { llama2, llama3, llama31, llama32, llama33, llama4 } from './catalogue/llama.ts';
import { flux1Dev, flux1Dev2024, ltxVideo, playground2 } from './catalogue/media-models.ts';
import { microsoftResearch2023, msrLa } from './catalogue/microsoft.ts';
import { mistralNonProduction, mistralResearch } from './catalogue/mistral.ts';
import { kimiK25ModifiedMit, kimiK2ModifiedMit, miniMaxM2ModifiedMit, mistralModifiedMit } from './catalogue/modified-mit.ts';
import { amazonBedrock, bria, cohereTerms, dinov3, fairNonCommercialResearch, hResearch, healthAiFoundations, hyperClovaX, intelResearch, jambaOpenModel, lfmOpen, samLicense, upstageSolar, yi20 } from './catalogue/named-only.ts';
import { nvidiaCommunityModel, nvidiaNemotronOpen, nvidiaOneWay, nvidiaOpenModel, nvidiaOpenModel202504, nvidiaSourceCode1 } from './catalogue/nvidia.ts';
import { bigCodeOpenRailM1, bloomRail1, creativeMlOpenRailM, creativeMlOpenRailPlusPlusM, openRailM } from './catalogue/openrail.ts';
import { afl3, boost1, bsd2Clause, bsd3ClauseClear, ecl2, isc, ncsa, postgreSql, zlib } from './catalogue/osi-permissive.ts';
import { databricksOpenModel, miniMaxModel, yi21 } from './catalogue/other-community.ts';
import { apache2, bsd3Clause, mit, openMdw1, openMdw11 } from './catalogue/permissive.ts';
import { anthropicCommercial, openAiServices } from './catalogue/provider-terms.ts';
import { deepseekPlatform, geminiApi, mistralLaPlateforme, mistralPartner, xAiEnterprise } from './catalogue/provider-terms-others.ts';
import { mitNoAttribution, unlicense, wtfpl, zeroBsd } from './catalogue/public-domain.ts';
import { qwen2024, qwenResearch2024, tongyiQianwen2023, tongyiQianwenResearch2023 } from './catalogue/qwen.ts';
import { deepFloydIf, llama1, opt175b, sdxl09 } from './catalogue/research-frame.ts';
import { stabilityCommunity2024 } from './catalogue/stability.ts';
import { stabilityMembership, stabilityResearch2023, stableVideo3d2024, stableVideoDiffusion2023 } from './catalogue/stability-research.ts';
import { epl2, mpl2, msPl, osl3 } from './catalogue/weak-copyleft.ts';
import { grok2Community202508, grok2Community202508Revenue, xAiCommunity202511 } from './catalogue/xai.ts';

/** By family, as the files are. */
const entries: readonly License[] = [
  mit, apache2, bsd3Clause, openMdw1, openMdw11,
  bsd2Clause, bsd3ClauseClear, isc, zlib, ncsa, postgreSql, boost1, ecl2, afl3,
  zeroBsd, unlicense, mitNoAttribution, wtfpl,
  gpl3Only, gpl3OrLater, gpl2Only, gpl2OrLater, agpl3Only, agpl3OrLater, lgpl3Only, lgpl3OrLater, lgpl21Only, lgpl21OrLater,
  mpl2, epl2, osl3, msPl,
  cdlaPermissive2, cdlaPermissive1, cUda1, odcBy1, pddl1, etalab2, odbl1,
  ccBy4, ccBySa4, ccByNc4, ccByNcSa4, ccByNcNd4, ccByNd4, cc0,
  ccBy2, ccBy25, ccBy3, ccBySa3, ccByNc2, ccByNc3, ccByNcNd3, ccByNcSa2, ccByNcSa3,
  cohereNonCommercial,
  kimiK2ModifiedMit, kimiK25ModifiedMit, miniMaxM2ModifiedMit, mistralModifiedMit,
  deepseekModel1,
  llama2, llama3, llama4, llama31, llama32, llama33,
  qwen2024, qwenResearch2024, tongyiQianwen2023, tongyiQianwenResearch2023,
  gemma,
  bloomRail1, openRailM, creativeMlOpenRailM, creativeMlOpenRailPlusPlusM, bigCodeOpenRailM1,
  mistralResearch, mistralNonProduction,
  falcon180b, falcon2, falconLlm2023, falconLlm2,
  stabilityCommunity2024,
  stabilityResearch2023, stableVideoDiffusion2023, stableVideo3d2024, stabilityMembership,
  opt175b, llama1, sdxl09, deepFloydIf,
  flux1Dev, flux1Dev2024, ltxVideo, playground2,
  hunyuan202411, hunyuan202412, hunyuan3d2,
  databricksOpenModel, yi21, miniMaxModel,
  chatGlm6b, chatGlm26b, chatGlm36b, glm4, cogVlm, cogVideoX,
  baichuan2, baichuan1, internLmWeights2023, miniCpm, skywork,
  nvidiaOpenModel202504, nvidiaOpenModel, nvidiaSourceCode1, nvidiaNemotronOpen, nvidiaCommunityModel, nvidiaOneWay,
  appleAmlr, appleSampleCode,
  msrLa, microsoftResearch2023,
  ai2ImpactLow, ai2ImpactMedium, ai2Tulu1,
  grok2Community202508Revenue, grok2Community202508, xAiCommunity202511,
  exaone11, exaone12,
  openAiServices, anthropicCommercial,
  deepseekPlatform, geminiApi, xAiEnterprise, mistralPartner, mistralLaPlateforme,
  jambaOpenModel, lfmOpen, fairNonCommercialResearch, dinov3, samLicense, healthAiFoundations, upstageSolar, hResearch, intelResearch, yi20, hyperClovaX, bria, amazonBedrock, cohereTerms,
];

/** Every licence that is known to the clause, by id. */
export const licenseCatalogue: ReadonlyMap<string, License> = new Map(entries.map((entry) => [entry.id, entry]));

const byName = new Map<string, License>();
for (const entry of entries) for (const name of [entry.id, entry.name, ...entry.hfTags]) byName.set(name.toLowerCase(), entry);

/** By id, name, or tag of a model card, whatever the case; undefined: not in the catalogue, or a tag that does not say which text is meant. */
export function findLicense(idOrTag: string): License | undefined {
  return byName.get(idOrTag.trim().toLowerCase());
}
