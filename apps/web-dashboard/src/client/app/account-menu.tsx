import { ActionIcon, Button, Menu, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconApi, IconChevronDown, IconLogout, IconMoon, IconSun, IconUserShield } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { signOut } from '../api/session-client.ts';
import { sessionQueryKey } from '../api/query-client.ts';
import { notifyFailure } from '../pieces/notify.ts';
import { useScope } from '../scope/project-scope.tsx';

const services = ['registry', 'inference', 'evaluation', 'cost'] as const;

export function AccountMenu() {
  const { me } = useScope();
  const queryClient = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';

  const leave = async () => {
    try {
      await signOut();
      queryClient.setQueryData(sessionQueryKey, null);
      // Nothing of what one key saw is left for the next.
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQueryKey[0] });
    } catch (error) {
      notifyFailure('Not signed out', error);
    }
  };

  return (
    <>
      <ActionIcon variant="subtle" color="gray" size="lg" onClick={() => setColorScheme(dark ? 'light' : 'dark')} aria-label={dark ? 'Use the light colours' : 'Use the dark colours'}>
        {dark ? <IconSun size={18} stroke={1.7} /> : <IconMoon size={18} stroke={1.7} />}
      </ActionIcon>
      <Menu position="bottom-end" width={230} shadow="md">
        <Menu.Target>
          <Button variant="subtle" color="gray" px="xs" leftSection={<IconUserShield size={18} stroke={1.7} />} rightSection={<IconChevronDown size={14} />} aria-label={`Account: ${me.role}`}>
            <Text span visibleFrom="xs" size="sm" fw={500}>
              {me.role}
            </Text>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{me.project === null ? `A key of the platform, role ${me.role}` : `A key of ${me.project.name}, role ${me.role}`}</Menu.Label>
          {services.map((service) => (
            <Menu.Item key={service} component="a" href={`/api/${service}/docs/`} target="_blank" rel="noreferrer" leftSection={<IconApi size={16} stroke={1.7} />}>
              API of {service}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} />} onClick={() => void leave()}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
