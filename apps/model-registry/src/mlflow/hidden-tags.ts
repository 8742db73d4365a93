/** Fields that MLflow has and versions of ours have not are kept as tags of these names, and shown as the fields they are. Nobody sets them as tags. */
export const hiddenTags = { description: 'weighbridge.mlflow.description', source: 'weighbridge.mlflow.source', runId: 'weighbridge.mlflow.run_id', runLink: 'weighbridge.mlflow.run_link' } as const;

const hidden: ReadonlySet<string> = new Set(Object.values(hiddenTags));
export const isHidden = (key: string): boolean => hidden.has(key);

/** Tags that say something of ours: shown on every version, taken at registration, and not changed as tags. */
export const ownTags = { version: 'weighbridge.version', license: 'weighbridge.license', baseModels: 'weighbridge.base_models', publisher: 'weighbridge.publisher' } as const;
export const isReserved = (key: string): boolean => key.startsWith('weighbridge.');
