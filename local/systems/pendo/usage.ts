/** What a visitor did on one day. */
export interface DayUsage {
  readonly events: number;
  readonly minutes: number;
  readonly clicks: number;
}

const dayMilliseconds = 86_400_000;

/** Days since 1970, UTC. */
export function dayOf(milliseconds: number): number {
  return Math.floor(milliseconds / dayMilliseconds);
}

/** Milliseconds since 1970 at which a day begins: what a visit on that day is told as, since usage is kept by the day. */
export function startOf(day: number): number {
  return day * dayMilliseconds;
}

/** How far back generated usage reaches. */
const generatedDays = 400;

/**
 * What one visitor did, by day. Days that were not told are generated from the pattern, the same ones for the same
 * pattern, and are stored nowhere; a visitor without a pattern did nothing on them.
 */
export class Usage {
  readonly #pattern: number | undefined;
  #told: Map<number, DayUsage> | undefined;

  constructor(pattern?: number) {
    this.#pattern = pattern;
  }

  tell(day: number, usage: DayUsage): void {
    this.#told ??= new Map();
    this.#told.set(day, usage);
  }

  /** Undefined where the visitor did not come. */
  on(day: number): DayUsage | undefined {
    const told = this.#told?.get(day);
    if (told !== undefined) return told.events === 0 && told.minutes === 0 && told.clicks === 0 ? undefined : told;
    return this.#pattern === undefined ? undefined : generated(this.#pattern, day);
  }

  /** The last day until `today` on which the visitor came. */
  last(today: number): number | undefined {
    let last: number | undefined;
    for (const day of this.#told?.keys() ?? [])
      if (day <= today && (last === undefined || day > last) && this.on(day) !== undefined) last = day;
    if (this.#pattern !== undefined)
      for (let day = today; day > Math.max(today - generatedDays, last ?? -1); day--)
        if (this.on(day) !== undefined) return day;
    return last;
  }

  /** The first day until `today` on which the visitor came. */
  first(today: number): number | undefined {
    let first: number | undefined;
    for (const day of this.#told?.keys() ?? [])
      if (day <= today && (first === undefined || day < first) && this.on(day) !== undefined) first = day;
    if (this.#pattern !== undefined)
      for (let day = today - generatedDays + 1; day < Math.min(first ?? Infinity, today + 1); day++)
        if (this.on(day) !== undefined) return day;
    return first;
  }
}

/** One visitor in eight never comes; the others come on between one and seven days in eight. */
function generated(pattern: number, day: number): DayUsage | undefined {
  const mixed = mix(pattern ^ Math.imul(day, 0x9e3779b1));
  if ((mixed & 7) >= (pattern & 7)) return undefined;
  return { events: 1 + ((mixed >>> 3) & 63), minutes: (mixed >>> 9) & 127, clicks: (mixed >>> 16) & 3 };
}

/** The finisher of MurmurHash3, which changes half of all bits for each bit of its input. */
function mix(value: number): number {
  let mixed = value >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
