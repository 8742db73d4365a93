import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { projects, readText, workspaceFiles } from './workspace.ts';

interface Service {
  readonly [key: string]: unknown;
  readonly image?: string;
  readonly build?: { readonly dockerfile?: string; readonly target?: string; readonly args?: readonly string[] };
  readonly networks?: readonly string[];
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly healthcheck?: Readonly<Record<string, unknown>>;
  readonly profiles?: readonly string[];
}

interface Compose {
  readonly [key: string]: unknown;
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const text = readText('docker-compose.yml');
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);
const long = ours.filter(([, { restart }]) => restart !== 'no');
const dockerfile = readText('infra/docker/Dockerfile');

/** Keys that docker-compose 1.29 refuses, ignores or reads differently from version 2, anywhere in the file. */
const refused = ['start_interval', 'develop', 'include', 'additional_contexts', 'dockerfile_inline', 'configs', 'host_ip', 'create_host_path', 'subpath', 'annotations', 'attach', 'gpus', 'post_start', 'pre_stop', 'label_file', 'cgroup', 'uts', 'models', 'provider'];

function keysOf(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(keysOf);
  if (node === null || typeof node !== 'object') return [];
  return Object.entries(node).flatMap(([key, value]) => [key, ...keysOf(value)]);
}

describe('docker-compose.yml', () => {
  test('is read alike by docker-compose 1.29 and docker compose 2', () => {
    expect(Object.keys(compose).filter((key) => !key.startsWith('x-')).toSorted()).toEqual(['networks', 'services', 'volumes']);
    expect(keysOf({ services: Object.fromEntries(services.map(([name, { environment: _, ...service }]) => [name, service])) }).filter((key) => refused.includes(key))).toEqual([]);
    for (const [name, service] of services) {
      for (const need of Object.values(service.depends_on ?? {})) expect(Object.keys(need), name).toEqual(['condition']);
      expect(Object.keys(service.build ?? {}).filter((key) => !['context', 'dockerfile', 'target', 'args', 'cache_from', 'network'].includes(key)), name).toEqual([]);
      for (const list of ['ports', 'env_file'] as const) for (const entry of (service[list] as readonly unknown[] | undefined) ?? []) expect(typeof entry, `${name} ${list}`).toBe('string');
    }
    expect(text).not.toMatch(/\$\{\w+:?\+/);
    expect(text).not.toMatch(/\$\{\w+:?-[^}]*\$\{/);
    expect(text).not.toContain('!reset');
  });

  test('runs every app but the command line, each once', () => {
    const apps = projects.map(({ folder }) => folder.split('/')).flatMap(([kind, name = '']) => (kind === 'apps' && name !== 'cli' ? [name] : []));

    expect(long.map(([name]) => name).toSorted()).toEqual(apps.toSorted());
    for (const [name, { build }] of long) expect(build?.args).toContain(`APP=${name}`);
  });

  test.each(ours)('%s runs without privileges on a file system that it cannot write', (_name, service) => {
    expect(service).toMatchObject({ init: true, read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], tmpfs: ['/tmp'] });
    for (const key of ['privileged', 'cap_add', 'pid', 'ipc', 'network_mode', 'devices', 'user']) expect(service).not.toHaveProperty(key);
    for (const volume of (service['volumes'] as readonly string[] | undefined) ?? []) expect(volume).toMatch(/:ro$/);
  });

  test.each(['postgres', 'redis'])('%s runs without root and writes to its volume alone', (name) => {
    expect(compose.services[name]).toMatchObject({ user: expect.stringMatching(/^(postgres|999:999)$/), read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    for (const key of ['privileged', 'cap_add', 'pid', 'ipc', 'network_mode', 'devices']) expect(compose.services[name]).not.toHaveProperty(key);
  });

  test.each(long)('%s has limits, comes back by itself, and may finish what it does', (_name, service) => {
    expect(service).toMatchObject({ restart: 'unless-stopped', stop_grace_period: '45s', mem_limit: expect.any(String), pids_limit: expect.any(Number), logging: { options: { 'max-size': expect.any(String) } } });
  });

  test.each(long)('%s is healthy when it says that it is ready', (_name, { environment, healthcheck }) => {
    expect(JSON.stringify(healthcheck?.['test'])).toContain(`http://127.0.0.1:${environment?.['PORT']}/readyz`);
    expect(healthcheck).toMatchObject({ interval: expect.any(String), timeout: expect.any(String), retries: expect.any(Number), start_period: expect.any(String) });
  });

  test.each(services.filter(([, { profiles }]) => profiles === undefined).filter(([name]) => name !== 'migrate'))('%s has a health check', (_name, { healthcheck }) => {
    expect(healthcheck?.['test']).toBeDefined();
  });

  test('starts services after the migrations, and migrations after the database', () => {
    expect(compose.services['migrate']).toMatchObject({ restart: 'no', depends_on: { postgres: { condition: 'service_healthy' } } });
    for (const [name, { depends_on }] of long.filter(([name]) => name !== 'web-dashboard')) expect(depends_on, name).toMatchObject({ migrate: { condition: 'service_completed_successfully' }, redis: { condition: 'service_healthy' } });
  });

  test('publishes on this machine alone, and no data store', () => {
    const published = services.filter(([, { ports }]) => ports !== undefined);

    expect(published.map(([name]) => name).toSorted()).toEqual(['grafana', 'prometheus', 'web-dashboard']);
    for (const [name, { ports }] of published) for (const port of ports ?? []) expect(port, name).toMatch(/^127\.0\.0\.1:/);
    expect(compose.networks['back']).toEqual({ internal: true });
    for (const store of ['postgres', 'redis']) expect(compose.services[store]?.networks).toEqual(['back']);
  });

  test('keeps what has to last: volumes for both stores, an append-only file, no eviction, checksums', () => {
    expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(['postgres', 'redis']));
    expect(JSON.stringify(compose.services['redis']?.['command'])).toContain('"--appendonly","yes"');
    expect(JSON.stringify(compose.services['redis']?.['command'])).toContain('"--maxmemory-policy","noeviction"');
    expect(compose.services['postgres']?.environment?.['POSTGRES_INITDB_ARGS']).toContain('--data-checksums');
  });

  test('gives each service a role of its own in the database, and the superuser to none', () => {
    const logins = long.flatMap(([name, { environment }]) => (environment?.['DATABASE_URL'] === undefined ? [] : [[name, /^postgres:\/\/(\w+):/.exec(environment['DATABASE_URL'])?.[1]] as const]));

    expect(Object.fromEntries(logins)).toEqual({ 'model-registry': 'registry', 'cost-dashboard': 'cost', 'inference-gateway': 'inference', 'inference-worker': 'inference', 'evaluation-runner': 'evaluation' });
    for (const [name, { environment }] of long) expect(JSON.stringify(environment), name).not.toMatch(/POSTGRES_PASSWORD|DATABASE_ADMIN_URL/);
  });

  test('has no secret in it', () => {
    for (const [name, { environment }] of services) {
      for (const [variable, value] of Object.entries(environment ?? {})) {
        if (/PASSWORD|SECRET|_KEY$/.test(variable)) expect(value, `${name} ${variable}`).toMatch(/^\$\{/);
      }
    }
  });
});

describe('the Dockerfile', () => {
  const stages = dockerfile.split(/^FROM /m).slice(1);

  test('ends every stage that is run as a user that is not root', () => {
    for (const name of ['runtime', 'migrate']) {
      const stage = stages.find((lines) => lines.startsWith(`base AS ${name}`));
      expect(stage, name).toMatch(/^USER node$/m);
      expect(stage?.indexOf('USER node'), name).toBeLessThan(stage?.indexOf('CMD ') ?? -1);
    }
    expect(stages.at(-1)).toContain('AS migrate');
  });

  test('uses only what an engine of 20.10 knows', () => {
    for (const unknown of [/^# syntax=/m, /<<-?\w/, /COPY --(link|parents|exclude)/, /RUN --network/, /ADD --checksum/, /--start-interval/]) expect(dockerfile).not.toMatch(unknown);
  });

  test('starts node itself, so that signals reach it', () => {
    expect([...dockerfile.matchAll(/^CMD (.*)$/gm)].map(([, command]) => command)).toEqual([expect.stringMatching(/^\["node",/), expect.stringMatching(/^\["node",/)]);
  });

  test('gets no secret and no checkout leftovers: the context leaves them out', () => {
    const ignored = readText('.dockerignore').split('\n');

    expect(ignored).toEqual(expect.arrayContaining(['**/node_modules', '**/dist', '.git', '.weighbridge', '**/.env*']));
    expect(workspaceFiles).not.toContain('.env');
  });
});

describe('monitoring', () => {
  test('asks only for metrics that a service has', () => {
    const asked = ['infra/monitoring/alerts.yml', 'infra/monitoring/grafana/dashboards/weighbridge.json'].map(readText).join('\n');
    const had = workspaceFiles.filter((path) => /^(apps|libs)\/.*\.ts$/.test(path)).flatMap((path) => [...readText(path).matchAll(/name: '(weighbridge_\w+)'/g)].map(([, name]) => name));
    const metrics = [...asked.matchAll(/\bweighbridge_[a-z_]+/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, ''));

    expect(metrics.length).toBeGreaterThan(10);
    expect(metrics.filter((name) => !had.includes(name))).toEqual([]);
  });

  test('asks every service where compose puts it', () => {
    const { scrape_configs } = parse(readText('infra/monitoring/prometheus.yml')) as { scrape_configs: { dns_sd_configs: { names: string[]; port: number }[] }[] };
    const scraped = scrape_configs.flatMap(({ dns_sd_configs }) => dns_sd_configs.map(({ names, port }) => [names[0], String(port)]));

    expect(Object.fromEntries(scraped)).toEqual(Object.fromEntries(long.map(([name, { environment }]) => [name, environment?.['PORT']])));
  });
});
