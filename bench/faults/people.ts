import type { LocalOrg } from '../../local/org/index.ts';
import type { Act, Edited } from './schedule.ts';

type Fields = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, string | number | boolean | null>>;

/** People at work in the org, as its administrator, past the doors that the faults hit. */
export class People {
  readonly #org: LocalOrg;
  readonly #session;
  /** IDs of the records that are there, as those know who made them. */
  readonly #there: Record<Edited, string[]>;
  readonly #bin: Record<Edited, string[]> = { Lead: [], Contact: [], Account: [], User: [] };
  #committedAt = 0;

  constructor(org: LocalOrg) {
    const { core } = org;
    this.#org = org;
    this.#session = { userId: core.adminUserId, token: 'people', origin: 'com/salesforce/api/rest/66.0' };
    this.#there = { Lead: [], Contact: [], Account: [], User: [core.adminUserId, core.integrationUserId] };
  }

  /** Does one act, to be committed `late` milliseconds later; false when it is not one of people's. */
  does(act: Act, late: number): boolean {
    this.#org.core.delayCommits(late);
    try {
      const done = this.#does(act);
      if (done) this.#committedAt = Math.max(this.#committedAt, this.#org.core.clock.now() + late);
      return done;
    } finally {
      this.#org.core.delayCommits(0);
    }
  }

  #does(act: Act): boolean {
    switch (act.do) {
      case 'create':
        this.create(act.object, act.fields);
        return true;
      case 'save':
        this.#save(act);
        return true;
      case 'delete':
        this.#move(act.object, act.who, 'delete', this.#there, this.#bin);
        return true;
      case 'undelete':
        this.#move(act.object, act.who, 'undelete', this.#bin, this.#there);
        return true;
      case 'merge':
        this.#merge(act);
        return true;
      case 'convert':
        this.#convert(act.who);
        return true;
      default:
        return false;
    }
  }

  /** When everything that was written so far is committed, milliseconds since 1970. */
  get committedAt(): number {
    return this.#committedAt;
  }

  create(object: Edited, fields: Fields): void {
    const { account, ...own } = fields;
    const parent = typeof account === 'number' ? this.pick('Account', account) : undefined;
    const id = this.write('insert', object, [{ ...own, ...(parent !== undefined && { AccountId: parent }) }])[0];
    if (id !== undefined) this.#there[object].push(id);
  }

  /** The record that a number means; undefined while there is none. */
  pick(object: Edited, who: number): string | undefined {
    return this.#there[object][who % this.#there[object].length];
  }

  /** Writes past the doors; the IDs of what was taken, undefined for what was refused. */
  write(
    operation: 'insert' | 'update' | 'delete' | 'undelete',
    object: string,
    records: readonly Fields[],
  ): (string | undefined)[] {
    const request = { operation, object, records, allOrNone: false, session: this.#session };
    return this.#org.core.dml(request).map((result) => (result.success ? result.id : undefined));
  }

  /** Every row of a query, its parents' fields by their path; with `all`, those of deleted records too. */
  read(soql: string, all = false): readonly Row[] {
    return this.#org.core
      .prepare(soql, this.#session, { all })
      .run()
      .rows.map((row) => {
        const cells: Record<string, string | number | boolean | null> = {};
        flatten(row.values, '', cells);
        return cells;
      });
  }

  #save({ object, who, many, fields }: Extract<Act, { do: 'save' }>): void {
    const { account, ...own } = fields;
    const parent = typeof account === 'number' ? this.pick('Account', account) : undefined;
    const ids = new Set(Array.from({ length: many }, (_, next) => this.pick(object, who + next)));
    const records = [...ids].flatMap((Id) =>
      Id === undefined ? [] : [{ Id, ...own, ...(parent !== undefined && { AccountId: parent }) }],
    );
    if (records.length > 0) this.write('update', object, records);
  }

  #move(
    object: Edited,
    who: number,
    operation: 'delete' | 'undelete',
    from: Record<Edited, string[]>,
    to: Record<Edited, string[]>,
  ): void {
    const id = from[object][who % from[object].length];
    if (id === undefined || this.write(operation, object, [{ Id: id }])[0] === undefined) return;
    from[object] = from[object].filter((each) => each !== id);
    to[object].push(id);
  }

  #merge({ object, who, into }: Extract<Act, { do: 'merge' }>): void {
    const masterId = this.pick(object, into);
    const merged = this.pick(object, who);
    if (masterId === undefined || merged === undefined || merged === masterId) return;
    const merge = { object, masterId, values: {}, recordToMergeIds: [merged] };
    const [result] = this.#org.core.mergeRecords(this.#session, [merge]);
    if (result?.success) this.#there[object] = this.#there[object].filter((id) => id !== merged);
  }

  #convert(who: number): void {
    const leadId = this.pick('Lead', who);
    if (leadId === undefined) return;
    const [result] = this.#org.core.convertLeads(this.#session, [
      { leadId, convertedStatus: 'Closed - Converted', createOpportunity: false, overwriteLeadSource: false },
    ]);
    if (!result?.success) return;
    this.#there.Lead = this.#there.Lead.filter((id) => id !== leadId);
    if (result.contactId !== undefined) this.#there.Contact.push(result.contactId);
    if (result.accountId !== undefined) this.#there.Account.push(result.accountId);
  }
}

function flatten(
  values: ReadonlyMap<string, unknown>,
  prefix: string,
  cells: Record<string, string | number | boolean | null>,
): void {
  for (const [name, value] of values) {
    if (value !== null && typeof value === 'object' && 'values' in value) {
      flatten((value as { values: ReadonlyMap<string, unknown> }).values, `${prefix}${name}.`, cells);
    } else cells[prefix + name] = value as string | number | boolean | null;
  }
}
