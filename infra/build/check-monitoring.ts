// Asks a running Prometheus whether it scrapes every service, whether its rules work, and whether every query of the dashboard finds something:
//   node infra/build/check-monitoring.ts http://127.0.0.1:9090
// Right after work has gone through the platform, so that there is something to find.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Answer<T> {
  readonly status: string;
  readonly error?: string;
  readonly data: T;
}
interface Target {
  readonly health: string;
  readonly lastError: string;
  readonly labels: Readonly<Record<string, string>>;
}
interface Rule {
  readonly name: string;
  readonly query: string;
  readonly health: string;
  readonly lastError?: string;
}
interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}

const [prometheus] = process.argv.slice(2);
if (prometheus === undefined) {
  process.stderr.write('usage: node infra/build/check-monitoring.ts <address of Prometheus>\n');
  process.exit(2);
}

const folder = new URL('../monitoring/', import.meta.url);
const { panels } = JSON.parse(readFileSync(new URL('grafana/dashboards/weighbridge.json', folder), 'utf8')) as Dashboard;
const { scrape_configs } = parse(readFileSync(new URL('prometheus.yml', folder), 'utf8')) as { scrape_configs: { dns_sd_configs: { names: string[] }[] }[] };

async function ask<T>(path: string, parameters: Readonly<Record<string, string>> = {}): Promise<T> {
  const response = await fetch(new URL(`/api/v1/${path}?${new URLSearchParams(parameters).toString()}`, prometheus), { signal: AbortSignal.timeout(10_000) });
  const answer = (await response.json()) as Answer<T>;
  if (answer.status !== 'success') throw new Error(answer.error ?? `HTTP ${response.status}`);
  return answer.data;
}

const query = async (expression: string): Promise<number> => (await ask<{ result: readonly unknown[] }>('query', { query: expression })).result.length;

const faults: string[] = [];

const { activeTargets } = await ask<{ activeTargets: readonly Target[] }>('targets');
for (const target of activeTargets) if (target.health !== 'up') faults.push(`${target.labels['service']} at ${target.labels['instance']} is ${target.health}: ${target.lastError}`);
for (const [name] of scrape_configs.flatMap(({ dns_sd_configs }) => dns_sd_configs.map(({ names }) => names))) {
  if (!activeTargets.some(({ labels }) => labels['service'] === name)) faults.push(`${name} is not scraped`);
}

const { groups } = await ask<{ groups: readonly { readonly rules: readonly Rule[] }[] }>('rules');
const rules = groups.flatMap((group) => group.rules);
if (rules.length === 0) faults.push('there are no rules');
for (const rule of rules) if (rule.health !== 'ok') faults.push(`rule ${rule.name} is ${rule.health}: ${rule.lastError ?? ''}`);

/** An alert that is silent because its metric is misspelt looks like one that is silent because all is well. */
const metrics = new Set([...rules.map((rule) => rule.query), ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))].flatMap((text) => text.match(/\b(?:weighbridge|process|nodejs)_\w+/g) ?? []));
for (const metric of metrics) if ((await query(metric)) === 0) faults.push(`no service has ${metric}`);

let queries = 0;
for (const { title, targets } of panels) {
  for (const { expr } of targets) {
    queries += 1;
    const found = await query(expr.replaceAll('$__rate_interval', '5m')).catch((error: unknown) => faults.push(`"${title}": ${String(error)}`));
    if (found === 0) faults.push(`"${title}" finds nothing`);
  }
}

for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stdout.write(`${activeTargets.length} targets, ${rules.length} rules, ${metrics.size} metrics, ${queries} queries: ${faults.length} faults\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
