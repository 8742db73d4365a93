import { useEffect, useState } from 'react';
import { agoText, instantText } from '../format/time-text.ts';

interface WhenProps {
  readonly at: string;
}

const refreshMs = 15_000;

/** How long ago, kept up to date; the instant itself is its title. */
export function When({ at }: WhenProps) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), refreshMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={instantText(at)} style={{ whiteSpace: 'nowrap' }}>
      {agoText(at, Math.max(now, Date.parse(at) > now && Date.parse(at) - now < refreshMs ? Date.parse(at) : now))}
    </time>
  );
}
