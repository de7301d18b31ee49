import { elementsNamed, elementText } from '../component.ts';
import type { Component } from '../component.ts';
import { childObject, elementsBelow, fieldAt, none, textOf } from './known.ts';
import type { Complaint, Known } from './known.ts';
import type { XmlElement } from '../xml.ts';
import type { ObjectDefinition } from '../../core/index.ts';

/** A report type: its objects, and the fields that it offers. */
export function* reportType(component: Component, known: Known): Generator<Complaint> {
  const name = elementText(component, 'baseObject') ?? '';
  const base = known.object(name);
  if (!base) {
    yield { at: elementsNamed(component, 'baseObject')[0], message: none('baseObject', 'CustomObject', name) };
    return;
  }
  let parent: ObjectDefinition | undefined = base;
  for (let join: XmlElement | undefined = elementsNamed(component, 'join')[0]; join && parent;) {
    const relationship = textOf(join, 'relationship');
    const child: ObjectDefinition | undefined = childObject(known, parent, relationship);
    if (!child) yield { at: join, message: `${relationship} is not a child relationship of ${parent.name}` };
    parent = child;
    join = join.children.find((element) => element.name === 'join');
  }
  for (const section of elementsNamed(component, 'sections')) {
    for (const column of section.children.filter((element) => element.name === 'columns')) {
      const [table, field] = [textOf(column, 'table'), textOf(column, 'field')];
      const object = tableAt(known, table);
      if (!object) yield { at: column, message: none('table', 'CustomObject', table) };
      else if (!isColumn(known, object, field)) {
        yield { at: column, message: `Invalid field name: ${field} of ${table}` };
      }
    }
  }
}

/** The object of a report type's table: `Sync__c`, or `Sync__c.Runs__r` by child relationships. */
function tableAt(known: Known, path: string): ObjectDefinition | undefined {
  const [first = '', ...lists] = path.split('.');
  let object = known.object(first);
  for (const list of lists) object = object && childObject(known, object, list);
  return object;
}

/** Report types call a lookup by the name of its relationship: `Owner`, `CreatedBy`. */
function isColumn(known: Known, object: ObjectDefinition, name: string): boolean {
  if (fieldAt(known, object, name)) return true;
  return [...object.fields.values()].some((field) => field.relationshipName === name);
}

/** A report: its folder, its type, the custom fields that it shows or filters by. */
export function* report(component: Component, known: Known): Generator<Complaint> {
  yield* folder(component, known, 'ReportFolder');
  const type = elementText(component, 'reportType') ?? '';
  const at = elementsNamed(component, 'reportType')[0];
  const [, objects] = /^(?:CustomEntity)+\$(.+)$/.exec(type) ?? [];
  if (objects === undefined && type.endsWith('__c') && !known.has('ReportType', type.slice(0, -3))) {
    yield { at, message: `invalid report type: ${type}` };
  }
  for (const name of objects?.split('$') ?? []) {
    if (name.endsWith('__c') && !known.object(name)) yield { at, message: `invalid report type: ${type}` };
  }
  for (const element of elementsBelow(component.elements)) {
    if (!FIELD_ELEMENTS.has(element.name) || element.children.length > 0) continue;
    const [, table = '', field = ''] = /^([\w.]+)[.$](\w+__c)$/.exec(element.text.trim()) ?? [];
    const object = field === '' ? undefined : tableAt(known, table);
    if (field === '' || (object && isColumn(known, object, field))) continue;
    yield { at: element, message: `${element.name}-Invalid value specified: ${element.text.trim()}` };
  }
}

const FIELD_ELEMENTS: ReadonlySet<string> = new Set(['field', 'column', 'sortColumn', 'dateColumn', 'groupingColumn']);

/** A dashboard: its folder and the reports that it shows. */
export function* dashboard(component: Component, known: Known): Generator<Complaint> {
  yield* folder(component, known, 'DashboardFolder');
  for (const element of elementsBelow(component.elements)) {
    if (element.name !== 'report') continue;
    const name = element.text.trim();
    if (!known.has('Report', name)) yield { at: element, message: none('report', 'Report', name) };
  }
}

function* folder(component: Component, known: Known, type: string): Generator<Complaint> {
  const name = component.fullName.split('/').slice(0, -1).join('/');
  if (name === 'unfiled$public' || known.has(type, name)) return;
  yield { at: undefined, message: `Cannot find folder:${name}` };
}
