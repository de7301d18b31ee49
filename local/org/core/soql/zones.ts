import { read, type Entry } from '../storage/index.ts';

/** A time zone, in whole seconds since 1970 (UTC) and the same on the clocks of the zone. */
export interface Zone {
  readonly name: string;
  toLocal(seconds: number): number;
  /** An instant that the clocks show twice is the first; one that they leave out counts as after the gap. */
  toUtc(localSeconds: number): number;
}

/** The time zone of a user. */
export function zoneOf(user: Entry): Zone {
  const column = user.table.column('TimeZoneSidKey');
  const name = column === undefined || user.row === undefined ? null : read(user.row, column);
  if (typeof name !== 'string') throw new Error(`the user ${user.id} has no time zone`);
  const known = zones.get(name) ?? (name === 'GMT' ? greenwich : zoneNamed(name));
  zones.set(name, known);
  return known;
}

const zones = new Map<string, Zone>();

const greenwich: Zone = { name: 'GMT', toLocal: (seconds) => seconds, toUtc: (localSeconds) => localSeconds };

/** No zone has changed its offset but on a quarter of an hour since offsets are whole minutes. */
const quarter = 900;

function zoneNamed(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsets = new Map<number, number>();
  const offsetAt = (seconds: number): number => {
    const start = Math.floor(seconds / quarter) * quarter;
    const known = offsets.get(start);
    if (known !== undefined) return known;
    const parts = new Map(format.formatToParts(start * 1000).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    const offset = local / 1000 - start;
    offsets.set(start, offset);
    return offset;
  };
  return {
    name,
    toLocal: (seconds) => seconds + offsetAt(seconds),
    toUtc(localSeconds) {
      const before = localSeconds - offsetAt(localSeconds - 86_400);
      if (before + offsetAt(before) === localSeconds) return before;
      return localSeconds - offsetAt(before);
    },
  };
}
