import { componentKey, readComponents } from './component.ts';
import type { Component, ComponentFailure } from './component.ts';
import { changesSelectedBy } from './selected-entities.ts';
import type { ComponentStore } from './component-store.ts';
import { dependents, globalValues } from './dependents.ts';
import { planSchema } from './object-schema.ts';
import { isHeld, manifestNames } from './package-zip.ts';
import type { Manifest, PackagedFile, ReadPackage } from './package-zip.ts';
import { trySetupRecords } from './setup-records.ts';
import { tryChange } from './schema-trial.ts';
import { checkReferences, withoutEffect } from './references/index.ts';
import type { Known } from './references/index.ts';
import { typesListedAs } from './types.ts';
import type { Org, SchemaChange } from '../core/index.ts';

/** What a package would do to an org; nothing of it is done yet. */
export interface DeployPlan {
  readonly components: readonly Component[];
  readonly removed: readonly { readonly type: string; readonly fullName: string }[];
  readonly failures: readonly ComponentFailure[];
  /** Removals of what is not there. */
  readonly warnings: readonly ComponentFailure[];
  readonly change: SchemaChange;
}

function complaint(type: string, fullName: string, fileName: string, message: string): ComponentFailure {
  return { type, fullName, fileName, message, line: 0, column: 0 };
}

/** The components of a file that the manifest asks for; a file that it does not name at all is a failure. */
function namedComponents(
  manifest: Manifest,
  file: PackagedFile,
  components: readonly Component[],
): readonly Component[] {
  const [whole, ...inside] = components;
  if (!whole) return [];
  if (manifestNames(manifest, whole.type, whole.fullName)) return components;
  return inside.filter((component) => manifestNames(manifest, component.type, component.fullName));
}

function readAll(pkg: ReadPackage): { components: Component[]; failures: ComponentFailure[] } {
  const components: Component[] = [];
  const failures: ComponentFailure[] = [];
  for (const path of pkg.unknownFiles) {
    if (/^(package|destructiveChanges(Pre|Post)?)\.xml$/.test(path)) continue;
    const folder = path.split('/')[0] ?? path;
    failures.push(complaint('', path, path, `not yet: the local org does not hold the metadata in folder ${folder}`));
  }
  for (const file of pkg.files) {
    const read = readComponents(file);
    if (!Array.isArray(read)) {
      failures.push(read as ComponentFailure);
      continue;
    }
    const named = namedComponents(pkg.manifest, file, read as readonly Component[]);
    if (named.length === 0)
      failures.push(complaint(file.type.name, file.fullName, file.fileName, 'Not in package.xml'));
    components.push(...named);
  }
  return { components, failures };
}

function missingMembers(
  manifest: Manifest,
  components: readonly Component[],
  failures: readonly ComponentFailure[],
): ComponentFailure[] {
  const present = new Set([...components, ...failures].map(({ type, fullName }) => `${type}:${fullName}`));
  const failedFiles = new Set(failures.map((failure) => failure.fullName.split('.')[0]));
  const missing: ComponentFailure[] = [];
  for (const [type, members] of manifest) {
    if (!isHeld(type)) {
      missing.push(complaint(type, '', 'package.xml', `not yet: the local org does not hold metadata of type ${type}`));
      continue;
    }
    for (const member of members) {
      const fileFailed = failedFiles.has(member.split('.')[0]) || failedFiles.has('CustomLabels');
      const isPresent = typesListedAs(type).some((name) => present.has(`${name}:${member}`));
      if (member === '*' || isPresent || fileFailed) continue;
      const message = `An object '${member}' of type ${type} was named in package.xml, but was not found in zipped directory`;
      missing.push(complaint(type, member, 'package.xml', message));
    }
  }
  return missing;
}

/** Types of which nothing can be removed by metadata (Metadata API Developer Guide, "RecordType", "Profile"). */
const NEVER_REMOVED: ReadonlySet<string> = new Set(['RecordType', 'StandardValueSet']);

