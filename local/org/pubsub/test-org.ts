import {
  createOrg,
  manualClock,
  type FieldDefinition,
  type ManualClock,
  type Org,
  type Session,
} from '../core/index.ts';
import { EventBus } from './bus.ts';

export interface TestOrg {
  readonly org: Org;
  readonly clock: ManualClock;
  readonly bus: EventBus;
  readonly session: Session;
  insert(object: string, record: Readonly<Record<string, unknown>>): string;
  update(object: string, record: Readonly<Record<string, unknown>>): void;
}

function field(name: string, type: FieldDefinition['type'], more: Partial<FieldDefinition> = {}): FieldDefinition {
  return {
    name,
    label: name,
    type,
    custom: name.endsWith('__c'),
    required: false,
    unique: false,
    caseSensitive: false,
    externalId: false,
    idLookup: false,
    createable: true,
    updateable: false,
    nillable: true,
    filterable: false,
    referenceTo: [],
    calculated: false,
    ...more,
  };
}

/** An org on a clock of its own, with an event `Bell__e`, whose Leads' changes are told; for tests. */
export function testOrg(options: { readonly mostEvents?: number } = {}): TestOrg {
  const clock = manualClock(Date.UTC(2026, 10, 21, 12));
  const org = createOrg({ clock });
  const fields = [
    field('Command_Id__c', 'string', { length: 18 }),
    field('At__c', 'datetime'),
    field('Count__c', 'double', { precision: 18, scale: 0 }),
  ];
  org.applySchema({
    objects: [
      {
        name: 'Bell__e',
        label: 'Bell',
        labelPlural: 'Bells',
        keyPrefix: 'e00',
        kind: 'event',
        fields: new Map(fields.map((each) => [each.name, each])),
        publishBehavior: 'PublishAfterCommit',
      },
    ],
    fields: [],
    removedObjects: [],
    removedFields: [],
  });
  let draws = 0;
  const bus = new EventBus(org, { random: () => (draws++ % 3) / 3, ...options });
  bus.selectEntities(['LeadChangeEvent']);
  const session: Session = {
    userId: org.adminUserId,
    token: 'good',
    origin: 'com/salesforce/api/rest/66.0',
    client: 'test',
  };
  const write = (operation: 'insert' | 'update', object: string, record: Readonly<Record<string, unknown>>): string => {
    const [result] = org.dml({ operation, object, records: [record], allOrNone: false, session });
    if (result?.success !== true) throw new Error(JSON.stringify(result?.errors));
    return result.id ?? '';
  };
  return {
    org,
    clock,
    bus,
    session,
    insert: (object, record) => write('insert', object, record),
    update: (object, record) => void write('update', object, record),
  };
}
