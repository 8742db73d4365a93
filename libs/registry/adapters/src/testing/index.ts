export { ggufFile, inPieces, safetensorsFile, safetensorsHeader, tarFile, tarGzFile, tinyLlama, withLength, zipFile } from './model-files.ts';
export { repository, startTestHub } from './test-hub.ts';
export type { HubFault, TestHub } from './test-hub.ts';