function removals(
  store: ComponentStore,
  pkg: ReadPackage,
): Pick<DeployPlan, 'removed' | 'warnings'> & { readonly refused: readonly ComponentFailure[] } {
  const refused: ComponentFailure[] = [];
  const removed: { type: string; fullName: string }[] = [];
  const warnings: ComponentFailure[] = [];
  for (const [manifest, file] of [
    [pkg.destructivePre, 'destructiveChangesPre.xml'],
    [pkg.destructivePost, 'destructiveChangesPost.xml'],
  ] as const) {
    for (const [type, members] of manifest) {
      for (const fullName of members) {
        const found = typesListedAs(type).find((name) => store.get(name, fullName));
        if (NEVER_REMOVED.has(type)) {
          refused.push(complaint(type, fullName, file, `Cannot delete ${type} through API: ${fullName}`));
        } else if (found !== undefined) removed.push({ type: found, fullName });
        else warnings.push(complaint(type, file, file, `No ${type} named: ${fullName} found`));
      }
    }
  }
  return { removed, warnings, refused };
}

/** Objects whose changes may be told without the add-on (Change Data Capture guide, allocations). */
const MOST_ENTITIES = 5;

/** The sixth entity selected for change events, and those after it. */
function surplusEntities(
  store: ComponentStore,
  components: readonly Component[],
  gone: ReadonlySet<string>,
): ComponentFailure[] {
  const deployed = components.filter((component) => changesSelectedBy(component) !== undefined);
  const names = new Set(deployed.map(({ fullName }) => fullName));
  const kept = store
    .list('PlatformEventChannelMember')
    .filter((component) => !names.has(component.fullName) && !gone.has(componentKey(component)));
  // An entity of several channels counts once.
  const selected = new Set(kept.flatMap((component) => changesSelectedBy(component) ?? []));
  const surplus = deployed.filter((component) => {
    selected.add(changesSelectedBy(component) ?? '');
    return selected.size > MOST_ENTITIES;
  });
  return surplus.map((component) => ({
    ...complaint(component.type, component.fullName, component.fileName, ''),
    message: `You can select up to ${MOST_ENTITIES} entities for change events; deselect another first`,
    line: component.line,
    column: component.column,
  }));
}

/**
 * Compiles the Apex of the org as it would be after the deploy, against that schema; tells what is wrong with it, be it
 * deployed or there already.
 */
export type CheckApex = (after: {
  readonly org: Org;
  readonly classes: readonly Component[];
  readonly triggers: readonly Component[];
  has(type: string, fullName: string): boolean;
}) => readonly Pick<ComponentFailure, 'type' | 'fullName' | 'message' | 'line' | 'column'>[];

/** The mistakes that a compiler finds once everything else is sound. */
function checkCode(
  store: ComponentStore,
  components: readonly Component[],
  gone: ReadonlySet<string>,
  applied: Org,
  has: Known['has'],
  checkApex: CheckApex,
): readonly ComponentFailure[] {
  const touchesCode = [...components.map(({ type }) => type), ...[...gone].map((key) => key.split(':')[0] ?? '')];
  if (!touchesCode.some((type) => CODE_DEPENDS_ON.has(type))) return [];
  const after = (type: string) => {
    const deployed = components.filter((component) => component.type === type);
    const names = new Set(deployed.map(({ fullName }) => fullName));
    return [
      ...store.list(type).filter((kept) => !names.has(kept.fullName) && !gone.has(componentKey(kept))),
      ...deployed,
    ];
  };
  const [classes, triggers] = [after('ApexClass'), after('ApexTrigger')];
  if (classes.length + triggers.length === 0) return [];
  return checkApex({ org: applied, classes, triggers, has }).map((problem) => {
    const file = components.find(({ type, fullName }) => type === problem.type && fullName === problem.fullName);
    if (file !== undefined) return { ...problem, fileName: file.fileName };
    const message = `Dependent class is invalid and needs recompilation: ${problem.fullName}: line ${problem.line}, column ${problem.column}: ${problem.message}`;
    return { ...problem, message, fileName: 'package.xml', line: 0, column: 0 };
  });
}

