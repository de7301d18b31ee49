import type { MetadataFile, Problem } from './problem.ts';
import { textAt, textsAt, type Element } from './xml.ts';

/** Words by which list views and related lists know standard fields of a custom object. */
const viewFields = new Set([
  'NAME',
  'OWNER.ALIAS',
  'CREATED_DATE',
  'LAST_UPDATE',
  'CREATEDBY_USER',
  'UPDATEDBY_USER',
  'RECORDTYPE',
]);
const layoutFields = new Set(['Name', 'OwnerId', 'CreatedById', 'LastModifiedById', 'CreatedDate', 'LastModifiedDate']);

/** Everything that one file names and another must bring. Standard objects and fields cannot be checked here. */
export function referenceProblems(files: readonly MetadataFile[]): readonly Problem[] {
  const problems: Problem[] = [];
  const objects = new Set<string>();
  const fields = new Map<string, Element>();
  const named = new Map<string, Set<string>>();
  for (const { file, root } of files) {
    const object = objectOf(file);
    if (root.name === 'CustomObject') objects.add(object);
    else if (root.name === 'CustomField') fields.set(`${object}.${textAt(root, 'fullName')}`, root);
    else named.set(root.name, (named.get(root.name) ?? new Set()).add(nameOf(file)));
  }
  for (const each of files) check(each);
  return problems;

  function check({ file, root }: MetadataFile): void {
    const object = objectOf(file);
    const need = (found: boolean, at: Element, what: string): void => {
      if (!found) problems.push({ file, line: at.line, message: `the package has no ${what}` });
    };
    const needObject = (at: Element, name = at.text): void =>
      need(!isCustom(name) || objects.has(name), at, `object ${name}`);
    const needField = (at: Element, owner: string, name: string, standard?: ReadonlySet<string>): void => {
      const custom = /__c$/.test(name);
      if (custom || standard !== undefined)
        need(standard?.has(name) === true || fields.has(`${owner}.${name}`), at, `field ${owner}.${name}`);
    };
    const needNamed = (at: Element, type: string): void =>
      need(named.get(type)?.has(at.text) === true, at, `${type} ${at.text}`);

    if (root.name === 'CustomField') textsAt(root, 'referenceTo').forEach((at) => needObject(at));
    if (root.name === 'CustomTab' && textAt(root, 'customObject') === 'true') needObject(root, nameOf(file));
    if (root.name === 'ListView') {
      for (const at of [...textsAt(root, 'columns'), ...textsAt(root, 'filters', 'field')])
        needField(at, object, at.text, viewFields);
    }
    if (root.name === 'CompactLayout')
      for (const at of textsAt(root, 'fields')) needField(at, object, at.text, layoutFields);
    if (root.name === 'CustomObject') {
      for (const at of textsAt(root, 'compactLayoutAssignment'))
        if (at.text !== 'SYSTEM') needNamed(at, 'CompactLayout');
    }
    if (root.name === 'Layout') {
      const owner = nameOf(file).split('-')[0] ?? '';
      needObject(root, owner);
      for (const at of textsAt(root, 'layoutSections', 'layoutColumns', 'layoutItems', 'field'))
        needField(at, owner, at.text, layoutFields);
      for (const list of textsAt(root, 'relatedLists')) {
        const [child, lookup] = (textAt(list, 'relatedList') ?? '').split('.');
        if (child === undefined || lookup === undefined || !isCustom(child)) continue;
        needField(list, child, lookup);
        for (const at of textsAt(list, 'fields')) needField(at, child, at.text, viewFields);
      }
    }
    if (root.name === 'CustomApplication')
      for (const at of textsAt(root, 'tabs')) if (isCustom(at.text)) needNamed(at, 'CustomTab');
    for (const at of root.name === 'ValidationRule' ? textsAt(root, 'errorConditionFormula') : textsAt(root, 'formula'))
      checkFormula(at);
    if (root.name === 'PermissionSet') checkRights();

    function checkFormula(at: Element): void {
      for (const [name] of at.text.matchAll(/(?<![\w.])\w+__c\b/g)) needField(at, object, name);
      for (const [, name] of at.text.matchAll(/\$Permission\.(\w+)/g)) {
        need(named.get('CustomPermission')?.has(name ?? '') === true, at, `CustomPermission ${name}`);
      }
    }

    function checkRights(): void {
      for (const at of textsAt(root, 'objectPermissions', 'object')) needObject(at);
      for (const at of textsAt(root, 'tabSettings', 'tab')) if (isCustom(at.text)) needNamed(at, 'CustomTab');
      for (const at of textsAt(root, 'applicationVisibilities', 'application')) needNamed(at, 'CustomApplication');
      for (const at of textsAt(root, 'customPermissions', 'name')) needNamed(at, 'CustomPermission');
      for (const at of textsAt(root, 'classAccesses', 'apexClass')) needNamed(at, 'ApexClass');
      for (const right of textsAt(root, 'fieldPermissions')) {
        const [owner, name] = (textAt(right, 'field') ?? '').split('.');
        if (owner === undefined || name === undefined) continue;
        needField(right, owner, name);
        const field = fields.get(`${owner}.${name}`);
        if (field === undefined) continue;
        const always = textAt(field, 'required') === 'true' || textAt(field, 'type') === 'MasterDetail';
        if (always)
          problems.push({
            file,
            line: right.line,
            message: `${owner}.${name} is required: rights to it cannot be set`,
          });
        if (textAt(field, 'formula') !== undefined && textAt(right, 'editable') === 'true') {
          problems.push({ file, line: right.line, message: `${owner}.${name} is a formula: it cannot be editable` });
        }
      }
      for (const right of textsAt(root, 'objectPermissions')) {
        const on = (name: string): boolean => textAt(right, name) === 'true';
        if (
          on('modifyAllRecords') &&
          !(on('allowRead') && on('allowEdit') && on('allowDelete') && on('viewAllRecords'))
        ) {
          problems.push({
            file,
            line: right.line,
            message: 'modifyAllRecords needs read, edit, delete and viewAllRecords',
          });
        }
        if ((on('allowCreate') || on('allowEdit') || on('allowDelete') || on('viewAllRecords')) && !on('allowRead')) {
          problems.push({ file, line: right.line, message: 'rights to an object begin with allowRead' });
        }
      }
    }
  }
}

function isCustom(name: string): boolean {
  return name.includes('__');
}

function objectOf(file: string): string {
  return /objects\/([^/]+)\//.exec(file)?.[1] ?? '';
}

/** Name of the component: the file's name without its suffixes. */
function nameOf(file: string): string {
  return decodeURIComponent(file.slice(file.lastIndexOf('/') + 1).replace(/\.[a-zA-Z]+-meta\.xml$/, ''));
}
