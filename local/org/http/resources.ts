import type { RestAnswer, RestCall, RestWorld, Usage } from './call.ts';

/** API versions that this org answers, as orgs do today; sf reads the user of a new login by v51.0. */
const OLDEST_VERSION = 31;
const NEWEST_VERSION = 66;

/** Release names follow a fixed round: v31 was Summer '14. */
function releaseName(version: number): string {
  const season = ['Summer', 'Winter', 'Spring'][(version - OLDEST_VERSION) % 3] ?? '';
  const year = 14 + Math.floor((version - OLDEST_VERSION + 2) / 3);
  return `${season} '${year}`;
}

/** `/services/data`: the versions, oldest first. */
export function versions(): readonly Record<string, string>[] {
  return Array.from({ length: NEWEST_VERSION - OLDEST_VERSION + 1 }, (_, index) => {
    const version = OLDEST_VERSION + index;
    return { label: releaseName(version), url: `/services/data/v${version}.0`, version: `${version}.0` };
  });
}

/** Whether the org answers this version, written `66.0`. */
export function isVersion(text: string): boolean {
  const number = Number(text);
  return /^\d\d\.0$/.test(text) && number >= OLDEST_VERSION && number <= NEWEST_VERSION;
}

/** `/services/data/vNN.0`: what there is below it. */
export function answerRoot(world: RestWorld, call: RestCall): RestAnswer {
  const base = `/services/data/v${call.version}`;
  const names = ['composite', 'jobs', 'limits', 'metadata', 'query', 'queryAll', 'search', 'sobjects', 'tooling'];
  const links = Object.fromEntries(names.map((name) => [name, `${base}/${name}`]));
  return { status: 200, body: { ...links, identity: `${call.origin}/id/${world.org.id}/${call.session.userId}` } };
}

interface Limit {
  readonly Max: number;
  readonly Remaining: number;
}

/** `/limits`. What the local org counts is as used; the others are the allocations of the edition, untouched. */
export function answerLimits(world: RestWorld): RestAnswer {
  const part = ({ used, limit }: Usage): Limit => ({ Max: limit, Remaining: Math.max(0, limit - used) });
  const whole = (most: number): Limit => ({ Max: most, Remaining: most });
  const { dailyApiRequests, apps, deliveredEvents, publishedEvents, storage } = world.allocations();
  return {
    status: 200,
    body: {
      DailyApiRequests: { ...part(dailyApiRequests), ...Object.fromEntries(apps.map((app) => [app.name, part(app)])) },
      DailyBulkApiBatches: whole(15000),
      DailyBulkV2QueryJobs: whole(10000),
      DailyBulkV2QueryFileStorageMB: whole(976562),
      DailyDeliveredPlatformEvents: part(deliveredEvents),
      HourlyPublishedPlatformEvents: part(publishedEvents),
      DataStorageMB: part(storage),
      FileStorageMB: whole(1024),
    },
  };
}
