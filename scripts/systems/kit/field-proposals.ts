import type {
  FieldDescription,
  FieldProposal,
  FieldRequest,
  FieldShape,
  ObjectDescription,
} from '../../engine/index.ts';
import { fieldLabelOf, fieldNameOf, readable } from './field-names.ts';
import { isOwnField } from './own-fields.ts';

/** Most characters of a text field, and of one for long text (object reference). */
const mostOfText = 255;
const longText: FieldShape = { type: 'LongTextArea', length: 32_768 };

/** How the fields of a system in the org are named. */
export interface OrgFields {
  /** First characters of their API names; case counts: `Acme_`. */
  readonly prefix: string;
  /** Why a column is not for the org, as a sentence; undefined when it may be mapped. */
  refusal(path: string): string | undefined;
}

export interface ProposalRequest extends Omit<FieldRequest, 'object'> {
  readonly naming: OrgFields;
  /** Of the system, as people call it. */
  readonly systemLabel: string;
  /** The object of the org as it is. */
  readonly object: ObjectDescription;
}

/**
 * A field of the org for each column of the system: a new one with type, length, label and help, or the one that is
 * there already under that name and can take the values. Asking again after they were made proposes the same.
 */
export function proposeFields(request: ProposalRequest): readonly FieldProposal[] {
  const { columns, object, naming } = request;
  const period = request.period ?? columns.period;
  const there = new Map([...object.fields.values()].map((field) => [field.path.toLowerCase(), field]));
  const taken = new Set<string>();
  const proposals: FieldProposal[] = [];
  for (const column of columns.fields.values()) {
    const { path, label } = column;
    const about = { source: path, sourceLabel: label };
    if (path === request.key?.source && isOwnField(naming.prefix, request.key.target)) {
      proposals.push({ ...about, ...keyField(request, request.key.target, label) });
      taken.add(request.key.target.toLowerCase());
      continue;
    }
    const refusal = naming.refusal(path) ?? (column.readable ? undefined : `${label} cannot be read.`);
    const { shape, transform } = shapeOf(column);
    if (refusal !== undefined || shape === undefined) {
      const why = refusal ?? `${label} is a ${column.type}, which no field of the org can hold.`;
      proposals.push({ ...about, cannotUse: why });
      continue;
    }
    const parts = { prefix: naming.prefix, metric: label, ...(period !== undefined && { period }) };
    const target = firstFree(parts, taken, there, shape);
    taken.add(target.toLowerCase());
    proposals.push({
      ...about,
      target,
      ...(transform !== undefined && { transform }),
      label: fieldLabelOf(parts),
      help: helpOf(request, label, period),
      shape,
      exists: there.has(target.toLowerCase()),
    });
  }
  return proposals;
}

/** The first name that no other column has, and that is free in the org or is a field that takes these values. */
function firstFree(
  parts: Parameters<typeof fieldNameOf>[0],
  taken: ReadonlySet<string>,
  there: ReadonlyMap<string, FieldDescription>,
  shape: FieldShape,
): string {
  const tried = new Set(taken);
  for (;;) {
    const name = fieldNameOf(parts, tried);
    const field = there.get(name.toLowerCase());
    if (!field || (field.path === name && field.writable && takes(field, shape))) return name;
    tried.add(name.toLowerCase());
  }
}

/** The field that the sync tells records by: unique, and each letter of an ID counts. */
function keyField({ object, systemLabel }: ProposalRequest, target: string, label: string) {
  const help = `${readable(label)} of ${systemLabel}. Plumbline finds the record by it.`;
  const shape: FieldShape = { type: 'Text', length: mostOfText, isKey: true };
  return { target, label: fieldLabelOf({ metric: label }), help, shape, exists: object.fields.has(target) };
}

/** Types that a described field of the org may have for a shape. */
const typesOf: Readonly<Record<FieldShape['type'], readonly string[]>> = {
  Text: ['string', 'textarea'],
  LongTextArea: ['textarea'],
  Number: ['double', 'percent', 'currency'],
  Checkbox: ['boolean'],
  Date: ['date'],
  DateTime: ['datetime'],
};

function takes(field: FieldDescription, shape: FieldShape): boolean {
  if (!typesOf[shape.type].includes(field.type)) return false;
  return shape.type !== 'Number' || (field.scale ?? shape.scale) >= shape.scale;
}

const texts: ReadonlySet<string> = new Set(['string', 'text', 'email', 'phone', 'url', 'id', 'picklist', 'combobox']);
const wholes: ReadonlySet<string> = new Set(['integer', 'int', 'long']);
const fractions: ReadonlySet<string> = new Set(['float', 'double', 'number', 'currency', 'percent']);

/** The field that holds a column's values, and the transform that makes them fit; no shape where none does. */
function shapeOf({ type, length }: FieldDescription): {
  readonly shape?: FieldShape;
  readonly transform?: string;
} {
  const name = type.toLowerCase();
  if (texts.has(name)) return { shape: textOf(length ?? 0) };
  if (wholes.has(name)) return { shape: { type: 'Number', precision: 18, scale: 0 } };
  // Averages have more decimals than a field keeps: rounding them is asked for, never done in silence.
  if (fractions.has(name)) return { shape: { type: 'Number', precision: 18, scale: 2 }, transform: 'twoDecimals' };
  if (name === 'boolean') return { shape: { type: 'Checkbox' } };
  if (name === 'date') return { shape: { type: 'Date' } };
  if (name === 'datetime' || name === 'time' || name === 'timestamp')
    return { shape: { type: 'DateTime' }, transform: 'datetime' };
  if (name === 'list' || name === 'array') return { shape: longText, transform: 'text' };
  return {};
}

function textOf(length: number): FieldShape {
  return length <= mostOfText ? { type: 'Text', length: mostOfText } : longText;
}

/** Most characters of a field's help (Metadata API, `inlineHelpText`). */
const mostOfHelp = 510;

function helpOf({ systemLabel, columns }: ProposalRequest, label: string, period: string | undefined): string {
  const of = period === undefined ? '' : `, ${period.charAt(0).toLowerCase()}${period.slice(1)}`;
  const from = `${readable(label)} from ${systemLabel}: ${columns.label}${of}.`.slice(0, mostOfHelp - 60);
  return `${from} Plumbline keeps it up to date and overwrites edits.`;
}
