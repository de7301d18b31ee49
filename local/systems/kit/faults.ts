import { z } from 'zod';
import { seededRandom } from '../../random.ts';

const probability = z.number().min(0).max(1);
const milliseconds = z.number().int().min(0).max(600_000);

const ratesSchema = z.strictObject({
  cutBeforeApply: probability.optional(),
  cutAfterApply: probability.optional(),
  duplicate: probability.optional(),
  late: z.strictObject({ probability, maximumMilliseconds: milliseconds }).optional(),
  slow: z.strictObject({ probability, milliseconds }).optional(),
  error500: probability.optional(),
  error503: probability.optional(),
  throttle: probability.optional(),
});

const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['none', 'cutBeforeApply', 'cutAfterApply', 'error500', 'error503', 'throttle']) }),
  z.strictObject({ kind: z.enum(['late', 'duplicate', 'slow']), milliseconds }),
]);

type Rates = z.infer<typeof ratesSchema>;

/** A dial: a part that is absent stays as it is, one that is there replaces the old one. */
export interface DialWith<Limits> {
  seed?: number | undefined;
  limits?: Limits | undefined;
  rates?: Rates | undefined;
  scripted?: Fault[] | undefined;
}

/** What `POST /control/faults` takes, with the limits of one system. */
export function dialSchemaWith<Limits>(limits: z.ZodType<Limits>): z.ZodType<DialWith<Limits>> {
  return z.strictObject({
    seed: z.number().int().optional(),
    limits: limits.optional(),
    rates: ratesSchema.optional(),
    scripted: z.array(faultSchema).max(100_000).optional(),
  });
}

/**
 * What happens to one request. `cut…`: the connection ends without an answer; `late`: it is cut, and the write applied
 * after `milliseconds`; `duplicate`: applied now and again after `milliseconds`, answered after the second; `slow`:
 * applied now, answered after `milliseconds`; the others are answered without being applied.
 */
export type Fault = z.infer<typeof faultSchema>;

/** Decides each request's fault from the dial: first what is scripted, then by rates from a seeded generator. */
export class Faults<Limits> {
  #random: () => number;
  #seed: number;
  #rates: Rates = {};
  #limits: Limits;
  #scripted: Fault[] = [];

  constructor(seed: number, limits: Limits) {
    this.#seed = seed;
    this.#limits = limits;
    this.#random = seededRandom(seed);
  }

  set(dial: DialWith<Limits>): void {
    if (dial.seed !== undefined) {
      this.#seed = dial.seed;
      this.#random = seededRandom(dial.seed);
    }
    if (dial.limits !== undefined) this.#limits = dial.limits;
    if (dial.rates !== undefined) this.#rates = dial.rates;
    if (dial.scripted !== undefined) this.#scripted = [...dial.scripted];
  }

  get dial(): Required<DialWith<Limits>> {
    return { seed: this.#seed, limits: this.#limits, rates: this.#rates, scripted: [...this.#scripted] };
  }

  get limits(): Limits {
    return this.#limits;
  }

  /** The fault of the next request; each call moves the generator on. */
  next(): Fault {
    const scripted = this.#scripted.shift();
    if (scripted !== undefined) return scripted;
    const { late, slow, cutBeforeApply, cutAfterApply, duplicate, error500, error503, throttle } = this.#rates;
    if (this.#hits(cutBeforeApply)) return { kind: 'cutBeforeApply' };
    if (this.#hits(cutAfterApply)) return { kind: 'cutAfterApply' };
    if (this.#hits(duplicate)) return { kind: 'duplicate', milliseconds: this.#upTo(late?.maximumMilliseconds ?? 0) };
    if (late !== undefined && this.#hits(late.probability)) {
      return { kind: 'late', milliseconds: this.#upTo(late.maximumMilliseconds) };
    }
    if (slow !== undefined && this.#hits(slow.probability)) return { kind: 'slow', milliseconds: slow.milliseconds };
    if (this.#hits(error500)) return { kind: 'error500' };
    if (this.#hits(error503)) return { kind: 'error503' };
    if (this.#hits(throttle)) return { kind: 'throttle' };
    return { kind: 'none' };
  }

  #hits(probability: number | undefined): boolean {
    return probability !== undefined && probability > 0 && this.#random() < probability;
  }

  #upTo(maximum: number): number {
    return Math.floor(this.#random() * (maximum + 1));
  }
}
