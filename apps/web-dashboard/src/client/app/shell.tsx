import { AppShell, Box, Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { LogoMark } from '@weighbridge/shared-ui';
import { Suspense, useEffect, useRef } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { AccountMenu } from './account-menu.tsx';
import { Navigation } from './navigation.tsx';
import { ProjectSelect } from './project-select.tsx';
import classes from './shell.module.css';

/** Navigation, project and account around every page. */
export function Shell() {
  const [opened, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const main = useRef<HTMLDivElement>(null);
  const lastPath = useRef(pathname);
  useEffect(() => {
    if (lastPath.current === pathname) return;
    lastPath.current = pathname;
    close();
    window.scrollTo(0, 0);
    // Who reads with a screen reader starts at the new page, not at the link behind.
    main.current?.focus({ preventScroll: true });
  }, [pathname, close]);

  return (
    <>
      <a className="wb-skip-link" href="#main">
        Skip to the content
      </a>
      <AppShell layout="alt" header={{ height: 56 }} navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }} padding={0}>
        <AppShell.Header className={classes['header'] ?? ''}>
          <Group h="100%" px={{ base: 'sm', sm: 'lg' }} gap="sm" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={opened ? 'Close the navigation' : 'Open the navigation'} />
            <Box hiddenFrom="sm">
              <LogoMark />
            </Box>
            <ProjectSelect />
            <Box ml="auto" />
            <AccountMenu />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar className={classes['navbar'] ?? ''} aria-label="Main">
          <Group h={56} px="md" gap={10} wrap="nowrap" justify="space-between">
            <Link to="/" className={classes['brand']} aria-label="Weighbridge, to the overview">
              <LogoMark />
              <Text span fw={700} fz={17} style={{ letterSpacing: '-0.015em' }}>
                Weighbridge
              </Text>
            </Link>
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Close the navigation" />
          </Group>
          <Navigation />
        </AppShell.Navbar>
        <AppShell.Main>
          <div id="main" ref={main} tabIndex={-1} className={classes['main']}>
            <Suspense fallback={null}>
              <Outlet />
            </Suspense>
          </div>
        </AppShell.Main>
      </AppShell>
    </>
  );
}
