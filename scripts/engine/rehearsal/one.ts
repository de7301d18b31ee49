import type { RecordRow, SourceRow } from '../ports/index.ts';
import type { CompiledSync } from '../run/index.ts';
import { rehearsal, type RehearsalPorts } from './rehearse.ts';

/** Plans one record as live work, and writes nothing. `read`: its values; absent when its source does not give them. */
export async function rehearseOne(
  sync: CompiledSync,
  source: string,
  ports: RehearsalPorts,
): Promise<{ readonly row: RecordRow; readonly read: SourceRow | undefined }> {
  const { store, pipeline, sync: staged } = rehearsal(sync, ports, 0);
  const hydrated = await sync.source.hydrate(sync.shape, [source]);
  const dueAt = ports.clock.now();
  const work = { sync: sync.name, source, urgency: 0, dueAt, cause: 'asked', sequence: 0, attempts: 0 } as const;
  await pipeline.live({ sync: staged, liveRun: 'rehearsal', work: [work], hydrated });
  await pipeline.settled();
  const row = store.rowsWritten.get(`${sync.name}/${source}`);
  if (!row) throw new Error(`The planner gave no answer for ${sync.name}/${source}`);
  return { row, read: hydrated.rows.find(({ id }) => id === source) };
}
