// `lightning/messageService`: messages between the components of one page.
import type { WireAdapterConstructor } from './wire.ts';

type Channel = { readonly channelName: string };
type Listener = (message: unknown) => void;

const listeners = new Map<string, Set<Listener>>();
const PAGE = Object.freeze({ scope: 'page' });

export const APPLICATION_SCOPE = Symbol('APPLICATION_SCOPE');

export function publish(_context: object, channel: Channel, message?: unknown): void {
  for (const listener of [...(listeners.get(channel.channelName) ?? [])]) listener(message);
}

export function subscribe(
  _context: object,
  channel: Channel,
  listener: Listener,
): { readonly channel: Channel; readonly listener: Listener } {
  const own = listeners.get(channel.channelName) ?? new Set();
  listeners.set(channel.channelName, own.add(listener));
  return { channel, listener };
}

export function unsubscribe(subscription: { readonly channel: Channel; readonly listener: Listener } | null): void {
  if (subscription) listeners.get(subscription.channel.channelName)?.delete(subscription.listener);
}

export function createMessageContext(): object {
  return PAGE;
}

export function releaseMessageContext(): void {
  // The page's one context stays.
}

export const MessageContext: WireAdapterConstructor = class {
  readonly #emit: (value: unknown) => void;

  constructor(emit: (value: unknown) => void) {
    this.#emit = emit;
  }

  connect(): void {
    this.#emit(PAGE);
  }

  disconnect(): void {
    // Subscriptions end by unsubscribe alone.
  }

  update(): void {
    this.#emit(PAGE);
  }
};
