import type { FieldDefinition, ObjectDefinition } from '../contract/index.ts';
import type { Database } from '../database.ts';
import { isPermissionable, setupObjects } from '../schema/index.ts';
import { Entry, type Row, type Table } from '../storage/index.ts';
import { everything, grant, grantsOf, nothing, ownersOf, type Grants, type ObjectGrant } from './grants.ts';
import { groupsOf } from './groups.ts';
import { sharesOf, type Shares } from './shared-rows.ts';

/** Whether a user is shared a record. */
export type Visible = (row: Row) => boolean;

/** What a user who is no system administrator may do, worked out once until rights or schema change. */
export class UserRights {
  readonly grants: Grants;
  readonly #database: Database;
  readonly #owners: ReadonlySet<Entry>;
  readonly #objects = new Map<ObjectDefinition, ObjectGrant>();
  readonly #visible = new Map<Table, Visible | undefined>();
  readonly #shares = new Map<Table, readonly Shares[]>();
  readonly #user: Entry;

  constructor(database: Database, user: Entry) {
    this.#database = database;
    this.#user = user;
    this.grants = grantsOf(database, user);
    this.#owners = ownersOf(database, user);
  }

  object(definition: ObjectDefinition): ObjectGrant {
    const known = this.#objects.get(definition);
    if (known !== undefined) return known;
    const found = this.#grantOf(definition);
    this.#objects.set(definition, found);
    return found;
  }

  canRead(definition: ObjectDefinition, field: FieldDefinition): boolean {
    return this.#fieldGrant(definition, field) !== undefined;
  }

  canEdit(definition: ObjectDefinition, field: FieldDefinition): boolean {
    return this.#fieldGrant(definition, field) === true;
  }

  /** Which records of a table are shared with the user; `undefined`: all of them. */
  visible(table: Table): Visible | undefined {
    if (this.#visible.has(table)) return this.#visible.get(table);
    const test = this.#sharing(table);
    this.#visible.set(table, test);
    return test;
  }

  sees(entry: Entry): boolean {
    const visible = this.visible(entry.table);
    return entry.row === undefined || visible === undefined || visible(entry.row);
  }

  /** Whether the user may do this to this very record. */
  mayChange(entry: Entry, what: 'edit' | 'delete'): boolean {
    const { definition } = entry.table;
    const allowed = this.object(definition);
    if (!allowed[what]) return false;
    if (allowed.modifyAll) return true;
    const master = parentOf(definition);
    if (master !== undefined) {
      const parent = this.#parent(entry, master);
      return parent === undefined || this.mayChange(parent, 'edit');
    }
    const shared = (definition.sharingModel ?? 'ReadWrite') === 'ReadWrite';
    if ((what === 'edit' && shared) || this.owns(entry)) return true;
    const { row } = entry;
    return (
      what === 'edit' && row !== undefined && this.#sharesOf(entry.table).some((rule) => rule.edits && rule.covers(row))
    );
  }

  /** Whether the user, or a queue of theirs, owns the record; records without an owner are anybody's. */
  owns(entry: Entry): boolean {
    const column = entry.table.column('OwnerId');
    if (column === undefined || entry.row === undefined || column.slot < 0) return true;
    const owner = entry.row[column.slot];
    return owner instanceof Entry && this.#owners.has(owner);
  }

  #sharesOf(table: Table): readonly Shares[] {
    const known = this.#shares.get(table);
    if (known !== undefined) return known;
    const found = sharesOf(this.#database, table, groupsOf(this.#database, this.#user));
    this.#shares.set(table, found);
    return found;
  }

  /** Absent: cannot be read. Else whether it can be edited. */
  #fieldGrant(definition: ObjectDefinition, field: FieldDefinition): boolean | undefined {
    const contact = field.contactField === undefined ? undefined : this.#database.schema.object('Contact');
    const source = contact?.fields.get(field.contactField ?? '');
    if (contact !== undefined && source !== undefined) return this.#fieldGrant(contact, source);
    if (!hasPermissions(definition)) return true;
    const compound = field.compoundFieldName;
    if (compound !== undefined && definition.fields.get(compound)?.type === 'address') {
      return this.grants.fields.get(`${definition.name}.${compound}`.toLowerCase());
    }
    if (!isPermissionable(definition, field)) return true;
    return this.grants.fields.get(`${definition.name}.${field.name}`.toLowerCase());
  }

