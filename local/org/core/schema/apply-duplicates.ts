import type { DuplicateRule, MatchingRule, ObjectDefinition, SchemaChange } from '../contract/index.ts';
import { OrgError } from '../contract/index.ts';
import { checkLogic } from './logic.ts';

/**
 * Applies what a change says of matching and duplicate rules to `definitions`. Throws `OrgError` that begins with the
 * rule's place: `Object.Rule: `.
 */
export function applyDuplicates(definitions: Map<string, ObjectDefinition>, change: SchemaChange): void {
  const of = (name: string): ObjectDefinition => {
    const found = definitions.get(name.toLowerCase());
    if (found === undefined) throw invalid(`no CustomObject named ${name} found`);
    return found;
  };
  const put = (definition: ObjectDefinition): unknown => definitions.set(definition.name.toLowerCase(), definition);
  for (const { object, rule } of change.removedDuplicateRules ?? []) {
    put({ ...of(object), duplicateRules: without(of(object).duplicateRules, rule) });
  }
  for (const { object, rule } of change.removedMatchingRules ?? []) {
    put({ ...of(object), matchingRules: without(of(object).matchingRules, rule) });
  }
  for (const { object, rule } of change.matchingRules ?? []) {
    checkMatchingRule(of(object), rule);
    put({ ...of(object), matchingRules: new Map(of(object).matchingRules).set(rule.name, rule) });
  }
  for (const { object, rule } of change.duplicateRules ?? []) {
    put({ ...of(object), duplicateRules: new Map(of(object).duplicateRules).set(rule.name, rule) });
  }
  for (const definition of definitions.values()) {
    for (const rule of definition.duplicateRules?.values() ?? []) checkDuplicateRule(definition, rule, of);
  }
}

function checkMatchingRule(object: ObjectDefinition, rule: MatchingRule): void {
  const place = `${object.name}.${rule.name}`;
  if (rule.items.length === 0 || rule.items.length > 10) throw invalid(`${place}: a matching rule has 1 to 10 items`);
  for (const { field } of rule.items) {
    if (!object.fields.has(field)) throw invalid(`${place}: no CustomField named ${object.name}.${field} found`);
  }
  if (rule.logic !== undefined) checkLogic(place, rule.logic, rule.items.length);
}

function checkDuplicateRule(
  definition: ObjectDefinition,
  rule: DuplicateRule,
  of: (name: string) => ObjectDefinition,
): void {
  const place = `${definition.name}.${rule.name}`;
  for (const { object, rule: name, fields } of rule.matches) {
    const matching = of(object).matchingRules?.get(name);
    if (matching === undefined) throw invalid(`${place}: no MatchingRule named ${object}.${name} found`);
    if (rule.active && !matching.active) throw invalid(`${place}: the matching rule ${object}.${name} is not active`);
    for (const [own, other] of fields) {
      if (!definition.fields.has(own)) throw invalid(`${place}: no CustomField named ${definition.name}.${own} found`);
      if (!of(object).fields.has(other)) throw invalid(`${place}: no CustomField named ${object}.${other} found`);
    }
  }
}

function without<Value>(map: ReadonlyMap<string, Value> | undefined, name: string): ReadonlyMap<string, Value> {
  return new Map([...(map ?? [])].filter(([key]) => key !== name));
}

const invalid = (message: string) => new OrgError(400, 'INVALID_CROSS_REFERENCE_KEY', message);
