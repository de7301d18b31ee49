import type { AnnotationContext, ModifierContext } from '@apexdevtools/apex-parser';
import { failAt, present } from '../syntax/index.ts';
import type { Visibility } from '../types/index.ts';

export type Annotations = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What stands before a declaration. */
export interface Modifiers {
  readonly words: ReadonlySet<string>;
  /** By lower-case name, with their settings by lower-case name; a setting without a name is `value`. */
  readonly annotations: Annotations;
  readonly visibility: Visibility;
}

export function readModifiers(contexts: readonly ModifierContext[]): Modifiers {
  const words = new Set<string>();
  const annotations = new Map<string, ReadonlyMap<string, string>>();
  for (const context of contexts) {
    const annotation = present(context.annotation());
    if (annotation === undefined) words.add(context.getText().toLowerCase());
    else annotations.set(annotation.id().getText().toLowerCase(), settingsOf(annotation));
  }
  if (words.has('testmethod')) annotations.set('istest', new Map());
  const visibility = (['global', 'public', 'protected'] as const).find((word) => words.has(word)) ?? 'private';
  return { words, annotations, visibility };
}

/** Annotations that mean something here, or nothing to a program that runs. */
const KNOWN = new Set([
  'auraenabled',
  'istest',
  'testsetup',
  'testvisible',
  'invocablemethod',
  'invocablevariable',
  'restresource',
  'httpget',
  'httppost',
  'httpput',
  'httppatch',
  'httpdelete',
  'suppresswarnings',
  'deprecated',
  'namespaceaccessible',
  'readonly',
  'jsonaccess',
]);

function settingsOf(annotation: AnnotationContext): ReadonlyMap<string, string> {
  const name = annotation.id().getText();
  if (!KNOWN.has(name.toLowerCase())) failAt(annotation, `unsupported annotation @${name} in the local org`);
  const settings = new Map<string, string>();
  const plain = (text: string) => text.replace(/^'|'$/g, '');
  const single = present(annotation.elementValue());
  if (single !== undefined) settings.set('value', plain(single.getText()));
  for (const pair of present(annotation.elementValuePairs())?.elementValuePair_list() ?? []) {
    settings.set(pair.id().getText().toLowerCase(), plain(pair.elementValue().getText()));
  }
  return settings;
}
