import type { ConnectionConfiguration, ControlPlane, Ends } from '../engine/index.ts';

type Connect = (connection: ConnectionConfiguration) => Promise<Ends>;

/**
 * Lets commands be claimed only once it is known what runs: a command that waits when a worker starts is then answered
 * from the active version, instead of being told that there is none.
 */
export function claimWhenReady(
  control: ControlPlane,
  connect: Connect,
): { readonly control: ControlPlane; readonly connect: Connect } {
  const ready = Promise.withResolvers<void>();
  return {
    control: {
      ...control,
      async activeVersion() {
        try {
          const active = await control.activeVersion();
          if (active === undefined || active.configuration.syncs.length === 0) ready.resolve();
          return active;
        } catch (error) {
          ready.resolve();
          throw error;
        }
      },
      async claim(storeId, now) {
        await ready.promise;
        return await control.claim(storeId, now);
      },
    },
    // The engine takes the version up in the turn after its last connection is open.
    connect: (connection) => connect(connection).finally(() => ready.resolve()),
  };
}
