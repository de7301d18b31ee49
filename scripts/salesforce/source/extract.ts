import { PositionLostError, RetryError, type ExtractPage, type ReadShape, type SourceRow } from '../../engine/index.ts';
import type { Describer } from '../describe.ts';
import { select } from '../soql.ts';
import type { BulkJobs, ResultPage } from './bulk-job.ts';
import { readCsv } from './csv.ts';
import { prepareShape, type PreparedShape } from './shape.ts';

/** Rows handed on at a time. */
const chunkRows = 1_000;

export interface Extraction {
  readonly jobs: BulkJobs;
  readonly describer: Describer;
  /** Records of a result page. */
  readonly maxRecords: number;
  /** Told how many calls it took to see a job end. */
  readonly onLooks: (looks: number) => void;
}

/**
 * A full read by Bulk query. The next page is asked for while one is read; each page's rows come in chunks as they
 * arrive. A page that is cut off throws `RetryError` and can be read again from its position.
 */
export async function* extract(
  { jobs, describer, maxRecords, onLooks }: Extraction,
  shape: ReadShape,
  position: string | undefined,
): AsyncGenerator<ExtractPage, void, undefined> {
  const prepared = await prepareShape(describer, shape);
  let place =
    position === undefined ? { job: await jobs.start(bulkQuery(prepared), prepared.object) } : parsePlace(position);
  const { records, looks } = await jobs.finish(place.job);
  onLooks(looks);
  if (records === 0) return;
  let ahead: Promise<ResultPage> | undefined = jobs.page(place.job, place.locator, maxRecords);
  let page: ResultPage | undefined;
  try {
    while (ahead) {
      page = await ahead;
      ahead = undefined;
      const here = writePlace(place);
      const next: Place | undefined = page.next === undefined ? undefined : { job: place.job, locator: page.next };
      if (next) {
        ahead = jobs.page(next.job, next.locator, maxRecords);
        // Its failure is met when the page is asked for; until then it must not count as unhandled.
        ahead.catch(() => undefined);
      }
      if (page.records > 0) {
        yield { position: here, ...(next ? { next: writePlace(next) } : {}), chunks: rowsOf(page, prepared) };
      }
      await discard(page);
      if (next) place = next;
    }
  } finally {
    if (page) await discard(page);
    if (ahead) await discard(await ahead.catch(() => undefined));
  }
}

async function* rowsOf(
  page: ResultPage,
  prepared: PreparedShape,
): AsyncGenerator<readonly SourceRow[], void, undefined> {
  let seen = 0;
  for await (const rows of readCsv(page.body, prepared.columns, chunkRows)) {
    seen += rows.length;
    const sourceRows: SourceRow[] = [];
    for (const row of rows) sourceRows.push(prepared.fromText(row));
    yield sourceRows;
  }
  if (seen !== page.records) {
    throw new RetryError(
      `A result page of ${prepared.object} was cut off: ${seen} of ${page.records} rows arrived.`,
      [],
    );
  }
}

/** Lets go of a body that nobody read to its end. */
async function discard(page: ResultPage | undefined): Promise<void> {
  if (page && !page.body.locked) await page.body.cancel();
}

function bulkQuery(prepared: PreparedShape): string {
  return select({
    fields: prepared.columns,
    from: prepared.object,
    where: prepared.include === undefined ? [] : [prepared.include],
  });
}

interface Place {
  readonly job: string;
  readonly locator?: string;
}

function writePlace({ job, locator }: Place): string {
  return locator === undefined ? job : `${job}/${locator}`;
}

function parsePlace(position: string): Place {
  const match = /^([a-zA-Z0-9]{15,18})(?:\/(.+))?$/.exec(position);
  if (!match?.[1]) throw new PositionLostError(`"${position}" is not a place in a bulk query.`, []);
  return match[2] === undefined ? { job: match[1] } : { job: match[1], locator: match[2] };
}
