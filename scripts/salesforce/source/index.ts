import {
  SettingsError,
  type CallMade,
  type ExtractPage,
  type FollowedSource,
  type ReadShape,
} from '../../engine/index.ts';
import { metered, type Channel } from '../connection/index.ts';
import type { Describer } from '../describe.ts';
import { queryPages } from '../query.ts';
import { canRetrieve, maxRetrieved } from '../retrieve.ts';
import { filter, idsPerQuery, maxPageRows, select } from '../soql.ts';
import { createBulkJobs } from './bulk-job.ts';
import { readChanges } from './changes.ts';
import { readChildren } from './children.ts';
import { extract } from './extract.ts';
import { hydrate, hydrateQuery } from './hydrate.ts';

export { readCsv } from './csv.ts';

export interface SourceOptions {
  /** Milliseconds before the cursor that a poll reads again; default 5 minutes. */
  readonly overlapMilliseconds?: number;
  /** Records of a Bulk result page; default 25,000. */
  readonly pageRecords?: number;
}

/** Salesforce as a source of records. */
export function createSource(channel: Channel, describer: Describer, options: SourceOptions = {}): FollowedSource {
  const overlap = options.overlapMilliseconds ?? 5 * 60_000;
  const maxRecords = options.pageRecords ?? 25_000;
  const counting = (made: CallMade | undefined): Channel => (made ? metered(channel, made) : channel);
  let looks = 1;

  /** A field that the org refuses may have been renamed or hidden since it was described (K-39). */
  function forgetSchema(error: unknown): void {
    if (error instanceof SettingsError) describer.forget();
  }

  async function withFreshSchema<Result>(task: () => Promise<Result>): Promise<Result> {
    try {
      return await task();
    } catch (error) {
      forgetSchema(error);
      throw error;
    }
  }

  async function* pagesWithFreshSchema(
    pages: AsyncIterable<ExtractPage>,
  ): AsyncGenerator<ExtractPage, void, undefined> {
    try {
      yield* pages;
    } catch (error) {
      forgetSchema(error);
      throw error;
    }
  }

  return {
    describe: (object, paths) => describer.describe(object, paths),
    forgetSchema: () => describer.forget(),
    changes: (object, cursor, fields) => readChanges(channel, describer, object, cursor, overlap, fields),
    hydrate: (shape, ids, made) => withFreshSchema(() => hydrate(counting(made), describer, shape, ids)),
    extract(shape, position, made) {
      const onLooks = (seen: number): void => {
        looks = seen;
      };
      return pagesWithFreshSchema(
        extract({ jobs: createBulkJobs(counting(made)), describer, maxRecords, onLooks }, shape, position),
      );
    },
    async count(shape, made) {
      const { name } = await describer.object(shape.object);
      const include = filter(shape.include);
      const soql = select({ fields: ['COUNT()'], from: name, where: include === undefined ? [] : [include] });
      for await (const { totalSize } of queryPages(counting(made), soql, `the count of ${name}`)) return totalSize;
      return 0;
    },
    children: (object, reference, parents, afterId) =>
      readChildren(channel, describer, object, reference, parents, afterId),
    forecast(job) {
      if (job.kind === 'count') return 1;
      if (job.records === 0) return 0;
      // The job itself, the looks until it is done (as many as the last one took), and its pages.
      if (job.kind === 'extract') return 1 + looks + Math.ceil(job.records / maxRecords);
      if (job.kind === 'changes') {
        // Each poll within the overlap meets them once more.
        const times = 1 + Math.floor(overlap / job.everyMilliseconds);
        return times * Math.ceil(job.records / maxPageRows);
      }
      const byId = filter(job.shape.include) === undefined && canRetrieve(job.shape.fields);
      const size = idsPerQuery(longestQuery(job.shape));
      return job.records <= size ? 1 : Math.ceil(job.records / (byId ? maxRetrieved : size));
    },
    budget: () => channel.budget(),
  };
}

/** What hydrating the shape asks at most: without the describe, each parent on a path is taken to have a stamp. */
function longestQuery({ object, fields, include }: ReadShape): string {
  const parents = fields
    .filter((path) => path.includes('.'))
    .map((path) => `${path.slice(0, path.lastIndexOf('.'))}.SystemModstamp`);
  return hydrateQuery(
    { object, include: filter(include), columns: [...new Set(['Id', 'SystemModstamp', ...fields, ...parents])] },
    [],
  );
}
