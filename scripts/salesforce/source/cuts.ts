/** Queries of one call that run at the same time. */
const atOnce = 5;

/** Runs `work` over cuts of at most `size`, a few at a time. */
export async function inCuts(
  ids: readonly string[],
  size: number,
  work: (cut: readonly string[]) => Promise<void>,
): Promise<void> {
  const cuts: (readonly string[])[] = [];
  for (let start = 0; start < ids.length; start += size) cuts.push(ids.slice(start, start + size));
  for (let start = 0; start < cuts.length; start += atOnce)
    await Promise.all(cuts.slice(start, start + atOnce).map(work));
}
