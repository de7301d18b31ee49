import { apiVersion } from '../connection/index.ts';
import type { MissingRight } from './missing.ts';
import type { Needs, ObjectRight } from './needs.ts';

/** Of the permission set that gives what is missing. */
export const rightsSetName = 'Plumbline_Syncs';

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
/** Each right needs those before it: who changes a record reads it. */
const implied: Readonly<Record<ObjectRight, readonly ObjectRight[]>> = {
  read: ['read'],
  create: ['read', 'create'],
  edit: ['read', 'edit'],
  delete: ['read', 'edit', 'delete'],
};

/**
 * The permission set that gives the integration user what it lacks and no more, as a folder that an admin deploys, by
 * path. It holds all that the configuration needs of each object that lacks something, so that it can be deployed again.
 */
export function permissionSetFiles(missing: readonly MissingRight[], needs: Needs): ReadonlyMap<string, string> {
  const objects = new Map<string, Set<ObjectRight>>();
  const fields = new Map<string, boolean>();
  for (const { object, field, right } of missing) {
    if (field === undefined) grant(objects, object, right);
    else {
      grant(objects, object, 'read');
      fields.set(`${object}.${field}`, right === 'edit');
    }
  }
  for (const object of objects.keys())
    for (const right of needs.get(object)?.rights ?? []) grant(objects, object, right);
  const parts = [
    ...[...fields]
      .toSorted(byName)
      .map(([field, editable]) => element('fieldPermissions', { editable, field, readable: true })),
    ...[...objects].toSorted(byName).map(([object, rights]) =>
      element('objectPermissions', {
        allowCreate: rights.has('create'),
        allowDelete: rights.has('delete'),
        allowEdit: rights.has('edit'),
        allowRead: rights.has('read'),
        modifyAllRecords: false,
        object,
        viewAllRecords: false,
      }),
    ),
  ];
  const description =
    'What the syncs of Plumbline need beside Plumbline Integration User. Made by plumbline check rights.';
  const set = `${head}<PermissionSet ${namespace}>\n    <description>${description}</description>\n${fieldsFirst(parts)}</PermissionSet>\n`;
  const members = `    <types>\n        <members>${rightsSetName}</members>\n        <name>PermissionSet</name>\n    </types>\n`;
  return new Map([
    [`permissionsets/${rightsSetName}.permissionset`, set],
    ['package.xml', `${head}<Package ${namespace}>\n${members}    <version>${apiVersion}</version>\n</Package>\n`],
  ]);
}

/** In the order of the Metadata API's own schema: field rights, the label, object rights. */
function fieldsFirst(parts: readonly string[]): string {
  const objects = parts.findIndex((part) => part.includes('<objectPermissions>'));
  const label = '    <label>Plumbline Syncs</label>\n';
  return [...parts.slice(0, objects), label, ...parts.slice(objects)].join('');
}

function grant(objects: Map<string, Set<ObjectRight>>, object: string, right: ObjectRight): void {
  const rights = objects.get(object) ?? new Set<ObjectRight>();
  for (const each of implied[right]) rights.add(each);
  objects.set(object, rights);
}

function element(name: string, values: Readonly<Record<string, string | boolean>>): string {
  const inner = Object.entries(values).map(([key, value]) => `        <${key}>${String(value)}</${key}>\n`);
  return `    <${name}>\n${inner.join('')}    </${name}>\n`;
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}
