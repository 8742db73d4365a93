/** Tags that say something of ours: shown on every model and version, taken at registration, and not changed as tags. */
export const ownTags = { version: 'weighbridge.version', license: 'weighbridge.license', baseModels: 'weighbridge.base_models', publisher: 'weighbridge.publisher' } as const;
export const isReserved = (key: string): boolean => key.startsWith('weighbridge.');
