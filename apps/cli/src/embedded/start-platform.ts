import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { migrateQueueHome } from '@weighbridge/shared-adapters/queue';
import { dataScopes, deployDatabase } from '@weighbridge/shared-data';
import { Failure } from '../failure.ts';
import { openDataDirectory } from './data-directory.ts';
import type { Secrets } from './data-directory.ts';
import { portPlan, requireFreePorts } from './ports.ts';
import type { PortPlan } from './ports.ts';
import { startPostgres, stopLeftoverPostgres } from './postgres.ts';
import type { EmbeddedDatabase } from './postgres.ts';
import { startService } from './services.ts';
import type { RunningService, ServiceSpec } from './services.ts';

export interface PlatformOptions {
  /** The project's folder. */
  readonly root: string;
  readonly dataDirectory: string;
  readonly port: number;
  readonly adminKey?: string | undefined;
  /** A Redis to use as the queue's home in place of the embedded PostgreSQL. */
  readonly queueUrl?: string | undefined;
  readonly logLevel?: string | undefined;
  /** Further variables for every service, e.g. to allow private addresses of model servers. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Called with a line whenever something happens that a person should see. */
  readonly say: (line: string) => void;
}

export interface Platform {
  readonly origin: string;
  readonly ports: PortPlan;
  readonly adminKey: string;
  /** True when no earlier start on this data directory was ready. */
  readonly fresh: boolean;
  readonly stop: () => Promise<void>;
  /** The process of a service, for tests that kill one. */
  readonly service: (app: string) => RunningService;
}

const modelFiles = ['abacus-nano.gguf', 'abacus-mini.gguf', 'abacus-base.gguf', 'tasks.jsonl'] as const;

/** Starts everything on one machine with nothing but this project's packages. Either all of it runs afterwards, or nothing does. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const ports = portPlan(options.port);
  const opened: (() => unknown)[] = [];
  const closeAll = async () => {
    for (const close of opened.splice(0).toReversed()) await close();
  };
  try {
    requireModelFiles(join(options.root, 'models'));
    const directory = openDataDirectory(options.dataDirectory, options.adminKey);
    opened.push(() => directory.release());
    await stopLeftoverPostgres(directory.postgresPath);
    await requireFreePorts(ports);
    const log = (line: string) => appendFileSync(join(directory.logsPath, 'postgres.log'), `${line}\n`);
    const database = await startPostgres({ path: directory.postgresPath, port: ports.postgres, password: directory.secrets.databasePasswords.admin, log });
    opened.push(() => database.stop());
    await prepareDatabase(options, database, directory.secrets);

    const services = new Map<string, RunningService>();
    let stopping = false;
    const start = (spec: ServiceSpec): RunningService => {
      const service = startService(spec, { root: options.root, logsPath: directory.logsPath, onCrash: (app, code) => void restart(app, code) });
      services.set(spec.app, service);
      return service;
    };
    let up = false;
    const restart = async (app: string, code: number | null) => {
      const crashed = services.get(app);
      if (!up || stopping || crashed === undefined) return;
      options.say(`${app} ended unexpectedly (exit code ${code ?? 'none'}) and is started again; see ${join(directory.logsPath, `${app}.log`)}`);
      await new Promise((wake) => setTimeout(wake, 500));
      if (!stopping) start(crashed.spec);
    };
    opened.push(async () => {
      stopping = true;
      // The door closes first, then those behind it; all work is handed back before the database goes.
      for (const wave of [['web-dashboard'], ['inference-gateway', 'evaluation-runner'], ['inference-worker'], ['cost-dashboard', 'model-registry']]) {
        await Promise.all(wave.map(async (app) => services.get(app)?.stop()));
      }
    });
    await Promise.all(serviceSpecs(options, ports, database, directory.secrets).map((spec) => start(spec).ready()));
    up = true;

    const origin = `http://127.0.0.1:${ports.web}`;
    directory.noteRunning(origin);
    return {
      origin,
      ports,
      adminKey: directory.secrets.adminKey,
      fresh: directory.fresh,
      stop: closeAll,
      service: (app) => {
        const service = services.get(app);
        if (service === undefined) throw new Error(`there is no service ${app}`);
        return service;
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function requireModelFiles(folder: string): void {
  for (const file of modelFiles) {
    if (!existsSync(join(folder, file))) throw new Failure(`the model file models/${file} is missing: get it back with git checkout models/${file}.`);
  }
}

async function prepareDatabase(options: PlatformOptions, database: EmbeddedDatabase, secrets: Secrets): Promise<void> {
  await deployDatabase({
    adminUrl: database.adminUrl,
    database: 'weighbridge',
    services: [...dataScopes, 'queue' as const].map((name) => ({ name, password: secrets.databasePasswords[name] })),
    migrationsDirOf: (scope) => join(options.root, 'libs', scope, 'data', 'prisma', 'migrations'),
    migrateQueue: migrateQueueHome,
  });
}

function serviceSpecs(options: PlatformOptions, ports: PortPlan, database: EmbeddedDatabase, secrets: Secrets): ServiceSpec[] {
  const url = (port: number) => `http://127.0.0.1:${port}`;
  const databaseUrl = (role: keyof Secrets['databasePasswords']) => database.urlFor(role, secrets.databasePasswords[role]);
  const models = join(options.root, 'models');
  const common = {
    HOST: '127.0.0.1',
    LOG_LEVEL: options.logLevel ?? 'info',
    QUEUE_URL: options.queueUrl ?? databaseUrl('queue'),
    WEIGHBRIDGE_SECRET_KEY: secrets.secretKey,
    REGISTRY_URL: url(ports.registry),
    GATEWAY_URL: url(ports.gateway),
    EVALUATION_URL: url(ports.evaluation),
    COST_URL: url(ports.cost),
    ...options.env,
  };
  return [
    { app: 'model-registry', port: ports.registry, env: { ...common, PORT: String(ports.registry), DATABASE_URL: databaseUrl('registry'), WEIGHBRIDGE_ADMIN_KEY: secrets.adminKey, IMPORT_DIR: models, DOWNLOAD_DIR: models } },
    { app: 'cost-dashboard', port: ports.cost, env: { ...common, PORT: String(ports.cost), DATABASE_URL: databaseUrl('cost') } },
    { app: 'inference-gateway', port: ports.gateway, env: { ...common, PORT: String(ports.gateway), DATABASE_URL: databaseUrl('inference') } },
    { app: 'inference-worker', port: ports.worker, env: { MODELS_DIR: models, ...common, PORT: String(ports.worker), DATABASE_URL: databaseUrl('inference'), POOLS: 'default,local' } },
    { app: 'evaluation-runner', port: ports.evaluation, env: { ...common, PORT: String(ports.evaluation), DATABASE_URL: databaseUrl('evaluation') } },
    { app: 'web-dashboard', port: ports.web, env: { ...common, PORT: String(ports.web) } },
  ];
}
