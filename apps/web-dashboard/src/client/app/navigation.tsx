import { AppShell, ScrollArea } from '@mantine/core';
import { IconAffiliate, IconBox, IconCertificate, IconChecklist, IconCoin, IconGauge, IconGavel, IconHistory, IconInbox, IconKey, IconLayoutGrid, IconListDetails, IconMessage2, IconStack2, IconTargetArrow, IconWebhook } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useScope } from '../scope/project-scope.tsx';
import classes from './shell.module.css';

interface NavigationLink {
  readonly to: string;
  readonly text: string;
  readonly icon: ReactNode;
}

const icon = { size: 18, stroke: 1.7, 'aria-hidden': true } as const;

const sections: readonly { readonly title: string | null; readonly links: readonly NavigationLink[] }[] = [
  { title: null, links: [{ to: '/', text: 'Overview', icon: <IconGauge {...icon} /> }] },
  {
    title: 'Papers',
    links: [
      { to: '/models', text: 'Models', icon: <IconBox {...icon} /> },
      { to: '/licenses', text: 'Licences', icon: <IconCertificate {...icon} /> },
      { to: '/use-cases', text: 'Use cases', icon: <IconTargetArrow {...icon} /> },
      { to: '/matrix', text: 'Models and uses', icon: <IconLayoutGrid {...icon} /> },
      { to: '/impact', text: 'Impact', icon: <IconAffiliate {...icon} /> },
      { to: '/policies', text: 'Policies', icon: <IconGavel {...icon} /> },
      { to: '/approvals', text: 'Approvals', icon: <IconInbox {...icon} /> },
    ],
  },
  {
    title: 'Work',
    links: [
      { to: '/playground', text: 'Playground', icon: <IconMessage2 {...icon} /> },
      { to: '/jobs', text: 'Jobs', icon: <IconListDetails {...icon} /> },
      { to: '/batches', text: 'Batches', icon: <IconStack2 {...icon} /> },
      { to: '/webhooks', text: 'Webhooks', icon: <IconWebhook {...icon} /> },
      { to: '/evaluations', text: 'Evaluations', icon: <IconChecklist {...icon} /> },
      { to: '/costs', text: 'Costs', icon: <IconCoin {...icon} /> },
    ],
  },
];

const administration: readonly NavigationLink[] = [
  { to: '/keys', text: 'Projects and keys', icon: <IconKey {...icon} /> },
  { to: '/audit', text: 'Audit log', icon: <IconHistory {...icon} /> },
];

export function Navigation() {
  const { may } = useScope();
  const shown = may('admin') ? [...sections, { title: 'Administration', links: administration }] : sections;
  return (
    <AppShell.Section grow component={ScrollArea} type="auto">
      {shown.map(({ title, links }) => (
        <div key={title ?? 'top'}>
          {title === null ? null : <div className={classes['section']}>{title}</div>}
          <ul className={classes['list']}>
            {links.map((link) => (
              <li key={link.to}>
                <NavLink to={link.to} end={link.to === '/'} className={classes['link'] ?? ''}>
                  {link.icon}
                  {link.text}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </AppShell.Section>
  );
}
