import { nameFieldOf } from '../world.ts';
import type { UiApiWorld } from '../world.ts';
import { OrgError } from '../../core/index.ts';
import type { ObjectDefinition, Session } from '../../core/index.ts';
import { childText } from '../../metadata/index.ts';

/** One condition of a list view, as its metadata has it. */
export interface ListFilter {
  readonly path: string;
  readonly operation: string;
  readonly value: string;
}

export interface ListView {
  readonly apiName: string;
  readonly label: string;
  /** Paths of its columns: `Name`, `Owner.Alias`. */
  readonly columns: readonly string[];
  readonly filters: readonly ListFilter[];
  /** `1 AND (2 OR 3)`; all of the filters when absent. */
  readonly logic: string | undefined;
  /** The caller's own records alone. */
  readonly mine: boolean;
}

/** What list views call the fields that every object has (Metadata API Developer Guide, "ListView"). */
const LIST_NAMES: Readonly<Record<string, string>> = {
  'OWNER.ALIAS': 'Owner.Alias',
  CREATED_DATE: 'CreatedDate',
  LAST_UPDATE: 'LastModifiedDate',
  'CREATEDBY_USER.ALIAS': 'CreatedBy.Alias',
  CREATEDBY_USER: 'CreatedBy.Name',
  'UPDATEDBY_USER.ALIAS': 'LastModifiedBy.Alias',
  UPDATEDBY_USER: 'LastModifiedBy.Name',
  FULL_NAME: 'Name',
};

function pathOf(object: ObjectDefinition, nameField: string | undefined, name: string): string {
  if (name === 'NAME') return nameField ?? 'Id';
  const path = LIST_NAMES[name] ?? name;
  const field = object.fields.get(path);
  return field?.type === 'reference' && field.relationshipName !== undefined ? `${field.relationshipName}.Name` : path;
}

/** Columns of the list that every object has, as far as it has them. */
const USUAL_COLUMNS = ['Company', 'Account.Name', 'Email', 'Status', 'Phone', 'CreatedDate'];

function isThere(object: ObjectDefinition, path: string): boolean {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) return object.fields.has(first);
  return [...object.fields.values()].some(({ relationshipName }) => relationshipName === first);
}

function allRecords(object: ObjectDefinition, nameField: string | undefined): ListView {
  const columns = [nameField ?? 'Id', ...USUAL_COLUMNS.filter((path) => isThere(object, path))];
  return { apiName: 'All', label: `All ${object.labelPlural}`, columns, filters: [], logic: undefined, mine: false };
}

/** The list views of an object: those that were deployed, and one of all its records. */
export function listViewsOf(world: UiApiWorld, session: Session, object: ObjectDefinition): readonly ListView[] {
  const nameField = nameFieldOf(world, session, object);
  const path = (name: string): string => pathOf(object, nameField, name);
  const deployed = world.components
    .list('ListView')
    .filter(({ fullName }) => fullName.startsWith(`${object.name}.`))
    .map(({ fullName, elements }): ListView => {
      const text = (name: string): string | undefined => elements.find((each) => each.name === name)?.text.trim();
      const filters = elements.filter(({ name }) => name === 'filters');
      return {
        apiName: fullName.slice(object.name.length + 1),
        label: text('label') ?? fullName,
        columns: elements.flatMap(({ name, text: column }) => (name === 'columns' ? [path(column.trim())] : [])),
        filters: filters.map((filter) => ({
          path: path(childText(filter, 'field')?.trim() ?? ''),
          operation: childText(filter, 'operation')?.trim() ?? '',
          value: childText(filter, 'value')?.trim() ?? '',
        })),
        logic: text('booleanFilter'),
        mine: text('filterScope') === 'Mine',
      };
    });
  const hasAll = deployed.some(({ apiName }) => apiName === 'All');
  return hasAll ? deployed : [...deployed, allRecords(object, nameField)];
}

/** The list view of that name; throws `OrgError` 404. */
export function listViewOf(world: UiApiWorld, session: Session, object: ObjectDefinition, apiName: string): ListView {
  const view = listViewsOf(world, session, object).find((each) => each.apiName === apiName);
  if (view) return view;
  throw new OrgError(404, 'NOT_FOUND', `${object.name} has no list view ${apiName}`);
}
