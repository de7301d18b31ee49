import { matchingRuleOfComponent } from './duplicate-schema.ts';
import type { Component } from './component.ts';
import { elementText } from './component.ts';
import type { SetupRecords } from './setup-writer.ts';
import type { Org } from '../core/index.ts';

function keepRule(
  org: Org,
  records: SetupRecords,
  type: 'DuplicateRule' | 'MatchingRule',
  fullName: string,
  values: Readonly<Record<string, unknown>>,
): string {
  const [SobjectType = '', DeveloperName = ''] = fullName.split('.');
  const [id] = idsOf(records, type, fullName);
  return org.platform.put(type, { SobjectType, DeveloperName, Language: 'en_US', ...values }, id);
}

function idsOf(records: SetupRecords, type: string, fullName: string): readonly string[] {
  const [object = '', name = ''] = fullName.split('.');
  return records.idsOf(type, `SobjectType = '${object}' AND DeveloperName = '${name}'`);
}

/** The records by which an integration finds out which duplicate rules are active. */
export function keepDuplicateRule(org: Org, records: SetupRecords, component: Component): void {
  keepRule(org, records, 'DuplicateRule', component.fullName, {
    MasterLabel: elementText(component, 'masterLabel') ?? component.fullName,
    IsActive: elementText(component, 'isActive') === 'true',
  });
}

export function keepMatchingRule(org: Org, records: SetupRecords, component: Component): void {
  const rule = matchingRuleOfComponent(component);
  if ('problem' in rule) return;
  const id = keepRule(org, records, 'MatchingRule', component.fullName, {
    MasterLabel: rule.made.label,
    MatchEngine: 'ExactMatchEngine',
    BooleanFilter: rule.made.logic ?? null,
    Description: elementText(component, 'description') ?? null,
    RuleStatus: rule.made.active ? 'Active' : 'Inactive',
  });
  for (const item of records.idsOf('MatchingRuleItem', `MatchingRuleId = '${id}'`)) {
    org.platform.remove('MatchingRuleItem', item);
  }
  for (const [index, { field, blanksMatch }] of rule.made.items.entries()) {
    org.platform.put('MatchingRuleItem', {
      MatchingRuleId: id,
      SortOrder: index + 1,
      Field: field,
      MatchingMethod: 'Exact',
      BlankValueBehavior: blanksMatch ? 'MatchBlanks' : 'NullNotAllowed',
    });
  }
}

export function removeRule(type: string): (org: Org, records: SetupRecords, fullName: string) => void {
  return (org, records, fullName) => {
    for (const id of idsOf(records, type, fullName)) org.platform.remove(type, id);
  };
}
