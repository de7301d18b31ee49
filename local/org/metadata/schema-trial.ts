import { componentKey } from './component.ts';
import type { Component, ComponentFailure } from './component.ts';
import { OrgError } from '../core/index.ts';
import type { Org, Schema, SchemaChange } from '../core/index.ts';

/** What came of trying a schema change on a copy of the org. */
export interface SchemaTrial {
  /** The schema after the change; the org's own when the core refuses it. */
  readonly schema: Schema;
  /** The change without the fields that the core does not hold yet. */
  readonly change: SchemaChange;
  readonly failures: readonly ComponentFailure[];
  readonly warnings: readonly ComponentFailure[];
}

function fieldNames(change: SchemaChange): readonly string[] {
  const calculated = [
    ...change.fields.map(({ object, field }) => ({ object, field })),
    ...change.objects.flatMap((object) => [...object.fields.values()].map((field) => ({ object: object.name, field }))),
  ].filter(({ field }) => field.calculated);
  return calculated.map(({ object, field }) => `${object}.${field.name}`);
}

function without(change: SchemaChange, name: string): SchemaChange {
  return {
    ...change,
    fields: change.fields.filter(({ object, field }) => `${object}.${field.name}` !== name),
    objects: change.objects.map((object) => ({
      ...object,
      fields: new Map([...object.fields].filter(([field]) => `${object.name}.${field}` !== name)),
    })),
  };
}

function complain(components: readonly Component[], key: string | undefined, message: string): ComponentFailure {
  const found = components.find((component) =>
    key === undefined
      ? message.includes(component.fullName.split('.').at(-1) ?? component.fullName)
      : componentKey(component) === key,
  );
  const { type, fullName, fileName, line, column } = found ?? {
    type: '',
    fullName: 'package.xml',
    fileName: 'package.xml',
    line: 0,
    column: 0,
  };
  return { type, fullName, fileName, line, column, message };
}

/**
 * Tries a schema change on a copy of the org. A calculated field that the core does not hold yet is left out with a
 * warning: it is kept as metadata, and a query that names it fails; every other refusal is a failure.
 */
export function tryChange(org: Org, components: readonly Component[], wanted: SchemaChange): SchemaTrial {
  const warnings: ComponentFailure[] = [];
  let change = wanted;
  for (;;) {
    const copy = org.fork();
    try {
      copy.applySchema(change);
      return { schema: copy.schema, change, failures: [], warnings };
    } catch (error) {
      if (!(error instanceof OrgError)) throw error;
      const { message } = error;
      const unheld = message.includes('not yet:')
        ? fieldNames(change).find((name) => message.includes(name))
        : undefined;
      if (unheld === undefined) {
        return { schema: org.schema, change, failures: [complain(components, undefined, message)], warnings };
      }
      warnings.push(
        complain(
          components,
          `CustomField:${unheld}`,
          `${message}; the field is kept and can be retrieved, but not queried`,
        ),
      );
      change = without(change, unheld);
    }
  }
}
