import type { ObjectDefinition, SchemaChange } from '../contract/index.ts';
import { OrgError } from '../contract/index.ts';
import { checkLogic } from './logic.ts';

/** Applies what a change says of sharing rules to `definitions`. Throws `OrgError` that begins with the rule's place. */
export function applySharing(definitions: Map<string, ObjectDefinition>, change: SchemaChange): void {
  const replace = (
    name: string,
    edit: (
      rules: Map<string, NonNullable<SchemaChange['sharingRules']>[number]['rule']>,
      of: ObjectDefinition,
    ) => unknown,
  ): void => {
    const definition = definitions.get(name.toLowerCase());
    if (definition === undefined) throw invalid(`no CustomObject named ${name} found`);
    const sharingRules = new Map(definition.sharingRules);
    edit(sharingRules, definition);
    definitions.set(name.toLowerCase(), { ...definition, sharingRules });
  };
  for (const { object, rule } of change.removedSharingRules ?? []) replace(object, (rules) => rules.delete(rule));
  for (const { object, rule } of change.sharingRules ?? []) {
    replace(object, (rules, definition) => {
      const place = `${object}.${rule.name}`;
      if (!definition.fields.has('OwnerId')) throw invalid(`${place}: records of ${object} have no owner to share by`);
      for (const { field } of rule.criteria?.items ?? []) {
        if (!definition.fields.has(field)) throw invalid(`${place}: no CustomField named ${object}.${field} found`);
      }
      const { logic, items } = rule.criteria ?? {};
      if (logic !== undefined) checkLogic(place, logic, items?.length ?? 0);
      rules.set(rule.name, rule);
    });
  }
}

const invalid = (message: string) => new OrgError(400, 'INVALID_CROSS_REFERENCE_KEY', message);
