import { z } from 'zod';
import { apiVersion, type Channel, type ChannelRequest } from '../connection/index.ts';
import { exchange } from './exchange.ts';
import type { Operation } from './door.ts';
import type { Outgoing } from './outgoing.ts';
import type { ItemError } from './refusals.ts';

export type DuplicateRule = 'block' | 'allow' | 'link';

/** How a request writes its records. */
export interface Manner {
  readonly operation: Operation;
  readonly object: string;
  /** The field that names a record in an upsert. */
  readonly keyField: string;
  readonly duplicates: DuplicateRule;
}

/** What became of a collections call: an answer for each record, or what became of the request. */
export type CollectionsReply =
  | { readonly kind: 'answered'; readonly items: readonly (readonly ItemError[])[] }
  | Exclude<Awaited<ReturnType<typeof exchange>>, { readonly kind: 'answered' }>;

const matches = z.array(z.object({ matchRecords: z.array(z.object({ record: z.object({ Id: z.string() }) })) }));
const answers = z.array(
  z.object({
    success: z.boolean(),
    errors: z.array(
      z.object({
        statusCode: z.string(),
        message: z.string(),
        fields: z.array(z.string()).nullish(),
        duplicateResult: z.object({ matchResults: matches }).optional().catch(undefined),
      }),
    ),
  }),
);

/** Writes up to 200 records in one call (REST API, "sObject Collections"); none of them hinders another. */
export async function writeCollection(
  channel: Channel,
  manner: Manner,
  records: readonly Outgoing[],
): Promise<CollectionsReply> {
  const reply = await exchange(channel, requestOf(manner, records));
  if (reply.kind !== 'answered') return reply;
  const parsed = answers.safeParse(jsonOf(reply.body));
  if (!parsed.success || parsed.data.length !== records.length) {
    return { kind: 'unanswered', detail: 'The answer of the org does not hold one result for each record.' };
  }
  const items = parsed.data.map(({ success, errors }) =>
    success
      ? []
      : errors.map(({ statusCode, message, fields, duplicateResult }) => ({
          code: statusCode,
          message,
          fields: fields ?? [],
          duplicates: (duplicateResult?.matchResults ?? []).flatMap(({ matchRecords }) =>
            matchRecords.map(({ record }) => record.Id),
          ),
        })),
  );
  return { kind: 'answered', items };
}

function requestOf({ operation, object, keyField, duplicates }: Manner, records: readonly Outgoing[]): ChannelRequest {
  const root = `/services/data/v${apiVersion}/composite/sobjects`;
  const doing = `the ${operation} of ${object} records`;
  if (operation === 'delete') {
    const ids = records.map(({ id }) => id ?? '').join(',');
    return { method: 'DELETE', path: `${root}?ids=${ids}&allOrNone=false`, doing };
  }
  const rows = records.map(({ id, values }) => ({
    attributes: { type: object },
    ...(operation === 'update' ? { Id: id } : {}),
    ...values,
  }));
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  // Passes rules that alert; one that blocks stays as it is.
  if (duplicates === 'allow') headers['sforce-duplicate-rule-header'] = 'allowSave=true; runAsCurrentUser=true';
  return {
    method: 'PATCH',
    path: operation === 'upsert' ? `${root}/${object}/${keyField}` : root,
    headers,
    body: JSON.stringify({ allOrNone: false, records: rows }),
    doing,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut off, or a web page: it is not known what became of the request.
    return undefined;
  }
}
