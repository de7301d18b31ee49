import { childText, childrenNamed } from './xml.ts';
import type { XmlElement } from './xml.ts';
import type { PicklistValue } from '../core/index.ts';

type Made<T> = { readonly made: T } | { readonly problem: string };

function isTrue(element: XmlElement, name: string): boolean {
  return childText(element, name)?.trim() === 'true';
}

/**
 * The values that elements `value`, `customValue` or `standardValue` stand for; `settings` are the `valueSettings` of a
 * dependent picklist.
 */
export function pickedValues(
  values: readonly XmlElement[],
  settings: readonly XmlElement[] = [],
): Made<readonly PicklistValue[]> {
  const chosenWith = new Map(
    settings.map((setting) => [
      childText(setting, 'valueName')?.trim() ?? '',
      childrenNamed(setting, 'controllingFieldValue').map((value) => value.text.trim()),
    ]),
  );
  const seen = new Set<string>();
  const made: PicklistValue[] = [];
  for (const value of values) {
    const fullName = childText(value, 'fullName')?.trim() ?? '';
    if (seen.has(fullName.toLowerCase())) return { problem: `Duplicate picklist value: ${fullName}` };
    seen.add(fullName.toLowerCase());
    const controllingValues = settings.length === 0 ? undefined : (chosenWith.get(fullName) ?? []);
    const means = meaningOf(value);
    made.push({
      value: fullName,
      label: childText(value, 'label')?.trim() ?? fullName,
      active: childText(value, 'isActive')?.trim() !== 'false',
      defaultValue: isTrue(value, 'default'),
      ...(controllingValues === undefined ? {} : { controllingValues }),
      ...(means === undefined ? {} : { means }),
    });
  }
  const unknown = [...chosenWith.keys()].find((name) => !seen.has(name.toLowerCase()));
  return unknown === undefined ? { made } : { problem: `Picklist value: ${unknown} in valueSettings not found` };
}

function meaningOf(value: XmlElement): PicklistValue['means'] {
  const means = {
    ...(isTrue(value, 'closed') ? { closed: true } : {}),
    ...(isTrue(value, 'won') ? { won: true } : {}),
    ...(isTrue(value, 'converted') ? { converted: true } : {}),
  };
  return Object.keys(means).length === 0 ? undefined : means;
}
