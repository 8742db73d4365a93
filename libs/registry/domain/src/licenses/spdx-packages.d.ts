declare module 'spdx-expression-parse' {
  interface SpdxLicense {
    readonly license: string;
    readonly plus?: true;
    readonly exception?: string;
  }
  interface SpdxConjunction {
    readonly left: SpdxExpression;
    readonly conjunction: 'and' | 'or';
    readonly right: SpdxExpression;
  }
  type SpdxExpression = SpdxLicense | SpdxConjunction;
  /** Throws an `Error` for what is no SPDX expression. */
  export default function parse(source: string): SpdxExpression;
}

declare module 'spdx-license-ids' {
  const ids: readonly string[];
  export default ids;
}

declare module 'spdx-license-ids/deprecated.json' {
  const ids: readonly string[];
  export default ids;
}
