import { useEffect, useEffectEvent, useState } from 'react';

/** `live`: events arrive. `connecting`: not yet, or not any more; the browser tries again by itself. `off`: not asked for. */
export type LiveState = 'live' | 'connecting' | 'off';

/** Listens to server-sent events as long as the page is shown. Events wake; what they are about is fetched anew. */
export function useLiveEvents(url: string | null, onEvent: (data: string) => void): LiveState {
  const [state, setState] = useState<LiveState>('connecting');
  const handle = useEffectEvent(onEvent);
  useEffect(() => {
    if (url === null) return;
    const source = new EventSource(url);
    const receive = (event: Event) => event instanceof MessageEvent && handle(String(event.data));
    source.addEventListener('open', () => setState('live'));
    source.addEventListener('error', () => setState('connecting'));
    source.addEventListener('message', receive);
    for (const name of ['job', 'status', 'changed']) source.addEventListener(name, receive);
    return () => {
      source.close();
      setState('connecting');
    };
  }, [url]);
  return url === null ? 'off' : state;
}
