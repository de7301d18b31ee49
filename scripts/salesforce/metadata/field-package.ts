import type { FieldPlan, FieldProposal, FieldShape } from '../../engine/index.ts';
import { apiVersion } from '../connection/index.ts';

/** A proposal that can become a field. */
export type NewField = Extract<FieldProposal, { readonly target: string }>;

/** A plan whose columns all get a field. */
export type UsablePlan = Omit<FieldPlan, 'proposals'> & { readonly proposals: readonly NewField[] };

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** The permission set that lets the integration user write the fields, and the one that lets people see them. */
export function fieldSetNames({ systemLabel, object }: Pick<FieldPlan, 'systemLabel' | 'object'>): {
  readonly writer: string;
  readonly reader: string;
} {
  const words = `${systemLabel}_${object.replace(/__c$/, '')}`.replaceAll(/[^A-Za-z0-9]+/g, '_');
  return { writer: `Plumbline_${words}_Writer`, reader: `Plumbline_${words}_Reader` };
}

/**
 * The fields and their two permission sets in metadata format, as a folder by path, for an admin to deploy. A field that
 * is there already stays as it is; the sets give rights to it and to the system's others, too, as a deploy replaces them.
 */
export function fieldFiles(plan: UsablePlan): ReadonlyMap<string, string> {
  const { object, proposals: fields, others, systemLabel } = plan;
  const { writer, reader } = fieldSetNames(plan);
  const made = fields.filter(({ exists }) => !exists);
  const named = [...new Set([...others, ...fields.map(({ target }) => target)])].toSorted();
  const about = `${systemLabel} fields of ${object}`;
  const types = [
    typeOf('CustomField', made.map(({ target }) => `${object}.${target}`).toSorted()),
    typeOf('PermissionSet', [reader, writer]),
  ];
  return new Map([
    ...(made.length === 0
      ? []
      : [
          [
            `objects/${object}.object`,
            `${head}<CustomObject ${namespace}>\n${made.map(fieldXml).join('')}</CustomObject>\n`,
          ] as const,
        ]),
    [`permissionsets/${writer}.permissionset`, setXml(object, named, `Write ${about}`, true)],
    [`permissionsets/${reader}.permissionset`, setXml(object, named, `See ${about}`, false)],
    [
      'package.xml',
      `${head}<Package ${namespace}>\n${types.join('')}    <version>${apiVersion}</version>\n</Package>\n`,
    ],
  ]);
}

function fieldXml({ target, label, help, shape }: NewField): string {
  // In the order of the Metadata API's own schema.
  const elements: readonly (readonly [string, string | number | boolean | undefined])[] = [
    ['fullName', target],
    ['caseSensitive', 'isKey' in shape ? true : undefined],
    ['defaultValue', shape.type === 'Checkbox' ? false : undefined],
    ['externalId', 'isKey' in shape ? true : undefined],
    ['inlineHelpText', help],
    ['label', label],
    ['length', 'length' in shape ? shape.length : undefined],
    ['precision', 'precision' in shape ? shape.precision : undefined],
    ['required', shape.type === 'Checkbox' ? undefined : false],
    ['scale', 'scale' in shape ? shape.scale : undefined],
    ['type', shape.type],
    ['unique', 'isKey' in shape ? true : undefined],
    ['visibleLines', shape.type === 'LongTextArea' ? 5 : undefined],
  ];
  const inner = elements.flatMap(([name, value]) =>
    value === undefined ? [] : [`        <${name}>${escaped(String(value))}</${name}>\n`],
  );
  return `    <fields>\n${inner.join('')}    </fields>\n`;
}

function setXml(object: string, fields: readonly string[], label: string, editable: boolean): string {
  const permissions = fields.map(
    (field) =>
      `    <fieldPermissions>\n        <editable>${editable}</editable>\n        <field>${object}.${field}</field>\n        <readable>true</readable>\n    </fieldPermissions>\n`,
  );
  const rights = [
    ['allowCreate', false],
    ['allowDelete', false],
    ['allowEdit', editable],
    ['allowRead', true],
    ['modifyAllRecords', false],
    ['object', object],
    ['viewAllRecords', false],
  ].map(([name, value]) => `        <${name}>${value}</${name}>\n`);
  const description = `    <description>Made by plumbline fields.</description>\n`;
  return `${head}<PermissionSet ${namespace}>\n${description}${permissions.join('')}    <label>${escaped(label)}</label>\n    <objectPermissions>\n${rights.join('')}    </objectPermissions>\n</PermissionSet>\n`;
}

function typeOf(name: string, members: readonly string[]): string {
  if (members.length === 0) return '';
  const lines = members.map((member) => `        <members>${member}</members>\n`).join('');
  return `    <types>\n${lines}        <name>${name}</name>\n    </types>\n`;
}

/** A field's type as Setup words it: `Number(16, 2)`, where Setup counts the digits before the point. */
export function shapeWords(shape: FieldShape): string {
  switch (shape.type) {
    case 'Text':
      return `Text(${shape.length})${shape.isKey ? ', external ID, unique, case sensitive' : ''}`;
    case 'LongTextArea':
      return `Long Text Area(${shape.length})`;
    case 'Number':
      return `Number(${shape.precision - shape.scale}, ${shape.scale})`;
    case 'Checkbox':
      return 'Checkbox';
    case 'Date':
      return 'Date';
    case 'DateTime':
      return 'Date/Time';
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
