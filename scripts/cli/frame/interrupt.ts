/** A person, or a service manager, asked the command to stop. What was done is kept. */
export class InterruptedError extends Error {
  constructor(name: string) {
    super(`Stopped by ${name}. Nothing is lost: the same command goes on where this left off.`);
    this.name = 'InterruptedError';
  }
}

/** Aborted by the first Ctrl-C or SIGTERM, with an `InterruptedError`; a second one ends the process at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => controller.abort(new InterruptedError(name)));
  return controller.signal;
}
