import type { Org, OrgClock, Schema, Session, UserAccess } from './contract/index.ts';
import { OrgError } from './contract/index.ts';
import { Database } from './database.ts';
import { convertLead, fillSummaries, mergeRecords, rollUp } from './dml/index.ts';
import { checkEventDefinitions, editions, type Edition } from './editions.ts';
import { checkFormulas } from './formula/index.ts';
import { podOfSeed } from './ids/index.ts';
import { checkAgainstData } from './schema-change.ts';
import { keepRecord, storedValues, type Written } from './platform-records.ts';
import { keepLeadStatuses } from './keep-lead-statuses.ts';
import { keepRecordTypes } from './keep-record-types.ts';
import { RightsKeeper, schemaView, userOf, type UserRights } from './rights/index.ts';
import { renewOrganization } from './refresh.ts';
import {
  applyChange,
  SchemaState,
  setupObjects,
  standardObjects,
  withMultiCurrency,
  withPersonAccounts,
} from './schema/index.ts';
import { copyRecords, seedCurrencies, seedOrg, seedPersonAccounts } from './seed.ts';
import { prepareQuery } from './soql/index.ts';
import { Transactions } from './transactions.ts';
import { seededRandom } from '../../random.ts';

export interface OrgOptions {
  readonly clock: OrgClock;
  /** Decides the org's IDs, its event UUIDs and transaction keys; 1 when absent. */
  readonly seed?: number;
  readonly sandbox?: boolean;
  /** `enterprise` when absent. */
  readonly edition?: Edition;
  /** Features to switch on, as a scratch org's definition names them. */
  readonly features?: readonly string[];
}

const knownFeatures = ['MultiCurrency', 'PersonAccounts'] as const;

/** Asks which features an org has. Throws for one that the local org does not know. */
function featuresOf(given: readonly string[]): (feature: (typeof knownFeatures)[number]) => boolean {
  const unknown = given.find((name) => !knownFeatures.some((known) => known === name));
  if (unknown === undefined) return (feature) => given.includes(feature);
  throw new Error(`not yet: the feature ${unknown} in the local org; it has ${knownFeatures.join(' and ')}`);
}

/** A new org: the standard objects, an administrator, an integration user and no business records. */
export function createOrg(options: OrgOptions): Org {
  const seed = options.seed ?? 1;
  const has = featuresOf(options.features ?? []);
  const withPeople = has('PersonAccounts') ? withPersonAccounts(standardObjects) : standardObjects;
  const objects = has('MultiCurrency')
    ? withMultiCurrency(withPeople, (name) => setupObjects.includes(name))
    : withPeople;
  const schema = new SchemaState(new Map(objects.map((object) => [object.name.toLowerCase(), object])), 1);
  const database = new Database(schema, podOfSeed(seed));
  const edition = options.edition ?? 'enterprise';
  const kind = { sandbox: options.sandbox ?? false, type: editions[edition].type };
  const now = Math.floor(options.clock.now() / 1000);
  const seeded = seedOrg(database, now, kind);
  if (has('MultiCurrency')) seedCurrencies(database, now, seeded);
  if (has('PersonAccounts')) seedPersonAccounts(database, now, seeded);
  return assemble(database, options.clock, seed, {
    id: seeded.organization.id,
    edition,
    adminUserId: seeded.admin.id,
    integrationUserId: seeded.integration.id,
  });
}

interface Identity extends Pick<Org, 'id' | 'adminUserId' | 'integrationUserId'> {
  readonly edition: Edition;
}

