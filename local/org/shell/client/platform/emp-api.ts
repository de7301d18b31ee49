// `lightning/empApi`: platform events and change events, over server-sent events.

interface Subscription {
  readonly id: string;
  readonly channel: string;
  readonly replayId: number;
}

const open = new Map<string, EventSource>();
let lastId = 0;
let tellError: (error: unknown) => void = () => undefined;

/** Resolves once the org has accepted the subscription; rejects for a channel that it does not have. */
export function subscribe(
  channel: string,
  replayId: number,
  onMessage: (message: unknown) => void,
): Promise<Subscription> {
  lastId += 1;
  const id = String(lastId);
  const query = new URLSearchParams({ channel, replayId: String(replayId) });
  const source = new EventSource(`/lightning/api/events?${query}`);
  open.set(id, source);
  source.onmessage = (event) => onMessage(JSON.parse(String(event.data)));
  return new Promise((resolve, reject) => {
    source.onopen = () => resolve({ id, channel, replayId });
    source.onerror = () => {
      const error = { channel, error: `403::The subscription to ${channel} was refused or has ended` };
      // A source that is not closed connects again by itself.
      if (source.readyState === EventSource.CLOSED) reject(new Error(error.error));
      tellError(error);
    };
  });
}

export function unsubscribe(subscription: { readonly id: string }, done?: (answer: unknown) => void): Promise<unknown> {
  open.get(subscription.id)?.close();
  open.delete(subscription.id);
  const answer = { successful: true };
  done?.(answer);
  return Promise.resolve(answer);
}

export function onError(listener: (error: unknown) => void): void {
  tellError = listener;
}

export function setDebugFlag(): void {
  // There is nothing more to tell.
}

/** The form factor decides, as on the platform: phones have no empApi. */
export function isEmpEnabled(): Promise<boolean> {
  return Promise.resolve(!matchMedia('(max-width: 480px)').matches);
}
