import { isRecord, methodNotAllowed, notFound, readJsonObject } from './call.ts';
import type { RestAnswer, RestCall, RestWorld } from './call.ts';
import { RolledBack } from './collections.ts';
import { OrgError } from '../core/index.ts';
import type { ObjectDefinition, RecordError, Schema } from '../core/index.ts';

/** Limits of one tree (REST API Developer Guide, "sObject Tree"). */
const MOST_RECORDS = 200;
const MOST_DEPTH = 5;
const MOST_TYPES = 5;

interface Node {
  readonly object: ObjectDefinition;
  readonly referenceId: string;
  readonly values: Record<string, unknown>;
  readonly parent: { readonly node: Node; readonly field: string } | undefined;
  readonly depth: number;
}

function refuse(message: string): OrgError {
  return new OrgError(400, 'INVALID_INPUT', message);
}

/** The object and field behind a child list's name: `Contacts` of Account is Contact by AccountId. */
function childField(
  schema: Schema,
  parent: ObjectDefinition,
  name: string,
): { object: ObjectDefinition; field: string } {
  for (const object of schema.objects()) {
    for (const field of object.fields.values()) {
      const fits = field.childRelationshipName?.toLowerCase() === name.toLowerCase();
      if (fits && field.referenceTo.includes(parent.name)) return { object, field: field.name };
    }
  }
  throw new OrgError(400, 'INVALID_FIELD', `No such child relationship '${name}' on sobject of type ${parent.name}`);
}

function collect(
  schema: Schema,
  object: ObjectDefinition,
  value: unknown,
  parent: Node['parent'],
  nodes: Node[],
): void {
  if (!isRecord(value)) throw new OrgError(400, 'JSON_PARSER_ERROR', 'records must be an array of objects');
  const { attributes, ...rest } = value;
  const type = isRecord(attributes) ? attributes['type'] : undefined;
  const referenceId = isRecord(attributes) ? attributes['referenceId'] : undefined;
  if (typeof referenceId !== 'string' || referenceId === '')
    throw refuse('Include a reference ID for each record in the request.');
  if (typeof type !== 'string' || type.toLowerCase() !== object.name.toLowerCase()) {
    throw refuse(`The record ${referenceId} must be of type ${object.name}, not ${String(type)}`);
  }
  const depth = parent ? parent.node.depth + 1 : 1;
  if (depth > MOST_DEPTH) throw refuse(`Trees may be at most ${MOST_DEPTH} levels deep`);
  const values: Record<string, unknown> = {};
  const lists: [string, readonly unknown[]][] = [];
  for (const [name, item] of Object.entries(rest)) {
    if (isRecord(item) && Array.isArray(item['records'])) lists.push([name, item['records'] as unknown[]]);
    else values[name] = item;
  }
  const node: Node = { object, referenceId, values, parent, depth };
  nodes.push(node);
  for (const [name, records] of lists) {
    const child = childField(schema, object, name);
    for (const record of records) collect(schema, child.object, record, { node, field: child.field }, nodes);
  }
}

/** Consecutive nodes of one type and one level, so that a whole level is one piece of DML. */
function levels(nodes: readonly Node[]): readonly (readonly Node[])[] {
  const byLevel = Map.groupBy(nodes, (node) => `${node.depth}:${node.object.name}`);
  return [...byLevel.values()].sort((a, b) => (a[0]?.depth ?? 0) - (b[0]?.depth ?? 0));
}

/** `POST /composite/tree/{object}`: records with their children, all or none of them created. */
export function answerTree(world: RestWorld, call: RestCall): RestAnswer {
  if (call.method !== 'POST') throw methodNotAllowed(call.method, 'POST');
  const schema = world.org.schemaFor(call.session);
  const object = schema.object(call.segments[2] ?? '');
  if (!object || call.segments.length > 3) throw notFound();
  const records = readJsonObject(call)['records'];
  if (!Array.isArray(records)) throw new OrgError(400, 'JSON_PARSER_ERROR', 'records must be an array of objects');
  const nodes: Node[] = [];
  for (const record of records) collect(schema, object, record, undefined, nodes);
  if (nodes.length > MOST_RECORDS)
    throw refuse(`Total number of records exceeds ${MOST_RECORDS} (${nodes.length} sent)`);
  if (new Set(nodes.map((node) => node.object.name)).size > MOST_TYPES)
    throw refuse(`More than ${MOST_TYPES} types of objects`);
  const references = nodes.map((node) => node.referenceId);
  const twice = references.find((id, index) => references.indexOf(id) !== index);
  if (twice !== undefined) throw refuse(`Duplicate ReferenceId provided in the request: ${twice}`);

  const ids = new Map<Node, string>();
  const failures: { referenceId: string; errors: readonly RecordError[] }[] = [];
  try {
    world.transaction(call.session, (dml) => {
      for (const level of levels(nodes)) {
        const inputs = level.map(({ values, parent }) =>
          parent ? { ...values, [parent.field]: ids.get(parent.node) } : values,
        );
        const name = level[0]?.object.name ?? '';
        dml({ operation: 'insert', object: name, records: inputs, allOrNone: false }).forEach((result, index) => {
          const node = level[index];
          if (!node) return;
          if (result.success && result.id !== undefined) ids.set(node, result.id);
          else failures.push({ referenceId: node.referenceId, errors: result.errors });
        });
        if (failures.length > 0) throw new RolledBack();
      }
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    return { status: 400, body: { hasErrors: true, results: failures } };
  }
  const results = nodes.map((node) => ({ referenceId: node.referenceId, id: ids.get(node) }));
  return { status: 201, body: { hasErrors: false, results } };
}
