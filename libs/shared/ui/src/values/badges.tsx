import { IconAlertTriangle, IconBan, IconCheck, IconCircleDashed, IconClock, IconLoader2, IconListCheck, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Tag } from './tag.tsx';

interface Look {
  readonly color: string;
  readonly text: string;
  readonly icon: ReactNode;
}

const icon = { size: 13, stroke: 2.2, 'aria-hidden': true } as const;

const decisions: Readonly<Record<string, Look>> = {
  allow: { color: 'green', text: 'allowed', icon: <IconCheck {...icon} /> },
  allow_with_obligations: { color: 'harbor', text: 'allowed, with obligations', icon: <IconListCheck {...icon} /> },
  review: { color: 'brass', text: 'needs a review', icon: <IconAlertTriangle {...icon} /> },
  deny: { color: 'red', text: 'denied', icon: <IconBan {...icon} /> },
};

const statuses: Readonly<Record<string, Look>> = {
  queued: { color: 'gray', text: 'queued', icon: <IconClock {...icon} /> },
  running: { color: 'harbor', text: 'running', icon: <IconLoader2 {...icon} /> },
  succeeded: { color: 'green', text: 'succeeded', icon: <IconCheck {...icon} /> },
  failed: { color: 'red', text: 'failed', icon: <IconX {...icon} /> },
  cancelled: { color: 'gray', text: 'cancelled', icon: <IconBan {...icon} /> },
  expired: { color: 'brass', text: 'expired', icon: <IconClock {...icon} /> },
  correct: { color: 'green', text: 'correct', icon: <IconCheck {...icon} /> },
  incorrect: { color: 'red', text: 'incorrect', icon: <IconX {...icon} /> },
  error: { color: 'brass', text: 'error', icon: <IconAlertTriangle {...icon} /> },
  pass: { color: 'green', text: 'pass', icon: <IconCheck {...icon} /> },
  fail: { color: 'red', text: 'fail', icon: <IconX {...icon} /> },
  inconclusive: { color: 'brass', text: 'inconclusive', icon: <IconAlertTriangle {...icon} /> },
  active: { color: 'green', text: 'active', icon: <IconCheck {...icon} /> },
  paused: { color: 'gray', text: 'paused', icon: <IconClock {...icon} /> },
  blocked: { color: 'red', text: 'blocked', icon: <IconBan {...icon} /> },
};

interface DecisionBadgeProps {
  readonly decision: string;
  readonly size?: 'sm' | 'md' | 'lg';
}

/** Allowed, allowed with obligations, to be reviewed, denied: by colour, icon and word. */
export function DecisionBadge({ decision, size = 'md' }: DecisionBadgeProps) {
  return <LookBadge look={decisions[decision]} fallback={decision} size={size} />;
}

interface StatusBadgeProps {
  /** State of a job, run, sample, gate condition or deployment. */
  readonly status: string;
  /** What is in this state, in place of the state's own word, which is then only read out. */
  readonly subject?: string;
}

export function StatusBadge({ status, subject }: StatusBadgeProps) {
  const look = statuses[status];
  if (subject === undefined || look === undefined) return <LookBadge look={look} fallback={status} size="md" />;
  return (
    <Tag color={look.color} icon={look.icon}>
      {subject}
      <span className="wb-visually-hidden">: {look.text}</span>
    </Tag>
  );
}

function LookBadge({ look, fallback, size }: { readonly look: Look | undefined; readonly fallback: string; readonly size: 'sm' | 'md' | 'lg' }) {
  const { color, text, icon: mark } = look ?? { color: 'gray', text: fallback, icon: <IconCircleDashed {...icon} /> };
  return (
    <Tag color={color} size={size} icon={mark}>
      {text}
    </Tag>
  );
}
