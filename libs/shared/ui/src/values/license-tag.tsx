import { Badge } from '@mantine/core';
import { Tag } from './tag.tsx';

interface LicenseTagProps {
  /** Id in the catalogue; null: not recognised. */
  readonly license: string | null;
}

/** The id of a licence, without the prefix that SPDX asks for and nobody reads. */
export function LicenseTag({ license }: LicenseTagProps) {
  if (license === null) {
    return (
      <Tag color="brass" title="The licence was not recognised: decisions say review">
        not recognised
      </Tag>
    );
  }
  return (
    <Badge variant="default" miw="max-content" fw={500} title={license}>
      {license.replace(/^LicenseRef-/, '')}
    </Badge>
  );
}
