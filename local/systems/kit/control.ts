import type { Handler, MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { textStream } from './answer.ts';

/** A page of another site must not reach the control API through the browser of whoever runs it. */
export const guard: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header('origin');
  const foreign = origin !== undefined && origin !== new URL(context.req.url).origin;
  return foreign ? context.json({ error: 'the control API answers its own page only' }, 403) : next();
};

/** Everything as NDJSON, read as the reader asks for more; `search` and `limit` of the query narrow it. */
export function lines(records: () => Iterable<unknown>): Handler {
  return (context) => {
    const search = (context.req.query('search') ?? '').toLowerCase();
    const limit = context.req.query('limit');
    const pieces = chunks(records(), search, limit === undefined ? Infinity : Number(limit));
    return new Response(textStream(pieces), { headers: { 'content-type': 'application/x-ndjson' } });
  };
}

const chunkSize = 500;

function* chunks(records: Iterable<unknown>, search: string, most: number): Generator<string> {
  let text = '';
  let count = 0;
  if (most <= 0) return;
  for (const record of records) {
    const line = JSON.stringify(record);
    if (search !== '' && !line.toLowerCase().includes(search)) continue;
    text += `${line}\n`;
    count++;
    if (count >= most) break;
    if (count % chunkSize === 0) {
      yield text;
      text = '';
    }
  }
  if (text !== '') yield text;
}

/** What the control API is asked for and cannot do; says why. */
export class CannotDo extends Error {}

/** A route that takes one JSON body of a schema, refuses another one with what is wrong in it, and answers. */
export function taking<Body>(
  schema: z.ZodType<Body>,
  take: (body: Body, parameters: Readonly<Record<string, string>>) => unknown,
): Handler {
  return async (context) => {
    let json: unknown;
    try {
      json = await context.req.json();
    } catch {
      return context.json({ error: 'the body must be JSON' }, 400);
    }
    const body = schema.safeParse(json);
    if (!body.success) return context.json({ error: z.prettifyError(body.error) }, 400);
    try {
      return Response.json(take(body.data, context.req.param()));
    } catch (error) {
      if (error instanceof CannotDo) return context.json({ error: error.message }, 400);
      throw error;
    }
  };
}
