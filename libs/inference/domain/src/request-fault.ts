/** A field that is not as it must be, or that is and cannot be obeyed (`unsupported`). `path` leads to it from the body. */
export interface RequestFault {
  readonly path: readonly (string | number)[];
  /** Goes on from the name of the field: `is not supported: …`. */
  readonly message: string;
  readonly unsupported: boolean;
}

/** A request in another shape, or all that stands in the way. */
export type Translated<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly RequestFault[] };
