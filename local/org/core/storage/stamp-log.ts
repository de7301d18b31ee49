import { stampOf, type Entry } from './row.ts';

/** Records of one stamp come by ascending ID, unless the order says otherwise. */
export type StampOrder = 'stamp' | 'stampDescending' | 'stampAndIdDescending';

/**
 * The records of a table in the order of their SystemModstamp, so that a poll need not scan. It is a log: an update
 * appends, and what is out of date is passed over, and swept out when it outgrows the records. A record of a
 * transaction that commits late keeps the place of its stamp.
 */
export class StampLog {
  #stamps: number[] = [];
  #entries: Entry[] = [];

  get size(): number {
    return this.#stamps.length;
  }

  add(stamp: number, entry: Entry): void {
    if (entry.loggedStamp === stamp) return;
    entry.loggedStamp = stamp;
    const last = this.#stamps[this.#stamps.length - 1];
    if (last === undefined || last <= stamp) {
      this.#stamps.push(stamp);
      this.#entries.push(entry);
      return;
    }
    const place = this.#lowerBound(stamp + 1);
    this.#stamps.splice(place, 0, stamp);
    this.#entries.splice(place, 0, entry);
  }

  /** How many places a walk from `from` to `to` (seconds, both included) would pass. */
  width(from: number, to: number): number {
    return Math.max(0, this.#lowerBound(to + 1) - this.#lowerBound(from));
  }

  /** Records whose current stamp is in [from, to]. */
  *walk(from: number, to: number, order: StampOrder): Generator<Entry> {
    const descending = order !== 'stamp';
    let start = this.#lowerBound(from);
    let end = this.#lowerBound(to + 1);
    while (start < end) {
      const stamp = descending ? this.#stamps[end - 1] : this.#stamps[start];
      if (stamp === undefined) return;
      const low = descending ? this.#lowerBound(stamp) : start;
      const high = descending ? end : this.#lowerBound(stamp + 1);
      const current: Entry[] = [];
      let ordered = true;
      let last = -1;
      for (let index = low; index < high; index++) {
        const entry = this.#entries[index];
        if (entry?.row === undefined || stampOf(entry.row) !== stamp) continue;
        ordered &&= entry.position > last;
        last = entry.position;
        current.push(entry);
      }
      if (!ordered) current.sort((left, right) => left.position - right.position);
      if (order === 'stampAndIdDescending') current.reverse();
      for (const [index, entry] of current.entries()) if (entry !== current[index - 1]) yield entry;
      if (descending) end = low;
      else start = high;
    }
  }

  /** Drops what is out of date. Must not run while a transaction is open or uncommitted. */
  sweep(): void {
    const stamps: number[] = [];
    const entries: Entry[] = [];
    for (let index = 0; index < this.#stamps.length; index++) {
      const stamp = this.#stamps[index];
      const entry = this.#entries[index];
      if (stamp === undefined || entry?.row === undefined || stampOf(entry.row) !== stamp) continue;
      stamps.push(stamp);
      entries.push(entry);
    }
    this.#stamps = stamps;
    this.#entries = entries;
  }

  #lowerBound(stamp: number): number {
    let low = 0;
    let high = this.#stamps.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#stamps[middle] ?? Infinity) < stamp) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
