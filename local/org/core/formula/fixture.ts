import type { FieldDefinition, FieldType, ValidationRule } from '../contract/index.ts';
import { customField, type Fixture } from '../fixture.ts';

/** Short ways to give an org formulas, for tests. */
export function formulaField(
  name: string,
  type: FieldType,
  formula: string,
  options: Partial<FieldDefinition> = {},
): FieldDefinition {
  return customField(name, {
    type,
    formula,
    calculated: true,
    createable: false,
    updateable: false,
    ...(type === 'double' || type === 'percent' ? { precision: 18, scale: 6 } : {}),
    ...(type === 'string' ? { length: 1300 } : {}),
    ...options,
  });
}

export function addRules(
  { org }: Fixture,
  object: string,
  ...rules: readonly (Partial<ValidationRule> & Pick<ValidationRule, 'name' | 'formula'>)[]
): void {
  org.applySchema({
    objects: [],
    fields: [],
    removedObjects: [],
    removedFields: [],
    rules: rules.map((rule) => ({ object, rule: { active: true, message: `${rule.name} is broken`, ...rule } })),
  });
}
