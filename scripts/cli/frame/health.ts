import { z } from 'zod';

const healthShape = z.object({
  syncs: z.array(
    z.object({
      sync: z.string(),
      backlog: z.int(),
      drainsInSeconds: z.int().optional(),
      oldestWaitsMilliseconds: z.number().optional(),
      reconciled: z
        .object({
          at: z.number(),
          compared: z.int(),
          drifted: z.int(),
          gap: z.int().optional(),
          reconciled: z.boolean(),
        })
        .optional(),
    }),
  ),
  waits: z.array(z.object({ what: z.string(), message: z.string(), actions: z.array(z.string()), until: z.number() })),
});

/** What the worker alone knows: how far each sync is behind, whether both sides were compared, and what waits. */
export type Health = z.infer<typeof healthShape>;

/** Reads the body of the worker's answer to `status`; throws zod's error for one of another version. */
export function readHealth(body: unknown): Health {
  return healthShape.parse(body);
}

/** The health of one sync, or of all, in lines for people. */
export function healthLines({ syncs, waits }: Health, only: string | undefined): readonly string[] {
  const shown = syncs.filter(({ sync }) => only === undefined || sync === only);
  return [
    ...shown.map((each) => `${each.sync}: ${behind(each)}; ${compared(each.reconciled)}`),
    ...waits.flatMap(({ what, message, actions }) => [
      `Waiting: ${what}. ${message}`,
      ...actions.map((action) => `  → ${action}`),
    ]),
  ];
}

function behind({ backlog, drainsInSeconds, oldestWaitsMilliseconds }: Health['syncs'][number]): string {
  if (backlog === 0) return 'nothing waits';
  const oldest =
    oldestWaitsMilliseconds === undefined ? '' : `, the oldest for ${Math.ceil(oldestWaitsMilliseconds / 1_000)} s`;
  return `${backlog.toLocaleString('en')} wait${oldest}${drainsInSeconds === undefined ? '' : `, done in about ${drainsInSeconds} s`}`;
}

function compared(found: Health['syncs'][number]['reconciled']): string {
  if (!found) return 'both sides were not compared yet';
  const when = new Date(found.at).toISOString().slice(0, 16).replace('T', ' ');
  if (found.reconciled) return `reconciled at ${when} UTC by ${found.compared} records`;
  const gap = found.gap ? ` and ${found.gap} records more than were read` : '';
  return `NOT reconciled at ${when} UTC: ${found.drifted} of ${found.compared} compared records differ${gap}`;
}
