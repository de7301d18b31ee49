import { PositionLostError, SettingsError } from '../errors.ts';
import type {
  Absence,
  CallMade,
  Cell,
  ChangePage,
  Clock,
  ExtractPage,
  Hydrated,
  ObjectDescription,
  ReadShape,
  Source,
  SourceRow,
} from '../index.ts';

export interface FakeRecord {
  readonly id: string;
  stamp: number;
  values: Record<string, Cell>;
  gone?: Absence;
}

/**
 * A source in memory. A field `Parent.Name` is read from the record of `parents` that the field `ParentId` names.
 * `order` decides in which order a full read gives the records; a full read is a snapshot of when it began.
 */
export class FakeSource implements Source {
  readonly objects = new Map<string, Map<string, FakeRecord>>();
  /** Reference field → object of the parent: `ParentId` → `Parent`. */
  readonly parents = new Map<string, string>();
  /** Object → first characters of its IDs. */
  readonly keyPrefixes = new Map<string, string>();
  readonly #clock: Clock;
  pageSize = 7;
  chunkSize = 3;
  overlapMilliseconds = 5_000;
  latencyMilliseconds = 0;
  order: (records: FakeRecord[]) => FakeRecord[] = (records) => records;
  /** Called before each call; throws to fail it. */
  fault: (call: string) => void = () => undefined;
  #snapshots = new Map<string, SourceRow[]>();
  #jobs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  save(object: string, id: string, values: Record<string, Cell>, stamp = this.#clock.now()): void {
    const records = this.#records(object);
    records.set(id, { id, stamp, values: { ...records.get(id)?.values, ...values } });
  }

  remove(object: string, id: string, gone: Absence = 'deleted'): void {
    const record = this.#records(object).get(id);
    if (record) Object.assign(record, { gone, stamp: this.#clock.now() });
  }

  /** IDs of records that nothing was measured for: their values are fill. */
  readonly unmeasured = new Set<string>();

  /** Makes resume tokens of full reads invalid. */
  loseJobs(): void {
    this.#snapshots = new Map();
  }

  /** Paths that the schema no longer has. */
  readonly hidden = new Set<string>();
  /** Types of fields, by path; `string` for those that are not here. */
  readonly types = new Map<string, string>();

  async describe(object: string, paths: readonly string[]): Promise<ObjectDescription> {
    const shown = paths.filter((path) => !this.hidden.has(path));
    const fields = shown.map((path) => {
      const [head, tail] = path.split('.');
      const reference = tail === undefined ? undefined : `${head}Id`;
      const parent = reference === undefined ? undefined : this.parents.get(reference);
      const type = this.types.get(path) ?? 'string';
      const field = { path, label: path, type, nillable: true, readable: true, writable: true };
      return [
        path,
        parent === undefined ? field : { ...field, parent: { object: parent, reference: reference as string } },
      ] as const;
    });
    const keyPrefix = this.keyPrefixes.get(object);
    return { object, label: object, ...(keyPrefix !== undefined && { keyPrefix }), fields: new Map(fields) };
  }

  async *changes(object: string, cursor: string | undefined, fields?: readonly string[]): AsyncIterable<ChangePage> {
    await this.#call('changes');
    const readAt = this.#clock.now();
    const from = (cursor === undefined ? readAt : Number(cursor)) - this.overlapMilliseconds;
    // What bears the stamp of a first poll may be saved after the full read that follows it.
    const before = cursor === undefined ? readAt : Number.POSITIVE_INFINITY;
    const changed = [...this.#records(object).values()].filter(({ stamp }) => stamp >= from && stamp < before);
    changed.sort((left, right) => left.stamp - right.stamp || (left.id < right.id ? -1 : 1));
    const changes = changed.map(({ id, stamp, gone }) => ({ id, stamp, deleted: gone !== undefined }));
    const there = fields === undefined ? [] : changed.filter(({ gone }) => gone === undefined);
    const rows = there.map((record) => this.#row(record, { object, fields: fields ?? [], include: 'all' }));
    yield { changes, ...(fields !== undefined && { rows }), cursor: String(readAt), readAt };
  }

  async hydrate(shape: ReadShape, ids: readonly string[], made?: CallMade): Promise<Hydrated> {
    made?.();
    const readAt = this.#clock.now();
    await this.#call('hydrate');
    const gone = shape.fields.find((path) => this.hidden.has(path));
    if (gone !== undefined) throw new SettingsError(`There is no field ${gone}.`, ['Map another one.']);
    const rows: SourceRow[] = [];
    const absent = new Map<string, Absence>();
    for (const id of ids) {
      const record = this.#records(shape.object).get(id);
      if (!record || record.gone) absent.set(id, record?.gone ?? 'deleted');
      else rows.push(this.#row(record, shape));
    }
    return { rows, absent, readAt };
  }

  async *extract(shape: ReadShape, position: string | undefined, made?: CallMade): AsyncIterable<ExtractPage> {
    await this.#call('extract');
    const [job, from] =
      position === undefined ? [this.#snapshot(shape), 0] : (JSON.parse(position) as [string, number]);
    for (let start = from; ; start += this.pageSize) {
      made?.();
      if (this.calls) this.calls.used++;
      const rows = this.#snapshots.get(job);
      if (!rows) throw new PositionLostError('The full read is gone.', ['It is started again.']);
      const next = start + this.pageSize < rows.length ? { next: JSON.stringify([job, start + this.pageSize]) } : {};
      const chunks = this.#chunks(rows.slice(start, start + this.pageSize));
      yield { position: JSON.stringify([job, start]), ...next, chunks };
      if (!('next' in next)) return;
    }
  }

  async count(shape: ReadShape, made?: CallMade): Promise<number> {
    made?.();
    await this.#call('count');
    return [...this.#records(shape.object).values()].filter((record) => !record.gone).length;
  }

  async *children(
    object: string,
    reference: string,
    parents: readonly string[],
    afterId: string | undefined,
  ): AsyncIterable<readonly string[]> {
    await this.#call('children');
    const ids = [...this.#records(object).values()].filter(
      (each) => !each.gone && parents.includes(String(each.values[reference])),
    );
    const left = ids
      .map((each) => each.id)
      .filter((id) => afterId === undefined || id > afterId)
      .sort();
    for (let start = 0; start < left.length; start += this.pageSize) yield left.slice(start, start + this.pageSize);
  }

  forecast(job: Parameters<Source['forecast']>[0]): number {
    return job.kind === 'count' ? 1 : Math.ceil(job.records / this.pageSize);
  }

  /** Calls of the day: each call counts when there is a limit. */
  calls: { used: number; limit: number } | undefined;

  budget(): { readonly used: number; readonly limit: number } | undefined {
    return this.calls;
  }

  async #call(name: string): Promise<void> {
    if (this.latencyMilliseconds > 0) await this.#clock.sleep(this.latencyMilliseconds);
    if (this.calls && name !== 'chunk') this.calls.used++;
    this.fault(name);
  }

  async *#chunks(rows: readonly SourceRow[]): AsyncIterable<readonly SourceRow[]> {
    for (let start = 0; start < rows.length; start += this.chunkSize) {
      await this.#call('chunk');
      yield rows.slice(start, start + this.chunkSize);
    }
  }

  #snapshot(shape: ReadShape): string {
    const records = [...this.#records(shape.object).values()].filter((record) => !record.gone);
    const job = `job${++this.#jobs}`;
    this.#snapshots.set(
      job,
      this.order(records).map((record) => this.#row(record, shape)),
    );
    return job;
  }

  #row(record: FakeRecord, shape: ReadShape): SourceRow {
    let parents = 0;
    const cells = shape.fields.map((path): Cell => {
      const [head, tail] = path.split('.') as [string, string | undefined];
      if (tail === undefined) return path === 'Id' ? record.id : (record.values[path] ?? null);
      const reference = `${head}Id`;
      const parent = this.#records(this.parents.get(reference) ?? head).get(String(record.values[reference]));
      parents += parent?.stamp ?? 0;
      return parent?.values[tail] ?? null;
    });
    const row = { id: record.id, version: { own: record.stamp, parents }, cells };
    return this.unmeasured.has(record.id) ? { ...row, empty: true } : row;
  }

  #records(object: string): Map<string, FakeRecord> {
    let records = this.objects.get(object);
    if (!records) this.objects.set(object, (records = new Map<string, FakeRecord>()));
    return records;
  }
}
