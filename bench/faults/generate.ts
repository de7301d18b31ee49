import { roll, seededRandom } from '../../scripts/engine/testing/index.ts';
import type { Act, Edited, Instant, Port, Schedule, Step } from './schedule.ts';

type Random = () => number;

const addresses = 12;
const names = ['Ada', 'Grace', 'Zoë', 'نور', '李', 'O’Neil, "Neo"', 'Line\nBreak', '🚀'];
const syncs = ['leads', 'contacts'] as const;
const shortestMilliseconds = 20_000;
const longestMilliseconds = 100_000;
/** Less than the overlap of a poll: what is committed later still is found by the nightly sweep. */
const latestCommitMilliseconds = 60_000;
/** A request is applied within 10 s of leaving, by the settings of the connection; it travels for up to 1 s. */
const latestApplyMilliseconds = 8_900;

/** The schedule of a seed: a small org, and some minutes in which everything happens to it. */
export function generateSchedule(seed: number): Schedule {
  const random = seededRandom(seed);
  const population = [
    ...times(1 + roll(random, 3), () => ({ object: 'Account', fields: fieldsOf('Account', random) }) as const),
    ...times(3 + roll(random, 10), () => ({ object: 'Lead', fields: fieldsOf('Lead', random) }) as const),
    ...times(2 + roll(random, 6), () => ({ object: 'Contact', fields: fieldsOf('Contact', random) }) as const),
  ];
  const lasts = shortestMilliseconds + roll(random, longestMilliseconds - shortestMilliseconds);
  // Most of what happens comes in bursts: faults matter where they meet something.
  const bursts = times(2 + roll(random, 4), () => roll(random, lasts));
  const steps = times(12 + roll(random, 30), (): Step => {
    const burst = bursts[roll(random, bursts.length)] ?? 0;
    const at = roll(random, 4) === 0 ? roll(random, lasts) : burst + roll(random, 4_000);
    const act = draw(random);
    return roll(random, 5) === 0 ? { at, act, commitsLate: roll(random, latestCommitMilliseconds) } : { at, act };
  });
  return {
    seed,
    // Some meet the full hour, when the live run changes; some the nightly sweep at 02:00.
    startsAt: Date.UTC(2026, 0, 5, pick(random, [1, 9]), pick(random, [20, 59])),
    population,
    pageRecords: pick(random, [3, 7, 1_000]),
    sameMachine: roll(random, 4) > 0,
    hasStream: roll(random, 4) > 0,
    steps: steps.sort((left, right) => left.at - right.at),
  };
}

function draw(random: Random): Act {
  const dice = roll(random, 100);
  if (dice < 45) return edit(random);
  if (dice < 62) return life(random);
  if (dice < 68) return command(random);
  return trouble(random);
}

function edit(random: Random): Act {
  const object = pick<Edited>(random, ['Lead', 'Lead', 'Lead', 'Contact', 'Contact', 'Account']);
  const who = roll(random, 100);
  switch (roll(random, 12)) {
    case 0:
    case 1:
      return { do: 'create', object, fields: fieldsOf(object, random) };
    case 2:
      return { do: 'delete', object: pick(random, ['Lead', 'Contact']), who };
    case 3:
      return { do: 'undelete', object: pick(random, ['Lead', 'Contact']), who };
    case 4:
      return { do: 'merge', object, who, into: roll(random, 100) };
    case 5:
      return { do: 'convert', who };
    case 6:
      return { do: 'save', object: 'Account', who, many: 1, fields: { Name: `Account ${roll(random, 1000)}` } };
    case 7:
      return roll(random, 2) === 0
        ? { do: 'save', object: 'User', who, many: 1, fields: { LastName: `Owner ${roll(random, 1000)}` } }
        : { do: 'save', object: 'Lead', who, many: 20, fields: { LeadSource: pick(random, ['Web', 'Other']) } };
    default: {
      const person = pick(random, ['Lead', 'Contact'] as const);
      const { Email, ...rest } = fieldsOf(person, random);
      const fields = roll(random, 2) === 0 ? { Email: Email ?? null } : rest;
      return { do: 'save', object: person, who, many: 1, fields };
    }
  }
}

function fieldsOf(object: Edited, random: Random): Readonly<Record<string, unknown>> {
  if (object === 'Account' || object === 'User') return { Name: `Account ${roll(random, 1000)}` };
  const email = roll(random, 10) === 0 ? {} : { Email: `p${roll(random, addresses)}@example.com` };
  const person = { FirstName: pick(random, names), LastName: `Person ${roll(random, 1000)}`, ...email };
  return object === 'Contact'
    ? { ...person, account: roll(random, 4) }
    : {
        ...person,
        Company: `Company ${roll(random, 50)}`,
        Status: pick(random, ['Open - Not Contacted', 'Working - Contacted']),
      };
}

