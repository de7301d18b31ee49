import { recordJson } from '../record-json.ts';
import { nameFieldOf, objectFor, quoted } from '../world.ts';
import type { UiApiCall, UiApiWorld } from '../world.ts';
import { objectOfId } from '../read-record.ts';
import { OrgError } from '../../core/index.ts';
import type { FieldDefinition, ObjectDefinition, Session } from '../../core/index.ts';
import { childText } from '../../metadata/index.ts';

/** Records of a related list on a record page. */
const MOST_ROWS = 6;

interface RelatedList {
  /** Name of the child relationship: `Mappings__r`. */
  readonly id: string;
  readonly child: ObjectDefinition;
  readonly field: FieldDefinition;
  readonly columns: readonly string[];
}

/** The related lists of an object's deployed layout whose objects the caller reads. */
function relatedLists(world: UiApiWorld, session: Session, parent: ObjectDefinition): readonly RelatedList[] {
  const layout = world.components.list('Layout').find(({ fullName }) => fullName.startsWith(`${parent.name}-`));
  const lists = layout?.elements.filter(({ name }) => name === 'relatedLists') ?? [];
  return lists.flatMap((element) => {
    const [childName = '', fieldName = ''] = (childText(element, 'relatedList')?.trim() ?? '').split('.');
    const child = world.org.schemaFor(session).object(childName);
    const field = child?.fields.get(fieldName);
    if (!child || !field?.childRelationshipName) return [];
    const nameField = nameFieldOf(world, session, child) ?? 'Id';
    const columns = element.children
      .filter(({ name }) => name === 'fields')
      .map(({ text }) => (text.trim() === 'NAME' ? nameField : text.trim()))
      .filter((name) => child.fields.has(name));
    return [{ id: field.childRelationshipName, child, field, columns: columns.length > 0 ? columns : [nameField] }];
  });
}

/** `/ui-api/related-list-info/{object}`: the related lists of an object's layout. */
export function relatedListInfo(world: UiApiWorld, call: UiApiCall): Record<string, unknown> {
  const parent = objectFor(world, call.session, call.segments[2] ?? '');
  const lists = relatedLists(world, call.session, parent);
  return {
    parentObjectApiName: parent.name,
    relatedLists: lists.map(({ id, child, columns }) => ({
      label: child.labelPlural,
      objectApiNames: [child.name],
      relatedListId: id,
      displayColumns: columns.map((name) => ({ fieldApiName: name, label: child.fields.get(name)?.label ?? name })),
    })),
  };
}

/** `/ui-api/related-list-records/{parentId}/{relatedListId}`: the first records of a related list. */
export function relatedListRecords(world: UiApiWorld, call: UiApiCall): Record<string, unknown> {
  const [, , parentId = '', listId = ''] = call.segments;
  const parent = objectOfId(world, call.session, parentId);
  const list = relatedLists(world, call.session, parent).find(({ id }) => id === listId);
  if (!list) throw new OrgError(404, 'NOT_FOUND', `${parent.label} has no related list ${listId} on its layout`);
  const soql =
    `SELECT ${[...new Set(['Id', ...list.columns])].join(', ')} FROM ${list.child.name} ` +
    `WHERE ${list.field.name} = ${quoted(parentId)} ORDER BY Id DESC LIMIT ${MOST_ROWS + 1}`;
  const { rows } = world.org.prepare(soql, call.session).run();
  const records = rows.slice(0, MOST_ROWS).map((row) => recordJson(world, call.session, row));
  return { count: records.length, nextPageToken: rows.length > MOST_ROWS ? String(MOST_ROWS) : null, records };
}