const CODE_DEPENDS_ON = new Set([
  'ApexClass',
  'ApexTrigger',
  'CustomObject',
  'CustomField',
  'CustomLabel',
  'CustomLabels',
]);

function planOnce(
  org: Org,
  store: ComponentStore,
  components: readonly Component[],
  removed: DeployPlan['removed'],
  checkApex: CheckApex,
) {
  const parts = (type: string): (readonly [string, string])[] =>
    removed.flatMap((part) => {
      const [object = '', name = ''] = part.fullName.split('.');
      return part.type === type ? [[object, name] as const] : [];
    });
  const planned = planSchema(org, [...components, ...dependents(store, components)], {
    valueSet: globalValues(store, components),
    process: (fullName) =>
      components.find((component) => component.type === 'BusinessProcess' && component.fullName === fullName) ??
      store.get('BusinessProcess', fullName),
    removed: {
      objects: removed.filter(({ type }) => type === 'CustomObject').map(({ fullName }) => fullName),
      fields: parts('CustomField').map(([object, field]) => ({ object, field })),
      rules: parts('ValidationRule').map(([object, rule]) => ({ object, rule })),
      sharingRules: [...parts('SharingOwnerRule'), ...parts('SharingCriteriaRule')].map(([object, rule]) => ({
        object,
        rule,
      })),
      matchingRules: parts('MatchingRule').map(([object, rule]) => ({ object, rule })),
      duplicateRules: parts('DuplicateRule').map(([object, rule]) => ({ object, rule })),
    },
  });
  const { schema, failures, applied } = tryChange(org, components, planned.change);
  const present = new Set(components.map(componentKey));
  const gone = new Set(removed.map(componentKey));
  const known: Known = {
    object: (name) => schema.object(name),
    objects: () => schema.objects(),
    has: (type, fullName) => {
      const key = componentKey({ type, fullName });
      return present.has(key) || (!gone.has(key) && store.get(type, fullName) !== undefined);
    },
  };
  const references = components.flatMap((component) => checkReferences(component, known));
  const surplus = surplusEntities(store, components, gone);
  const found = [...planned.failures, ...failures, ...references, ...surplus];
  const has: Known['has'] = (type, fullName) => known.has(type, fullName);
  const code = found.length === 0 && applied ? checkCode(store, components, gone, applied, has, checkApex) : [];
  found.push(...code);
  // Records that refer to what is not there would only be refused again, in other words.
  const refused = found.length === 0 && applied ? trySetupRecords(applied, components, removed) : [];
  return { change: planned.change, failures: [...found, ...refused] };
}

/** What is deployed and does nothing here says so. */
function warningsOf(component: Component): readonly ComponentFailure[] {
  const { type, fullName, fileName, line, column } = component;
  const message = withoutEffect(component);
  return message === undefined ? [] : [{ type, fullName, fileName, message, line, column }];
}

/**
 * Checks a package against an org and plans its deploy. With `keepGood`, components that fail are left out and the
 * others planned without them (rollbackOnError=false); otherwise one failure means that nothing will be applied.
 */
export function planDeploy(
  org: Org,
  store: ComponentStore,
  pkg: ReadPackage,
  keepGood: boolean,
  checkApex: CheckApex,
): DeployPlan {
  const read = readAll(pkg);
  const { removed, warnings: absent, refused } = removals(store, pkg);
  const failures = [...refused, ...read.failures, ...missingMembers(pkg.manifest, read.components, read.failures)];
  let components: readonly Component[] = read.components;
  for (;;) {
    const planned = planOnce(org, store, components, removed, checkApex);
    failures.push(...planned.failures);
    if (planned.failures.length === 0 || !keepGood) {
      const warnings = [...absent, ...components.flatMap(warningsOf)];
      return { components, removed, failures, warnings, change: planned.change };
    }
    const failed = new Set(planned.failures.map(({ type, fullName }) => `${type}:${fullName}`));
    components = components.filter(({ type, fullName }) => !failed.has(`${type}:${fullName}`));
  }
}
