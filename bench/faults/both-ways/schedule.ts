import type { Fault } from '../../../local/systems/index.ts';
import { roll, seededRandom } from '../../../scripts/engine/testing/index.ts';
import type { Instant, Port } from '../schedule.ts';

export type Side = 'org' | 'pendo';

/** What happens, on either side or to the worker. `who` counts round the accounts that are there. */
export type Act =
  | { readonly do: 'save'; readonly who: number; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly do: 'create'; readonly known: boolean }
  /** A visitor of an account does something. */
  | {
      readonly do: 'use';
      readonly who: number;
      readonly day: number;
      readonly minutes: number;
      readonly clicks: number;
    }
  /** Someone edits in Pendo what is not synced. */
  | { readonly do: 'tag'; readonly who: number; readonly tag: string }
  | { readonly do: 'read all'; readonly sync: 'accounts' | 'usage' }
  | { readonly do: 'kill'; readonly at: Instant | undefined; readonly downMilliseconds: number }
  | { readonly do: 'pendo'; readonly fault: Fault; readonly times: number }
  | {
      readonly do: 'org';
      readonly kind: 'cutBefore' | 'cutAfter' | 'unavailable';
      readonly skip: number;
      readonly times: number;
    }
  /** Pendo runs out of time within a call: its first records are written, and the answer is 408. */
  | { readonly do: 'out of time'; readonly records: number }
  | { readonly do: 'unreachable'; readonly side: Side; readonly milliseconds: number }
  | { readonly do: 'revoke key'; readonly milliseconds: number };

export interface Schedule {
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  /** Of each account there is at first, whether Pendo knows it. */
  readonly population: readonly { readonly known: boolean }[];
  /** How Pendo tells who is outside of a report's segment and range. */
  readonly extraRows: 'none' | 'empty' | 'zero';
  readonly steps: readonly { readonly at: number; readonly act: Act }[];
}

type Random = () => number;

/** A request is applied within 10 s of leaving, by the settings of the connection; it travels for up to 1 s. */
const latestApplyMilliseconds = 8_900;

/** The schedule of a seed: a few accounts on both sides, and minutes in which everything happens to them. */
export function generateSchedule(seed: number): Schedule {
  const random = seededRandom(seed * 7 + 3);
  const population = Array.from({ length: 3 + roll(random, 8) }, () => ({ known: roll(random, 4) > 0 }));
  const lasts = 20_000 + roll(random, 60_000);
  const steps = Array.from({ length: 10 + roll(random, 20) }, () => ({ at: roll(random, lasts), act: draw(random) }));
  return {
    seed,
    startsAt: Date.UTC(2026, 0, 5, pick(random, [1, 9]), pick(random, [20, 59])),
    population,
    extraRows: pick(random, ['none', 'empty', 'zero']),
    steps: steps.sort((left, right) => left.at - right.at),
  };
}

function draw(random: Random): Act {
  const who = roll(random, 100);
  const dice = roll(random, 100);
  if (dice < 18) return { do: 'save', who, fields: edit(random) };
  if (dice < 24) return { do: 'create', known: roll(random, 2) === 0 };
  if (dice < 42) return { do: 'use', who, day: roll(random, 40), minutes: roll(random, 50), clicks: roll(random, 2) };
  if (dice < 47) return { do: 'tag', who, tag: `tag ${roll(random, 9)}` };
  if (dice < 62) return { do: 'read all', sync: pick(random, ['accounts', 'usage', 'usage']) };
  if (dice < 76)
    return {
      do: 'kill',
      at: roll(random, 4) === 0 ? undefined : instant(random),
      downMilliseconds: roll(random, 3_000),
    };
  return trouble(random);
}

function edit(random: Random): Readonly<Record<string, unknown>> {
  switch (roll(random, 3)) {
    case 0:
      return { Name: `Account ${roll(random, 1_000)}, "Ünal"\nولا` };
    case 1:
      return { Industry: pick(random, ['Banking', 'Energy', null]) };
    default:
      return { NumberOfEmployees: pick(random, [0, 1, roll(random, 100_000), null]) };
  }
}

function trouble(random: Random): Act {
  const milliseconds = roll(random, latestApplyMilliseconds);
  const times = 1 + roll(random, 3);
  switch (roll(random, 7)) {
    case 0:
    case 1: {
      const kind = pick(random, ['cutBeforeApply', 'cutAfterApply', 'error500', 'error503', 'throttle'] as const);
      return { do: 'pendo', fault: { kind }, times };
    }
    case 2:
      return {
        do: 'pendo',
        fault: { kind: pick(random, ['late', 'duplicate', 'slow'] as const), milliseconds },
        times,
      };
    case 3:
      return { do: 'org', kind: pick(random, ['cutBefore', 'cutAfter', 'unavailable']), skip: roll(random, 6), times };
    case 4:
      return { do: 'out of time', records: 1 + roll(random, 3) };
    case 5:
      return { do: 'unreachable', side: pick(random, ['org', 'pendo']), milliseconds: 1_000 + roll(random, 20_000) };
    default:
      return { do: 'revoke key', milliseconds: 1_000 + roll(random, 20_000) };
  }
}

function instant(random: Random): Instant {
  const port = pick<Port>(random, ['store', 'store', 'org', 'iterable']);
  return { port, calls: 1 + roll(random, port === 'store' ? 30 : 12), when: pick(random, ['before', 'after']) };
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[roll(random, items.length)] as Item;
}
