import type { FileStore, StoredFile } from '@weighbridge/inference-data';
import { AppError } from '@weighbridge/shared-domain';
import type { FileId, ProjectId } from '@weighbridge/shared-domain';

export const noSuchFile = (id: FileId) => new AppError('resource.not_found', `no file ${id} in this project`, { detail: `There is no file "${id}".` });

/** Throws `resource.not_found`, also for another project's file. */
export async function findFile({ files }: { readonly files: Pick<FileStore, 'findFile'> }, { id, projectId }: { readonly id: FileId; readonly projectId: ProjectId }): Promise<StoredFile> {
  const file = await files.findFile(id, projectId);
  if (file === null) throw noSuchFile(id);
  return file;
}
