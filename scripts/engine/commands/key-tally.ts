import { hash } from 'node:crypto';

/** Records that are an example of the same. */
export interface Alike {
  readonly kind: 'blank' | 'invalid' | 'duplicate';
  readonly ids: readonly string[];
}

/** Eight bytes of each make 128 MB. */
const most = 16_777_216;
/** Keys of which the first record is remembered, so that the second one makes an example. */
const remembered = 100_000;

/** Counts keys, by 8 bytes of each one's hash: among ten million keys, two are taken for one with a chance of 3 in a million. */
export class KeyTally {
  readonly #examples: number;
  #digests = new BigUint64Array(1_024);
  #withKey = 0;
  #blank = 0;
  #invalid = 0;
  readonly #blanks: string[] = [];
  readonly #invalids: string[] = [];
  readonly #first = new Map<bigint, string>();
  readonly #shared = new Map<bigint, string[]>();

  /** `examples`: how many of each kind are kept. */
  constructor(examples: number) {
    this.#examples = examples;
  }

  get isFull(): boolean {
    return this.#withKey >= most;
  }

  blank(id: string): void {
    this.#blank++;
    if (this.#blanks.length < this.#examples) this.#blanks.push(id);
  }

  invalid(id: string): void {
    this.#invalid++;
    if (this.#invalids.length < this.#examples) this.#invalids.push(id);
  }

  key(id: string, key: string): void {
    const digest = hash('sha1', key, 'buffer').readBigUInt64LE();
    if (this.#withKey === this.#digests.length) this.#grow();
    this.#digests[this.#withKey++] = digest;
    const first = this.#first.get(digest);
    if (first === undefined) {
      if (this.#first.size < remembered) this.#first.set(digest, id);
      return;
    }
    const shared = this.#shared.get(digest);
    if (shared && shared.length < this.#examples) shared.push(id);
    else if (!shared && this.#shared.size < this.#examples) this.#shared.set(digest, [first, id]);
  }

  finish(): {
    readonly counts: Readonly<Record<'records' | 'withKey' | 'blank' | 'invalid' | 'duplicates', number>>;
    readonly alike: readonly Alike[];
  } {
    const records = this.#withKey + this.#blank + this.#invalid;
    const counts = { records, withKey: this.#withKey, blank: this.#blank, invalid: this.#invalid };
    const groups: Alike[] = [...this.#shared.values()].map((ids) => ({ kind: 'duplicate', ids }));
    groups.push(...this.#invalids.map((id): Alike => ({ kind: 'invalid', ids: [id] })));
    if (this.#blanks.length > 0) groups.push({ kind: 'blank', ids: this.#blanks });
    return { counts: { ...counts, duplicates: this.#duplicates() }, alike: groups };
  }

  #duplicates(): number {
    const digests = this.#digests.subarray(0, this.#withKey).sort();
    let duplicates = 0;
    for (let start = 0; start < digests.length;) {
      let end = start + 1;
      while (end < digests.length && digests[end] === digests[start]) end++;
      if (end - start > 1) duplicates += end - start;
      start = end;
    }
    return duplicates;
  }

  #grow(): void {
    const larger = new BigUint64Array(this.#digests.length * 2);
    larger.set(this.#digests);
    this.#digests = larger;
  }
}
