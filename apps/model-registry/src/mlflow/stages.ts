/** MLflow's stages, which it has deprecated, by the alias that stands for each. A version has one stage, an alias one version. */
export const stages: Readonly<Record<string, string>> = { Staging: 'staging', Production: 'production' };
export const stageAliases: readonly string[] = Object.values(stages);

/** `production` before `staging`, should both point at it. */
export function stageOf(aliases: readonly string[]): 'Production' | 'Staging' | 'None' {
  if (aliases.includes('production')) return 'Production';
  return aliases.includes('staging') ? 'Staging' : 'None';
}

/** As MLflow writes it, whatever the case; null: no stage. `Archived` is none here: nothing points at what is archived. */
export function readStage(stage: string): 'Production' | 'Staging' | 'None' | 'Archived' | null {
  return (['Production', 'Staging', 'None', 'Archived'] as const).find((known) => known.toLowerCase() === stage.toLowerCase()) ?? null;
}
