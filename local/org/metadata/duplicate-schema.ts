import { elementsNamed, elementText } from './component.ts';
import type { Component } from './component.ts';
import { childText, childrenNamed } from './xml.ts';
import type { XmlElement } from './xml.ts';
import type { DuplicateRule, MatchingRule } from '../core/index.ts';

type Made<T> = { readonly made: T } | { readonly problem: string };

const textOf = (element: XmlElement, name: string): string => childText(element, name)?.trim() ?? '';

/** The matching rule that a component makes, or the problem with it. */
export function matchingRuleOfComponent(component: Component): Made<MatchingRule> {
  const [, name = ''] = component.fullName.split('.');
  const status = elementText(component, 'ruleStatus') ?? '';
  if (status !== 'Active' && status !== 'Inactive')
    return { problem: `ruleStatus must be Active or Inactive, not ${status}` };
  const items = elementsNamed(component, 'matchingRuleItems');
  const fuzzy = items.map((item) => textOf(item, 'matchingMethod')).find((method) => method !== 'Exact');
  if (fuzzy !== undefined) {
    return { problem: `not yet: the matching method ${fuzzy} in the local org, which compares exactly; use Exact` };
  }
  const logic = elementText(component, 'booleanFilter');
  return {
    made: {
      name,
      label: elementText(component, 'label') ?? name,
      active: status === 'Active',
      ...(logic === undefined || logic === '' ? {} : { logic }),
      items: items.map((item) => ({
        field: textOf(item, 'fieldName'),
        blanksMatch: textOf(item, 'blankValueBehavior') === 'MatchBlanks',
      })),
    },
  };
}

/** The duplicate rule that a component makes, or the problem with it. */
export function duplicateRuleOfComponent(component: Component): Made<DuplicateRule> {
  const [object = '', name = ''] = component.fullName.split('.');
  if (
    elementsNamed(component, 'duplicateRuleFilter').some(
      (filter) => childrenNamed(filter, 'duplicateRuleFilterItems').length > 0,
    )
  ) {
    return { problem: 'not yet: conditions of duplicate rules in the local org; leave out duplicateRuleFilter' };
  }
  const action = (when: 'Insert' | 'Update'): 'pass' | 'alert' | 'block' => {
    if (elementText(component, `actionOn${when}`) === 'Block') return 'block';
    const operations = elementsNamed(component, `operationsOn${when}`).map(({ text }) => text.trim());
    return operations.includes('Alert') ? 'alert' : 'pass';
  };
  const matchRules = elementsNamed(component, 'duplicateRuleMatchRules');
  if (matchRules.length === 0) return { problem: 'Required field is missing: duplicateRuleMatchRules' };
  const alertText = elementText(component, 'alertText');
  return {
    made: {
      name,
      label: elementText(component, 'masterLabel') ?? name,
      active: elementText(component, 'isActive') === 'true',
      sortOrder: Number(elementText(component, 'sortOrder') ?? 1),
      onInsert: action('Insert'),
      onUpdate: action('Update'),
      ...(alertText === undefined || alertText === '' ? {} : { alertText }),
      enforcesSharing: elementText(component, 'securityOption') === 'EnforceSharingRules',
      matches: matchRules.map((element) => ({
        object: textOf(element, 'matchRuleSObjectType') || object,
        rule: textOf(element, 'matchingRule'),
        fields: mappingOf(element),
      })),
    },
  };
}

function mappingOf(matchRule: XmlElement): ReadonlyMap<string, string> {
  const fields = childrenNamed(matchRule, 'objectMapping').flatMap((mapping) =>
    childrenNamed(mapping, 'mappingFields'),
  );
  return new Map(fields.map((field) => [textOf(field, 'inputField'), textOf(field, 'outputField')]));
}