function life(random: Random): Act {
  const at = roll(random, 4) === 0 ? undefined : instant(random);
  const downMilliseconds = roll(random, 4) === 0 ? roll(random, 30_000) : roll(random, 2_000);
  const dice = roll(random, 10);
  if (dice < 6) return { do: 'kill', at, downMilliseconds };
  if (dice < 7) return { do: 'stop', downMilliseconds };
  if (dice < 9) return freeze(at, random);
  return { do: 'second worker', milliseconds: 20_000 + roll(random, 200_000) };
}

/**
 * Some for longer than the leases of a store and of an org last. Never between a request's last check and its leaving:
 * no client can be safe there from what another one does meanwhile.
 */
function freeze(instant: Instant | undefined, random: Random): Act {
  const at = instant && instant.port !== 'store' ? ({ ...instant, when: 'after' } as const) : instant;
  const isLong = roll(random, 3) === 0;
  const milliseconds = isLong ? 185_000 + roll(random, 30_000) : roll(random, 20_000);
  return { do: 'freeze', at, milliseconds, replaced: isLong && roll(random, 3) > 0 };
}

function instant(random: Random): Instant {
  const port = pick<Port>(random, ['store', 'store', 'org', 'iterable']);
  const calls = 1 + roll(random, port === 'iterable' ? 3 : port === 'org' ? 15 : 30);
  return { port, calls, when: pick(random, ['before', 'after']) };
}

function command(random: Random): Act {
  const kind = pick(random, ['backfill', 'backfill', 'run', 'retry', 'status', 'explain', 'plan', 'pause'] as const);
  return {
    do: 'command',
    kind,
    target: pick(random, syncs),
    who: roll(random, 100),
    expiresMilliseconds: roll(random, 5) === 0 ? 5_000 : 600_000,
  };
}

function trouble(random: Random): Act {
  const milliseconds = roll(random, latestApplyMilliseconds);
  const lasting = 1_000 + roll(random, 30_000);
  switch (roll(random, 14)) {
    case 0:
    case 1:
    case 2: {
      const kind = pick(random, ['cutBeforeApply', 'cutAfterApply', 'error500', 'error503', 'throttle'] as const);
      return { do: 'iterable', fault: { kind }, times: 1 + roll(random, 3) };
    }
    case 3:
    case 4: {
      const kind = pick(random, ['late', 'late', 'duplicate', 'slow'] as const);
      return { do: 'iterable', fault: { kind, milliseconds }, times: 1 + roll(random, 2) };
    }
    case 5:
    case 6:
      return {
        do: 'org',
        kind: pick(random, ['cutBefore', 'cutAfter', 'slow', 'unavailable']),
        path: pick(random, [undefined, '/query', '/jobs/query', '/composite', '/Plumbline_']),
        skip: roll(random, 6),
        times: 1 + roll(random, 3),
        milliseconds: roll(random, 20_000),
      };
    case 7:
      return {
        do: 'lock',
        value: pick(random, ['worker', 'Claimed', 'Done', 'backfill', 'live']),
        times: 1 + roll(random, 3),
      };
    case 8:
      return { do: 'cut page' };
    case 9:
      return { do: 'unreachable', side: pick(random, ['org', 'iterable']), milliseconds: lasting };
    case 10:
      return roll(random, 2) === 0
        ? { do: 'revoke', milliseconds: roll(random, 2) === 0 ? 0 : lasting }
        : { do: 'refuse key', milliseconds: lasting };
    case 11:
      return roll(random, 4) === 0
        ? { do: 'daily limit', left: roll(random, 10), milliseconds: lasting }
        : { do: 'gap', object: pick(random, ['Lead', 'Contact', 'Account']), overflow: roll(random, 2) === 0 };
    case 12:
      return { do: 'lose streams', how: pick(random, ['ended', 'failed', 'purged']) };
    default:
      return { do: 'pause', sync: pick(random, syncs), milliseconds: lasting };
  }
}

function pick<Value>(random: Random, values: readonly Value[]): Value {
  return values[roll(random, values.length)] as Value;
}

function times<Value>(count: number, make: () => Value): Value[] {
  return Array.from({ length: count }, make);
}