function assemble(database: Database, clock: OrgClock, seed: number, identity: Identity): Org {
  const rights = new RightsKeeper(database);
  const transactions = new Transactions(database, clock, seededRandom(seed), rights);
  const viewFor = viewsOf(database, rights);
  const { adminUserId, integrationUserId, edition } = identity;
  let { id } = identity;
  const admin = database.find(identity.adminUserId);
  if (admin === undefined) throw new Error('the org has no administrator');
  const written = (): Written => ({ at: Math.floor(clock.now() / 1000), author: admin });
  return {
    get id() {
      return id;
    },
    adminUserId,
    integrationUserId,
    clock,
    schema: schemaOf(database, viewFor),
    schemaFor: viewFor,
    accessOf: (session) => accessOf(database, rights.of(userOf(database, session))),
    applySchema(change) {
      if (transactions.uncommitted > 0) {
        throw new OrgError(400, 'UNABLE_TO_LOCK_ROW', 'the schema cannot change while a transaction is not committed');
      }
      const next = applyChange(database.schema, change);
      checkFormulas(next);
      checkEventDefinitions(next, edition);
      checkAgainstData(next, database);
      const before = database.schema;
      database.adopt(next);
      fillSummaries(database, before);
      keepRecordTypes(database, written());
      keepLeadStatuses(database, written());
    },
    platform: {
      put(object, values, id) {
        const known = id === undefined ? undefined : database.find(id);
        return keepRecord(database, object, storedValues(database, object, values), written(), known).id;
      },
      remove(object, id) {
        const entry = database.table(object).find(id);
        entry?.table.replace(entry, undefined);
      },
      grantRecordTypes: (permissionSetId, grants) => database.recordTypes.grant(permissionSetId, grants),
    },
    prepare: (soql, session, query = {}) => prepareQuery({ database, clock, rights }, soql, session, query),
    dml: (request) => transactions.run(request.session, (dml) => dml(request)),
    transaction: (session, work) => transactions.run(session, work),
    open: (session, work) => transactions.open(session, work),
    useTriggers(runner) {
      transactions.triggers = runner;
    },
    convertLeads: (session, conversions) =>
      transactions.perform(session, (makeWork) => {
        const work = makeWork();
        const results = conversions.map((conversion) => convertLead(conversion, work));
        rollUp(work);
        return results;
      }),
    mergeRecords: (session, merges) =>
      transactions.perform(session, (makeWork) => {
        const work = makeWork();
        const results = merges.map((merge) => mergeRecords(merge, work));
        rollUp(work);
        return results;
      }),
    whenCommitted: () => transactions.whenCommitted(),
    onCommit: (listener) => transactions.listen(listener),
    delayCommits: (milliseconds) => transactions.delayCommits(milliseconds),
    storedRecords: () => storedRecords(database),
    refreshSandbox() {
      const organization = database.find(id);
      if (organization === undefined) throw new Error('the org has no organization record');
      ({ id } = renewOrganization(database, organization));
    },
    fork(options = {}) {
      const copy = new Database(database.schema, database.pod);
      copyRecords(database, copy, options.records ?? false);
      return assemble(copy, options.clock ?? clock, options.seed ?? seed, { ...identity, id });
    },
  };
}

/** Records that take up data storage: all but those of the setup. */
function storedRecords(database: Database): number {
  const setup = new Set<string>(setupObjects);
  let count = 0;
  for (const { definition, size } of database.tables) if (!setup.has(definition.name)) count += size;
  return count;
}

function accessOf(database: Database, rights: UserRights | undefined): UserAccess {
  return {
    apiEnabled: rights?.grants.apiEnabled ?? true,
    modifiesMetadata: rights?.grants.modifyAllData ?? true,
    viewsAll: (object) => rights?.object(database.definition(object)).viewAll ?? true,
  };
}

/** The schema as an administrator sees it, always as it is now. */
function schemaOf(database: Database, viewFor: (session: Session) => Schema): Schema {
  const all = schemaView(database, undefined, undefined, 0);
  return {
    ...all,
    describe: (name, session) => viewFor(session).describe(name, session),
    get revision() {
      return database.schema.revision;
    },
  };
}

/** Makes views of the schema, one for each state of a user's rights. */
function viewsOf(database: Database, rights: RightsKeeper): (session: Session) => Schema {
  const views = new WeakMap<UserRights, Schema>();
  return (session) => {
    const user = userOf(database, session);
    const own = rights.of(user);
    const revision = database.schema.revision + rights.revisionOf(user) + database.recordTypes.revision;
    if (own === undefined) return schemaView(database, user, undefined, revision);
    const kept = views.get(own);
    const known = kept?.revision === revision ? kept : schemaView(database, user, own, revision);
    views.set(own, known);
    return known;
  };
}
