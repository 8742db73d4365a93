import { Sample, SuiteDefinition } from '@weighbridge/evaluation-domain';
import { ProjectId, SuiteId } from '@weighbridge/shared-domain';
import { z } from 'zod';

const { dataset: _dataset, ...settings } = SuiteDefinition.shape;

/** A suite's definition without its samples, which are read in pages. */
export const SuiteSettings = z.strictObject(settings);
export type SuiteSettings = z.infer<typeof SuiteSettings>;

/** One revision of a suite; it never changes. */
export interface StoredSuite {
  readonly id: SuiteId;
  readonly projectId: ProjectId;
  readonly name: string;
  /** From 1. */
  readonly revision: number;
  /** SHA-256 of the canonical definition, hex. */
  readonly digest: string;
  readonly settings: SuiteSettings;
  /** Names with versions, in the order of the suite: `exact_match@1`. */
  readonly scorers: readonly string[];
  readonly slices: readonly string[];
  readonly samples: number;
  readonly createdAt: Date;
}

export interface NewStoredSuite extends Omit<StoredSuite, 'revision' | 'samples' | 'settings' | 'name'> {
  readonly definition: SuiteDefinition;
}

/** A sample with its place in the dataset, from 0. */
export interface PlacedSample {
  readonly position: number;
  readonly sample: Sample;
}

export interface SuiteRow {
  readonly id: string;
  readonly project_id: string;
  readonly name: string;
  readonly revision: number;
  readonly digest: string;
  readonly definition: unknown;
  readonly scorers: string[];
  readonly slices: string[];
  readonly samples: number;
  readonly created_at: Date;
}

export interface SampleRow {
  readonly position: number;
  readonly sample: unknown;
}

export const suiteFromRow = (row: SuiteRow): StoredSuite => ({
  id: SuiteId.parse(row.id),
  projectId: ProjectId.parse(row.project_id),
  name: row.name,
  revision: row.revision,
  digest: row.digest,
  settings: SuiteSettings.parse(row.definition),
  scorers: row.scorers,
  slices: row.slices,
  samples: row.samples,
  createdAt: row.created_at,
});

export const sampleFromRow = ({ position, sample }: SampleRow): PlacedSample => ({ position, sample: Sample.parse(sample) });