  #grantOf(definition: ObjectDefinition): ObjectGrant {
    const { viewAllData, modifyAllData, objects } = this.grants;
    if (modifyAllData) return everything;
    if (setup.has(definition.name) || definition.kind === 'customMetadata') return grant({ read: true, viewAll: true });
    if (activities.has(definition.name)) {
      return grant({ create: true, read: true, edit: true, delete: true, viewAll: viewAllData });
    }
    const master = definition.kind === 'standard' ? parentOf(definition) : undefined;
    const [parent = ''] = master?.referenceTo ?? [];
    const parentDefinition = this.#database.schema.object(parent);
    if (parentDefinition !== undefined) return ofChildren(this.object(parentDefinition));
    const own = objects.get(definition.name.toLowerCase()) ?? nothing;
    return viewAllData ? { ...own, read: true, viewAll: true } : own;
  }

  #sharing(table: Table): Visible | undefined {
    const { definition } = table;
    if (this.object(definition).viewAll) return undefined;
    const master = parentOf(definition);
    if (master !== undefined) return this.#parentSharing(table, master);
    const owner = table.column('OwnerId');
    if (owner === undefined || definition.sharingModel !== 'Private') return undefined;
    const owners = this.#owners;
    const shares = this.#sharesOf(table);
    return (row) => {
      const value = owner.slot < 0 ? undefined : row[owner.slot];
      return (value instanceof Entry && owners.has(value)) || shares.some((rule) => rule.covers(row));
    };
  }

  #parentSharing(table: Table, master: FieldDefinition): Visible | undefined {
    const column = table.column(master.name);
    const [parent = ''] = master.referenceTo;
    const visible = this.visible(this.#database.table(parent));
    if (column === undefined || visible === undefined) return undefined;
    return (row) => {
      const value = column.slot < 0 ? undefined : row[column.slot];
      return value instanceof Entry && value.row !== undefined && visible(value.row);
    };
  }

  #parent(entry: Entry, master: FieldDefinition): Entry | undefined {
    const column = entry.table.column(master.name);
    const value = column === undefined || column.slot < 0 ? undefined : entry.row?.[column.slot];
    return value instanceof Entry ? value : undefined;
  }
}

const setup: ReadonlySet<string> = new Set([...setupObjects, 'CurrencyType', 'DatedConversionRate']);
/** Everybody has activities; there are no object permissions for them. */
const activities: ReadonlySet<string> = new Set(['Task', 'Event']);

/** The parent that decides who sees a record: it cannot be without it, and goes with it. */
function parentOf(definition: ObjectDefinition): FieldDefinition | undefined {
  if (definition.fields.has('OwnerId') || setup.has(definition.name)) return undefined;
  return [...definition.fields.values()].find(
    (field) => field.type === 'reference' && field.required && field.deleteConstraint === 'Cascade',
  );
}

/** Who may edit a campaign or an opportunity may do anything to what hangs on it. */
function ofChildren({ read, edit, viewAll, modifyAll }: ObjectGrant): ObjectGrant {
  return { create: edit, read, edit, delete: edit, viewAll, modifyAll };
}

/** Whether field permissions exist for an object at all. */
function hasPermissions(definition: ObjectDefinition): boolean {
  if (definition.kind === 'custom') return true;
  if (definition.kind !== 'standard' || setup.has(definition.name) || activities.has(definition.name)) return false;
  return parentOf(definition) === undefined;
}
