import { ActionIcon, Group, TagsInput } from '@mantine/core';
import { IconCheck, IconPencil, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Version } from '@weighbridge/registry-contracts';
import { Tag } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { registry } from '../../api/clients.ts';
import { notifyFailure } from '../../pieces/notify.ts';
import { readTags, tagTexts } from '../../pieces/tag-texts.ts';

interface VersionTagsProps {
  readonly version: Version;
  readonly mayChange: boolean;
}

/** Marks that people put on a version; the only thing of it that changes. */
export function VersionTags({ version, mayChange }: VersionTagsProps) {
  const queryClient = useQueryClient();
  const [written, setWritten] = useState<string[] | null>(null);
  const save = useMutation({
    mutationFn: (texts: readonly string[]) => registry.setVersionTags({ params: { name: version.model, version: version.version }, body: { tags: readTags(texts) } }),
    onSuccess: async () => {
      setWritten(null);
      await queryClient.invalidateQueries({ queryKey: ['version', version.model, version.version] });
    },
    onError: (error) => notifyFailure('Tags not set', error),
  });
  if (written !== null) {
    return (
      <Group gap={6} wrap="nowrap">
        <TagsInput size="xs" aria-label="Tags" placeholder="tag, or name: value" value={written} onChange={setWritten} miw={260} data-autofocus />
        <ActionIcon aria-label="Set the tags" variant="filled" loading={save.isPending} onClick={() => save.mutate(written)}>
          <IconCheck size={16} />
        </ActionIcon>
        <ActionIcon aria-label="Leave the tags as they are" variant="default" onClick={() => setWritten(null)}>
          <IconX size={16} />
        </ActionIcon>
      </Group>
    );
  }
  const texts = tagTexts(version.tags);
  return (
    <Group gap={6}>
      {texts.map((text) => (
        <Tag key={text} color="gray">
          {text}
        </Tag>
      ))}
      {mayChange ? (
        <ActionIcon aria-label="Change the tags" title="Change the tags" variant="subtle" color="gray" onClick={() => setWritten(texts)}>
          <IconPencil size={16} />
        </ActionIcon>
      ) : null}
    </Group>
  );
}
