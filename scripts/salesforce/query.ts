import { z } from 'zod';
import { RetryError } from '../engine/index.ts';
import { apiVersion, createJsforceConnection, type Channel } from './connection/index.ts';
import { queryPath } from './soql.ts';

export type QueryRow = Readonly<Record<string, unknown>>;

const page = z.object({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
  records: z.array(z.custom<QueryRow>((row) => typeof row === 'object' && row !== null)),
});

export interface QueryPage {
  readonly totalSize: number;
  readonly rows: readonly QueryRow[];
  /** `Exchange.readAt` of this page's request. */
  readonly readAt: number;
}

/**
 * The pages of a query, each read when it is asked for.
 * @param doing What is asked, as a noun, for errors.
 * @param root `queryAll` also sees what is in the recycle bin.
 */
export async function* queryPages(
  channel: Channel,
  soql: string,
  doing: string,
  root: 'query' | 'queryAll' = 'query',
): AsyncGenerator<QueryPage, void, undefined> {
  const connection = createJsforceConnection(channel, doing);
  let next: string | undefined = queryPath(root, apiVersion, soql);
  while (next !== undefined) {
    const parsed = page.safeParse(await connection.request({ method: 'GET', url: next }));
    if (!parsed.success) throw new RetryError(`The answer to ${doing} is not a page of records.`, []);
    yield { totalSize: parsed.data.totalSize, rows: parsed.data.records, readAt: connection.way.readAt };
    next = parsed.data.done ? undefined : parsed.data.nextRecordsUrl;
  }
}
