import type { RecordPage } from '../ports/index.ts';
import type { CompiledSync } from '../run/index.ts';

/**
 * The page of the system's record: by its own ID (`source`) where the system is read, by its key where it is written.
 * `held`: what the system holds of it. Undefined where no page is known that a browser may open.
 */
export function pageOf(
  sync: CompiledSync,
  { source, key }: { readonly source: string; readonly key: string | undefined },
  held: unknown,
): RecordPage | undefined {
  const record = sync.configuration.direction === 'salesforceToSystem' ? key : source;
  const page = record === undefined ? undefined : sync.recordPage?.(sync.configuration, record, held);
  const protocol = page && URL.parse(page.address)?.protocol;
  return protocol === 'https:' || protocol === 'http:' ? page : undefined;
}
