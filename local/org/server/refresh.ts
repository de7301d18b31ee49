import type { ServerWorld } from './world.ts';

/** What a sandbox refresh does: the same data under another org ID, no session, approval or event of before. */
export function refreshSandbox(world: ServerWorld): void {
  world.org.refreshSandbox();
  world.sessions.forgetAll();
  world.events.forget();
}
