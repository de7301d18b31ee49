import { z } from 'zod';
import { RetryError } from '../engine/index.ts';
import { apiVersion, bodyText, type Channel } from './connection/index.ts';
import type { QueryRow } from './query.ts';

/** Records that one call gives at most (REST API, "Get Records Using sObject Collections", POST). */
export const maxRetrieved = 2_000;

const answer = z.array(z.custom<QueryRow>((row) => typeof row === 'object'));

/**
 * Records by their IDs, at most `maxRetrieved`: four times as many in a call as a query's URI has room for. What is not
 * there, or not shared, is left out.
 * @param fields Of the object itself; a retrieve reaches no parent.
 * @param doing What is asked, as a noun, for errors.
 * @returns Also the time by the org's own clock before it can have begun to answer.
 */
export async function retrieve(
  channel: Channel,
  object: string,
  fields: readonly string[],
  ids: readonly string[],
  doing: string,
): Promise<{ readonly rows: readonly QueryRow[]; readonly readAt: number }> {
  const { response, readAt } = await channel.send({
    method: 'POST',
    path: `/services/data/v${apiVersion}/composite/sobjects/${object}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ids, fields }),
    doing,
  });
  const parsed = answer.safeParse(jsonOf(await bodyText(response, doing), doing));
  if (!parsed.success) throw new RetryError(`The answer to ${doing} is not a list of records.`, []);
  return { rows: parsed.data.filter((row) => row !== null), readAt };
}

/** True when all of these are fields of the object itself. */
export function canRetrieve(fields: readonly string[]): boolean {
  return fields.every((field) => !field.includes('.'));
}

function jsonOf(text: string, doing: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RetryError(`The answer to ${doing} is not JSON.`, [], { cause });
  }
}
