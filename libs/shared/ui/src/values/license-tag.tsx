import { Badge } from '@mantine/core';

interface LicenseTagProps {
  /** Id in the catalogue; null: not recognised. */
  readonly license: string | null;
}

/** The id of a licence, without the prefix that SPDX asks for and nobody reads. */
export function LicenseTag({ license }: LicenseTagProps) {
  if (license === null) {
    return (
      <Badge variant="outline" color="brass" miw="max-content" style={{ '--badge-color': 'light-dark(var(--mantine-color-brass-8), var(--mantine-color-brass-2))' }}>
        not recognised
      </Badge>
    );
  }
  return (
    <Badge variant="default" miw="max-content" fw={500} title={license}>
      {license.replace(/^LicenseRef-/, '')}
    </Badge>
  );
}
