import type { Commit, Sending, Store } from '../../engine/index.ts';
import type { SharedFill } from '../shared-fill.ts';
import type { PackedError } from './errors.ts';
import { packRows, unpackRows, type PackedRows } from './rows.ts';
import { packTexts, unpackTexts, type PackedTexts } from './texts.ts';

/** What the thread begins with. */
export interface ThreadData {
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  readonly sharedFill: SharedFill;
}

/** The calls of the port whose parameters are few. */
export type PlainCall = Exclude<keyof Store, 'id' | 'commit' | 'sending' | LookUp>;
/** The calls that ask about many sources or keys at a time: `name` is of their sync or key space. */
export type LookUp = 'rows' | 'topClaims' | 'waiting';

/** A call on its way to the thread. */
export type Request =
  | { readonly number: number; readonly call: PlainCall; readonly parameters: readonly unknown[] }
  | { readonly number: number; readonly call: LookUp; readonly name: string; readonly texts: PackedTexts }
  | { readonly number: number; readonly call: 'sending'; readonly sending: PackedSending }
  /** `now` is the caller's clock: the thread has none of its own. */
  | { readonly number: number; readonly call: 'commit'; readonly change: PackedCommit; readonly now: number }
  /** The number of a name, if the store has met it. */
  | { readonly number: number; readonly call: 'numberOf'; readonly name: string }
  /** Who holds the lease, if anyone. */
  | { readonly number: number; readonly call: 'holder' }
  /** The next `acquire` may take the lease of this owner, who is no more. */
  | { readonly number: number; readonly call: 'gone'; readonly owner: string | undefined };

export type Reply =
  | { readonly opened: string }
  | { readonly failed: PackedError }
  | { readonly number: number; readonly value: unknown }
  | { readonly number: number; readonly error: PackedError };

type PackedSending = Omit<Sending, 'keys'> & { readonly keys: PackedTexts };
type PackedCommit = Omit<Commit, 'rows'> & { readonly rows?: PackedRows };

export function packSending({ keys, ...sending }: Sending): PackedSending {
  return { ...sending, keys: packTexts(keys) };
}

export function unpackSending({ keys, ...sending }: PackedSending): Sending {
  return { ...sending, keys: unpackTexts(keys) as string[] };
}

/** Only rows are many; everything else is copied as it is. */
export function packCommit({ rows, ...change }: Commit): PackedCommit {
  return rows === undefined ? change : { ...change, rows: packRows(rows) };
}

export function unpackCommit({ rows, ...change }: PackedCommit): Commit {
  return rows === undefined ? change : { ...change, rows: unpackRows(rows) };
}
