import { z } from 'zod';

/** A Bayeux message as a client sends it. Source: CometD reference, "The Bayeux Protocol". */
const message = z.looseObject({
  channel: z.string(),
  id: z.union([z.string(), z.number()]).optional(),
  clientId: z.string().optional(),
  /** With a connect: how long the client wants it held, in milliseconds. */
  advice: z.looseObject({ timeout: z.number().min(0).optional() }).optional(),
  subscription: z.union([z.string(), z.array(z.string())]).optional(),
  ext: z.looseObject({ replay: z.union([z.boolean(), z.record(z.string(), z.number())]).optional() }).optional(),
});

export type ClientMessage = z.infer<typeof message>;

/** A message of the server; `channel` and `successful` first, as a client reads them. */
export type ServerMessage = Readonly<Record<string, unknown>>;

/** The messages of a request's body: one, or a list; `undefined` when it holds something else. */
export function readMessages(body: string): readonly ClientMessage[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const parsed = z.array(message).safeParse(Array.isArray(value) ? value : [value]);
  return parsed.success ? parsed.data : undefined;
}

/** The answer to a message, under its own channel and ID. */
export function reply({ channel, id }: ClientMessage, more: ServerMessage): ServerMessage {
  return { channel, successful: true, ...(id === undefined ? {} : { id }), ...more };
}

/** `error` is worded `<code>::<why>`. */
export function refusal(asked: ClientMessage, error: string, more: ServerMessage = {}): ServerMessage {
  return reply(asked, { successful: false, error, ...more });
}
