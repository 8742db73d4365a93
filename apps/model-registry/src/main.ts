import { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import { registryChannels } from '@weighbridge/registry-contracts';
import { Hub } from '@weighbridge/registry-adapters/hub';
import { openRegistry } from '@weighbridge/registry-data';
import { createLiveChannel, typedChannel } from '@weighbridge/shared-adapters/live';
import { createLogger } from '@weighbridge/shared-adapters/logging';
import { openQueueHome } from '@weighbridge/shared-adapters/queue';
import { createSecretBox, serviceToken } from '@weighbridge/shared-adapters/secrets';
import { listen, orExit, runService } from '@weighbridge/shared-adapters/service';
import { createClient } from '@weighbridge/shared-contracts';
import { createPool, pingDatabase } from '@weighbridge/shared-data';
import { createApp } from './app.ts';
import { readServiceConfig } from './config.ts';
import { createDecider } from './decider.ts';
import { createDownloader } from './downloader.ts';
import { createUserCounter } from './end-user-ledger.ts';
import { createLicenseShelf } from './license-shelf.ts';
import { createPolicyDesk } from './policy-desk.ts';
import { createTermsDesk } from './terms-desk.ts';
import { installAdminKey } from './operations/install-admin-key.ts';
import { vouchForCatalogue } from './operations/register-from-catalogue.ts';

const name = 'model-registry';
const config = orExit(name, () => readServiceConfig(process.env));
const logger = createLogger(name, config.logLevel);

await runService({ name, logger, drainTimeoutMs: config.drainTimeoutMs }, async (life) => {
  const pool = createPool({ connectionString: config.databaseUrl, schema: 'registry', applicationName: name, onError: (err) => logger.warn({ event: 'database_connection_lost', err }) });
  life.onClose('database', () => pool.end());
  await pingDatabase(pool, 10_000);
  const registry = openRegistry(pool);
  life.onClose('registry', () => registry.close());

  const home = openQueueHome(config.queueUrl, { name, poolSize: 2, onError: (err) => logger.warn({ event: 'queue_home_connection_lost', err }) });
  life.onClose('queue home', () => home.close());
  const live = createLiveChannel(home);
  life.onClose('live channel', () => live.close());
  const changed = typedChannel(live, registryChannels.changed);

  const token = serviceToken(config.secretKey);
  const now = () => new Date();
  const licenses = createLicenseShelf(registry);
  const policies = createPolicyDesk(registry);
  const counted = createUserCounter({ registry, now });
  const terms = createTermsDesk({ registry, licenses, counted, onError: (err) => logger.warn({ event: 'lineage_terms_not_read', err }) });
  life.onClose('lineage terms', () => terms.close());
  const hub = { ...config.hub, policy: { allowPrivate: config.allowPrivateAddresses } };
  const downloads = createDownloader({ registry, openHub: () => new Hub(hub), downloadDir: config.downloadDir, logger, now });
  life.onClose('downloads', () => downloads.close());
  const deps = {
    registry,
    // The others ask every few seconds anyway: a lost message costs freshness, not truth.
    announce: (revision: number) => {
      terms.keepUp();
      void changed.publish({ revision }).catch((err: unknown) => logger.warn({ event: 'announcement_failed', revision, err }));
    },
    licenses,
    decider: createDecider({ registry, licenses, policies, counted, now }),
    policies,
    counted,
    terms,
    evaluation: createClient(evaluationEndpoints, { baseUrl: config.evaluation.url, token, fetch, timeoutMs: config.evaluation.timeoutMs }),
    secrets: createSecretBox(config.secretKey),
    importDir: config.importDir,
    downloadDir: config.downloadDir,
    hub,
    downloads,
    archiveLimits: { archiveBytes: config.importArchiveMaxBytes },
    allowPrivateAddresses: config.allowPrivateAddresses,
    now,
  };
  await installAdminKey(deps, config.adminKey);
  await vouchForCatalogue(deps);
  await terms.index();
  terms.keepUp();

  const app = createApp(deps, { serviceToken: token, version: '0.1.0', logger, readiness: { database: () => pingDatabase(pool) }, stopping: life.stopping });
  const listening = await listen(app, config.http);
  life.onClose('http', () => listening.close(config.drainTimeoutMs));
  logger.info({ event: 'listening', url: listening.url });
});
