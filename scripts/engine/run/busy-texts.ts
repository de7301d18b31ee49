const smallestRoom = 64;
/** Of a place, side by side: the hash's high and low half, the group, how many of it hold the text (0: it is free). */
const fields = 4;
const low = 1;
const group = 2;
const holders = 3;

/**
 * Texts that are busy, each in the name of one group: a hash table of numbers, so that the garbage collector has nothing
 * to follow and a text that comes and goes leaves nothing. It knows texts by a hash of 64 bits: two that share one would
 * wait for each other, and nothing worse.
 */
export class BusyTexts {
  #size = 0;
  #mask = smallestRoom - 1;
  #places = new Int32Array(smallestRoom * fields);
  #high = 0;
  #low = 0;

  /**
   * How many of the group hold the text now; 0, changing nothing, when it is another group's. `space` tells texts apart
   * that are the same; it and the group are integers of 32 bits.
   */
  hold(space: number, text: string, by: number): number {
    this.#hash(space, text);
    const at = this.#find();
    const places = this.#places;
    const held = places[at + holders] as number;
    if (held > 0 && places[at + group] !== by) return 0;
    places[at + holders] = held + 1;
    if (held > 0) return held + 1;
    places[at] = this.#high;
    places[at + low] = this.#low;
    places[at + group] = by;
    if (++this.#size * 2 > this.#mask) this.#makeRoom();
    return 1;
  }

  /** One of its group holds the text no more. */
  free(space: number, text: string): void {
    this.#hash(space, text);
    const at = this.#find();
    const held = this.#places[at + holders] as number;
    if (held > 1) this.#places[at + holders] = held - 1;
    else if (held === 1) this.#clear(at / fields);
  }

  /** Where the text of the hash is, or would be: the first from its own place on that is it, or is free. */
  #find(): number {
    const places = this.#places;
    for (let place = this.#low & this.#mask; ; place = (place + 1) & this.#mask) {
      const at = place * fields;
      if (places[at + holders] === 0 || (places[at + low] === this.#low && places[at] === this.#high)) return at;
    }
  }

  /** What stands behind a freed place, and not at its own, moves up, so that it is found without gaps. */
  #clear(freed: number): void {
    this.#size -= 1;
    const places = this.#places;
    let free = freed;
    for (
      let place = (free + 1) & this.#mask;
      places[place * fields + holders] !== 0;
      place = (place + 1) & this.#mask
    ) {
      const own = (places[place * fields + low] as number) & this.#mask;
      if (((place - own) & this.#mask) < ((place - free) & this.#mask)) continue;
      for (let field = 0; field < fields; field++) {
        places[free * fields + field] = places[place * fields + field] as number;
      }
      free = place;
    }
    places[free * fields + holders] = 0;
  }

  #makeRoom(): void {
    const before = this.#places;
    this.#places = new Int32Array(before.length * 2);
    this.#mask = (before.length / fields) * 2 - 1;
    for (let at = 0; at < before.length; at += fields) {
      if (before[at + holders] === 0) continue;
      this.#high = before[at] as number;
      this.#low = before[at + low] as number;
      this.#places.set(before.subarray(at, at + fields), this.#find());
    }
  }

  #hash(space: number, text: string): void {
    let left = 0x9e3779b9 ^ space;
    let right = 0x85ebca6b ^ space;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      left = Math.imul(left ^ unit, 2654435761);
      right = Math.imul(right ^ unit, 1597334677);
    }
    this.#high = Math.imul(left ^ (left >>> 16), 2246822507) ^ Math.imul(right ^ (right >>> 13), 3266489909);
    this.#low = Math.imul(right ^ (right >>> 16), 2246822507) ^ Math.imul(left ^ (left >>> 13), 3266489909);
  }
}
