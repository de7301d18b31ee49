import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** Names this process as the holder of a store's lease. */
export function ownName(): string {
  return `${hostname()}:${process.pid}:${randomUUID()}`;
}

/**
 * False only when the owner certainly is no more: it was a process of this machine, and no process has its number now.
 * One that was killed leaves its lease behind; without this, its successor would wait until that ends.
 */
export function ownerLives(owner: string): boolean {
  const [host, pid] = owner.split(':');
  if (host !== hostname()) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    return true;
  }
}
