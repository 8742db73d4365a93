export { downloadFile } from './download-file.ts';
export type { DownloadOptions, DownloadTarget } from './download-file.ts';
export { downloadFolder, wantedFiles } from './download-folder.ts';
export { Hub } from './hub.ts';
export type { HubFile, HubFileAddress, HubRepository } from './hub.ts';
export type { HubOptions } from './hub-connection.ts';
export { openHubRepository } from './open-hub-repository.ts';
