import type { Channel } from './channel.ts';

/** The same channel; `made` is told of each call before it leaves over it. */
export function metered(channel: Channel, made: () => void): Channel {
  return {
    ...channel,
    send(request) {
      made();
      return channel.send(request);
    },
  };
}
