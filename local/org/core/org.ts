import type { Org, OrgClock, Schema } from './contract.ts';
import { OrgError } from './contract.ts';
import { Database } from './database.ts';
import { convertLead, mergeRecords } from './dml/index.ts';
import { checkFormulas } from './formula/index.ts';
import { normaliseId, podOfSeed } from './ids/index.ts';
import { checkAgainstData } from './schema-change.ts';
import { seededRandom } from './random.ts';
import { applyChange, describeObject, SchemaState, standardObjects } from './schema/index.ts';
import { copySetup, seedOrg } from './seed.ts';
import { prepareQuery } from './soql/index.ts';
import { Transactions } from './transactions.ts';

export interface OrgOptions {
  readonly clock: OrgClock;
  /** Decides the org's IDs, its event UUIDs and transaction keys; 1 when absent. */
  readonly seed?: number;
  readonly sandbox?: boolean;
}

/** A new org: the standard objects, an administrator, an integration user and no business records. */
export function createOrg(options: OrgOptions): Org {
  const seed = options.seed ?? 1;
  const schema = new SchemaState(new Map(standardObjects.map((object) => [object.name.toLowerCase(), object])), 1);
  const database = new Database(schema, podOfSeed(seed));
  const seeded = seedOrg(database, Math.floor(options.clock.now() / 1000), options.sandbox ?? false);
  return assemble(database, options.clock, seed, {
    id: seeded.organization.id,
    adminUserId: seeded.admin.id,
    integrationUserId: seeded.integration.id,
  });
}

type Identity = Pick<Org, 'id' | 'adminUserId' | 'integrationUserId'>;

function assemble(database: Database, clock: OrgClock, seed: number, identity: Identity): Org {
  const transactions = new Transactions(database, clock, seededRandom(seed));
  return {
    ...identity,
    clock,
    schema: schemaOf(database),
    applySchema(change) {
      if (transactions.uncommitted > 0) {
        throw new OrgError(400, 'UNABLE_TO_LOCK_ROW', 'the schema cannot change while a transaction is not committed');
      }
      const next = applyChange(database.schema, change);
      checkFormulas(next);
      checkAgainstData(next, database);
      database.adopt(next);
    },
    prepare: (soql, session, prepareOptions) =>
      prepareQuery(database, clock, soql, session, prepareOptions?.all ?? false),
    dml: (request) => transactions.run(request.session, (dml) => dml(request)),
    transaction: (session, work) => transactions.run(session, work),
    convertLeads: (session, conversions) =>
      transactions.perform(session, (makeWork) => {
        const work = makeWork();
        return conversions.map((conversion) => convertLead(conversion, work));
      }),
    mergeRecords: (session, merges) =>
      transactions.perform(session, (makeWork) => {
        const work = makeWork();
        return merges.map((merge) => mergeRecords(merge, work));
      }),
    whenCommitted: () => transactions.whenCommitted(),
    onCommit: (listener) => transactions.listen(listener),
    delayCommits: (milliseconds) => transactions.delayCommits(milliseconds),
    fork(options = {}) {
      const copy = new Database(database.schema, database.pod);
      copySetup(database, copy);
      return assemble(copy, options.clock ?? clock, options.seed ?? seed, identity);
    },
  };
}

function schemaOf(database: Database): Schema {
  return {
    object: (name) => database.schema.object(name),
    objectOfId(id) {
      const normalised = normaliseId(id);
      return normalised === undefined ? undefined : database.schema.objectOfPrefix(normalised.slice(0, 3));
    },
    objects: () => [...database.schema.definitions.values()],
    describe(name) {
      const definition = database.schema.object(name);
      if (definition === undefined) throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
      return describeObject(database.schema, definition);
    },
    get revision() {
      return database.schema.revision;
    },
  };
}
