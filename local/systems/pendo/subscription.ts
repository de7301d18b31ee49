import type { SystemClock } from '../clock.ts';
import { usualLimits, type PendoLimits } from './dial.ts';
import { Entities, type Account, type Entity, type Visitor } from './entities.ts';
import type { Kind } from './fields.ts';
import type { Habits } from './habits.ts';
import type { Report } from './reports.ts';
import { Schema } from './schema.ts';
import { everyone, type Segment } from './segments.ts';
import { dayOf, startOf, Usage } from './usage.ts';

export interface IntegrationKey {
  readonly write: boolean;
  readonly revoked: boolean;
}

/** What one Pendo subscription holds. */
export class Subscription {
  readonly schemas: Readonly<Record<Kind, Schema>> = { visitor: new Schema('visitor'), account: new Schema('account') };
  readonly accounts = new Entities<Account>();
  readonly visitors = new Entities<Visitor>();
  readonly reports = new Map<string, Report>();
  readonly segments = new Map<string, Segment>([[everyone.id, everyone]]);
  readonly keys = new Map<string, IntegrationKey>();
  readonly counts = { valuesReceived: 0, valuesChanged: 0, recordsMissing: 0, recordsRefused: 0 };
  habits: Habits;
  readonly #clock: SystemClock;
  readonly #limits: () => PendoLimits;
  #visitorsOfAccounts: Map<string, Visitor[]> | undefined;

  constructor(habits: Habits, clock: SystemClock, limits: () => PendoLimits) {
    this.habits = habits;
    this.#clock = clock;
    this.#limits = limits;
  }

  /** What one call may do at most. */
  get limits(): Readonly<Record<keyof typeof usualLimits, number>> {
    const { recordsPerCall = usualLimits.recordsPerCall, rowsPerAggregation = usualLimits.rowsPerAggregation } =
      this.#limits();
    return { recordsPerCall, rowsPerAggregation };
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#clock.now();
  }

  entity(kind: Kind, id: string): Entity | undefined {
    return kind === 'visitor' ? this.visitors.get(id) : this.accounts.get(id);
  }

  /** The entity of this ID, which is made where there is none. */
  ensure(kind: Kind, id: string, pattern?: number): Entity {
    return this.entity(kind, id) ?? this.#add(kind, id, pattern);
  }

  remove(kind: Kind, id: string): boolean {
    this.#visitorsOfAccounts = undefined;
    return kind === 'visitor' ? this.visitors.remove(id) : this.accounts.remove(id);
  }

  setAccountsOf(visitor: Visitor, accountIds: readonly string[]): void {
    visitor.accountIds = accountIds;
    this.#visitorsOfAccounts = undefined;
  }

  /** Forgets all visitors and accounts. */
  clear(): void {
    this.accounts.clear();
    this.visitors.clear();
    this.#visitorsOfAccounts = undefined;
  }

  visitorsOf(accountId: string): readonly Visitor[] {
    if (this.#visitorsOfAccounts === undefined) {
      this.#visitorsOfAccounts = new Map();
      for (const visitor of this.visitors.all())
        for (const id of visitor.accountIds) {
          const visitors = this.#visitorsOfAccounts.get(id);
          if (visitors === undefined) this.#visitorsOfAccounts.set(id, [visitor]);
          else visitors.push(visitor);
        }
    }
    return this.#visitorsOfAccounts.get(accountId) ?? [];
  }

  /** The group that Pendo computes, for one entity. */
  auto(kind: Kind, entity: Entity): Record<string, unknown> {
    const visitors = kind === 'visitor' ? [entity as Visitor] : this.visitorsOf(entity.id);
    const today = dayOf(this.now());
    const first = visitors.map(({ usage }) => usage.first(today)).filter((day) => day !== undefined);
    const last = visitors.map(({ usage }) => usage.last(today)).filter((day) => day !== undefined);
    const accountIds = kind === 'visitor' ? (entity as Visitor).accountIds : [];
    return {
      id: entity.id,
      idhash: hashOf(entity.id),
      createdat: entity.createdAt,
      lastupdated: entity.updatedAt,
      ...(first.length === 0 ? {} : { firstvisit: startOf(Math.min(...first)) }),
      ...(last.length === 0 ? {} : { lastvisit: startOf(Math.max(...last)) }),
      ...(kind === 'visitor'
        ? { accountids: accountIds, ...(accountIds[0] === undefined ? {} : { accountid: accountIds[0] }) }
        : {}),
    };
  }

  /** All metadata of one entity, as the API shows it. */
  metadata(kind: Kind, entity: Entity): Record<string, unknown> {
    return { auto: this.auto(kind, entity), ...entity.metadata };
  }

  #add(kind: Kind, id: string, pattern: number | undefined): Entity {
    const now = this.now();
    const entity = { id, metadata: {}, createdAt: now, updatedAt: now };
    if (kind === 'account') return this.accounts.add(entity);
    this.#visitorsOfAccounts = undefined;
    return this.visitors.add({ ...entity, accountIds: [], usage: new Usage(pattern) });
  }
}

/** FNV-1a. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
