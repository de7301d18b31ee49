import { entryOf, sameClaim, type ClaimEntry, type RankedClaim } from './ranked-claim.ts';

const none = -1;
const smallestRoom = 64;
/** An email and an ID of Salesforce. */
const usualBytes = 48;

/** Of each claim: its hash, precedence and place. */
const doublesOfClaim = 3;
/** Of each claim: its key space, its sync (none: it has ended), where its key and its source end, the next of its slot. */
const integersOfClaim = 5;

/**
 * Changes of claims whose hashes are neighbours. Those that began are many, and lie in few arrays: as objects they would
 * keep the garbage collector busy, and take three times the memory.
 */
export class ClaimPart {
  #removed: RankedClaim[] = [];
  #room = 0;
  #count = 0;
  #ended = 0;
  #doubles = new Float64Array(0);
  #integers = new Int32Array(0);
  /** By the low bits of the hash: the latest claim of a slot. */
  #slots = new Int32Array(0);
  #texts: Buffer = Buffer.alloc(0);

  get size(): number {
    return this.#count - this.#ended + this.#removed.length;
  }

  /** Those who have begun to claim the key. */
  claimants(hash: number, keySpace: number, key: string): readonly RankedClaim[] {
    const found: RankedClaim[] = [];
    for (let place = this.#first(hash); place !== none; place = this.#integer(place, 4)) {
      if (this.#double(place, 0) !== hash || this.#integer(place, 0) !== keySpace) continue;
      if (this.#integer(place, 1) === none) continue;
      const claim = this.#claim(place);
      if (claim.key === key) found.push(claim);
    }
    return found;
  }

  /** By how much the part has grown. */
  add(claim: RankedClaim): number {
    if (this.#find(claim) !== none) return 0;
    if (this.#count === this.#room) this.#makeRoom();
    const place = this.#count++;
    const keyEnd = this.#write(claim.key, this.#start(place));
    let at = place * doublesOfClaim;
    this.#doubles[at++] = claim.hash;
    this.#doubles[at++] = claim.precedence;
    this.#doubles[at] = claim.own;
    at = place * integersOfClaim;
    this.#integers[at++] = claim.keySpace;
    this.#integers[at++] = claim.sync;
    this.#integers[at++] = keyEnd;
    this.#integers[at] = this.#write(claim.source, keyEnd);
    this.#link(place);
    return 1;
  }

  /** By how much the part has grown. */
  remove(claim: RankedClaim): number {
    const place = this.#find(claim);
    if (place === none) return this.#removed.push(claim) && 1;
    this.#integers[place * integersOfClaim + 1] = none;
    this.#ended++;
    return -1;
  }

  /** Entries to be taken out of the table. */
  removed(): ClaimEntry[] {
    return this.#removed.map(entryOf);
  }

  /** Entries to be added to the table: no key is read for them. */
  added(): ClaimEntry[] {
    const added: ClaimEntry[] = [];
    for (let place = 0; place < this.#count; place++) {
      const sync = this.#integer(place, 1);
      if (sync === none) continue;
      const source = this.#texts.toString('utf8', this.#integer(place, 2), this.#integer(place, 3));
      added.push([this.#double(place, 0), this.#double(place, 1), this.#double(place, 2), source, sync]);
    }
    return added;
  }

  /** Empties it; its room stays, for what comes next. */
  clear(): void {
    this.#removed = [];
    this.#count = 0;
    this.#ended = 0;
    this.#slots.fill(none);
  }

  #find(claim: RankedClaim): number {
    for (let place = this.#first(claim.hash); place !== none; place = this.#integer(place, 4)) {
      if (this.#double(place, 0) !== claim.hash || this.#integer(place, 1) !== claim.sync) continue;
      if (sameClaim(this.#claim(place), claim)) return place;
    }
    return none;
  }

  #claim(place: number): RankedClaim {
    const [start, keyEnd] = [this.#start(place), this.#integer(place, 2)];
    return {
      hash: this.#double(place, 0),
      keySpace: this.#integer(place, 0),
      key: this.#texts.toString('utf8', start, keyEnd),
      precedence: this.#double(place, 1),
      own: this.#double(place, 2),
      source: this.#texts.toString('utf8', keyEnd, this.#integer(place, 3)),
      sync: this.#integer(place, 1),
    };
  }

  /** Half of what is there may have ended: that is left out then, so that claims that come and go take no room. */
  #makeRoom(): void {
    this.#leaveOutEnded();
    this.#room = Math.max(smallestRoom, this.#count * 2);
    const doubles = new Float64Array(this.#room * doublesOfClaim);
    const integers = new Int32Array(this.#room * integersOfClaim);
    const texts = Buffer.alloc(Math.max(this.#room * usualBytes, this.#start(this.#count)));
    doubles.set(this.#doubles.subarray(0, this.#count * doublesOfClaim));
    integers.set(this.#integers.subarray(0, this.#count * integersOfClaim));
    this.#texts.copy(texts, 0, 0, this.#start(this.#count));
    this.#doubles = doubles;
    this.#integers = integers;
    this.#texts = texts;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(this.#room))).fill(none);
    for (let place = 0; place < this.#count; place++) this.#link(place);
  }

  /** Moves those that have not ended side by side. Their slots are not theirs any more. */
  #leaveOutEnded(): void {
    if (this.#ended === 0) return;
    const [doubles, integers, texts] = [this.#doubles, this.#integers, this.#texts];
    let left = 0;
    let start = 0;
    let end = 0;
    for (let place = 0; place < this.#count; place++) {
      const from = place * integersOfClaim;
      const textStart = start;
      const [keyEnd, textEnd] = [this.#integer(place, 2), this.#integer(place, 3)];
      start = textEnd;
      if (this.#integer(place, 1) === none) continue;
      texts.copyWithin(end, textStart, textEnd);
      doubles.copyWithin(left * doublesOfClaim, place * doublesOfClaim, (place + 1) * doublesOfClaim);
      integers.copyWithin(left * integersOfClaim, from, from + integersOfClaim);
      integers[left * integersOfClaim + 2] = end + keyEnd - textStart;
      end += textEnd - textStart;
      integers[left * integersOfClaim + 3] = end;
      left++;
    }
    this.#count = left;
    this.#ended = 0;
  }

  /** Makes the claim the latest of its slot. */
  #link(place: number): void {
    const slot = this.#slot(this.#double(place, 0));
    this.#integers[place * integersOfClaim + 4] = this.#slots[slot] as number;
    this.#slots[slot] = place;
  }

  #write(text: string, at: number): number {
    // A character of JavaScript is at most three bytes of UTF-8.
    const most = at + text.length * 3;
    if (most > this.#texts.length) this.#texts = Buffer.concat([this.#texts], most * 2);
    return at + this.#texts.write(text, at, 'utf8');
  }

  #start(place: number): number {
    return place === 0 ? 0 : this.#integer(place - 1, 3);
  }

  #first(hash: number): number {
    return this.#slots.length === 0 ? none : (this.#slots[this.#slot(hash)] as number);
  }

  #slot(hash: number): number {
    return (hash >>> 0) & (this.#slots.length - 1);
  }

  #double(place: number, which: number): number {
    return this.#doubles[place * doublesOfClaim + which] as number;
  }

  #integer(place: number, which: number): number {
    return this.#integers[place * integersOfClaim + which] as number;
  }
}
