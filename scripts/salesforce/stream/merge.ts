type Produce<Item> = (emit: (item: Item) => Promise<void>, signal: AbortSignal) => Promise<void>;

/**
 * Runs producers side by side and gives what they emit in the order it comes. A producer waits until what it emitted was
 * taken. Ends with the last producer or with the signal; fails with the first that fails, and stops the others then.
 */
export async function* merge<Item>(producers: readonly Produce<Item>[], signal: AbortSignal): AsyncGenerator<Item> {
  const ending = new AbortController();
  const inner = AbortSignal.any([signal, ending.signal]);
  const offered: { readonly item: Item; readonly taken: () => void }[] = [];
  let arrived = Promise.withResolvers<void>();
  let finished = false;
  const emit = (item: Item): Promise<void> =>
    new Promise((taken) => {
      if (inner.aborted) return taken();
      offered.push({ item, taken });
      arrived.resolve();
    });
  inner.addEventListener('abort', () => {
    for (const { taken } of offered) taken();
    arrived.resolve();
  });
  const all = Promise.all(producers.map((produce) => produce(emit, inner))).finally(() => {
    finished = true;
    arrived.resolve();
  });
  // Its failure is thrown below; without this, one that comes while the reader is away would end the process.
  all.catch(() => undefined);
  try {
    while (!signal.aborted) {
      const next = offered.shift();
      if (next !== undefined) {
        yield next.item;
        next.taken();
      } else if (finished) break;
      else {
        await arrived.promise;
        arrived = Promise.withResolvers<void>();
      }
    }
  } finally {
    ending.abort();
  }
  await all;
}
