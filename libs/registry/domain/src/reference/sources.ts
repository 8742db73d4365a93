import type { ReferenceSource } from './reference-model.ts';

/** The day on which the facts of the catalogue were last read. */
const retrievedOn = '2026-11-23';
const source = (title: string, url: string | null = null): ReferenceSource => ({ title, url, retrievedOn });

export const sources = {
  deepseekV3Report: source('DeepSeek-V3 Technical Report, arXiv 2412.19437', 'https://arxiv.org/abs/2412.19437'),
  deepseekV3Repository: source('Repository deepseek-ai/DeepSeek-V3: README, weight notes, configs, LICENSE-MODEL', 'https://github.com/deepseek-ai/DeepSeek-V3'),
  deepseekR1Report: source('DeepSeek-R1 report, arXiv 2501.12948', 'https://arxiv.org/abs/2501.12948'),
  deepseekR1Repository: source('Repository deepseek-ai/DeepSeek-R1: README (section 7 on licences), LICENSE', 'https://github.com/deepseek-ai/DeepSeek-R1'),
  deepseekV2Report: source('DeepSeek-V2 report, arXiv 2405.04434', 'https://arxiv.org/abs/2405.04434'),
  deepseekV2Repository: source('Repository deepseek-ai/DeepSeek-V2: README, LICENSE-MODEL', 'https://github.com/deepseek-ai/DeepSeek-V2'),
  deepseekLlmRepository: source('Repository deepseek-ai/DeepSeek-LLM: README, LICENSE-MODEL; quotations of its config', 'https://github.com/deepseek-ai/DeepSeek-LLM'),
  deepseekV25Card: source('Model card of DeepSeek-V2.5 and price trackers, as others describe them'),
  deepseekRevisions: source('Model cards of DeepSeek-V3-0324 and R1-0528, as others describe them'),
  deepseekR1Nature: source('DeepSeek-R1 in Nature, September 2025, through press'),
  deepseekPrices: source('DeepSeek API documentation: pricing and news pages', 'https://api-docs.deepseek.com'),
  deepseekLaunchPrices: source('Press and price trackers on DeepSeek’s launch prices'),
  llama31Card: source('Meta llama-models: Llama 3.1 model card, LICENSE, USE_POLICY', 'https://github.com/meta-llama/llama-models/tree/main/models/llama3_1'),
  llama33Card: source('Meta llama-models: Llama 3.3 model card, LICENSE, USE_POLICY', 'https://github.com/meta-llama/llama-models/tree/main/models/llama3_3'),
  llamaRecipes: source('oumi-ai/oumi: training recipes for Llama 3.1 and 3.3 with their sizes', 'https://github.com/oumi-ai/oumi'),
  qwen25Config: source('Published copy of the Qwen2.5-72B config and model card'),
  qwenLicense: source('Qwen License Agreement of 19 September 2024'),
  qwen25Card: source('Model cards of the Qwen2.5 and Qwen2.5-Math sizes; published copies of their configs'),
  openaiEvals: source('openai/simple-evals: results table', 'https://github.com/openai/simple-evals'),
  openaiTerms: source('OpenAI Services Agreement, effective 1 January 2026, as kept by the Open Terms Archive', 'https://github.com/OpenTermsArchive/genai-contrib-versions'),
  openaiPrices: source('BerriAI/litellm price file and OpenAI’s prompt caching announcement', 'https://github.com/BerriAI/litellm'),
  openaiLaunchPrices: source('Press and price trackers on OpenAI’s launch prices'),
  anthropicTerms: source('Anthropic Commercial Terms of Service, effective 17 June 2025, as kept by the Open Terms Archive', 'https://github.com/OpenTermsArchive/genai-contrib-versions'),
  anthropicCards: source('Anthropic’s announcements of both snapshots, through secondary sources'),
  anthropicPrices: source('pydantic/genai-prices, Anthropic entry', 'https://github.com/pydantic/genai-prices'),
  aider: source('Aider-AI/aider: polyglot leaderboard data', 'https://github.com/Aider-AI/aider'),
} as const satisfies Record<string, ReferenceSource>;
