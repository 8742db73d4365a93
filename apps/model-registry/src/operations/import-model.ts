import { importGguf } from '@weighbridge/registry-adapters/import-gguf';
import { importHuggingFace } from '@weighbridge/registry-adapters/import-hugging-face';
import type { ImportDraft, ImportRequest } from '@weighbridge/registry-contracts';
import { AppError } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import type { RegistryDeps } from '../deps.ts';

const importers = { gguf: importGguf, huggingface: importHuggingFace } as const satisfies Record<z.output<typeof ImportRequest>['kind'], unknown>;

/** Reads; registers nothing. */
export async function importModel({ importDir }: Pick<RegistryDeps, 'importDir'>, { kind, path }: z.output<typeof ImportRequest>): Promise<ImportDraft> {
  if (importDir === null) throw new AppError('request.unsupported', 'IMPORT_DIR is not set', { detail: 'This installation has no import folder: its operator has to set IMPORT_DIR.' });
  return importers[kind]({ root: importDir, path });
}
