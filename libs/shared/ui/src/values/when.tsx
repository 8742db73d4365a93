import { agoText, instantText } from '../format/time-text.ts';
import { useNow } from './use-now.ts';

interface WhenProps {
  readonly at: string;
}

const refreshMs = 15_000;

/** How long ago, kept up to date; the instant itself is its title. What happened since the last look is "just now", not in the future. */
export function When({ at }: WhenProps) {
  const now = useNow(refreshMs);
  const instant = Date.parse(at);
  return (
    <time dateTime={at} title={instantText(at)} style={{ whiteSpace: 'nowrap' }}>
      {agoText(at, instant > now && instant - now < refreshMs ? instant : now)}
    </time>
  );
}
