export interface FieldValue {
  readonly displayValue: string | null;
  /** A record where the field is a parent. */
  readonly value: string | number | boolean | null | RecordValue;
}

export interface RecordValue {
  readonly apiName: string;
  readonly id: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/** What a page shows of a field, or of a path over parents; empty for no value. */
export function shownText(record: RecordValue, path: string): string {
  const [first = '', ...rest] = path.split('.');
  const field = record.fields[first];
  if (field === undefined || field.value === null) return '';
  if (rest.length > 0) return typeof field.value === 'object' ? shownText(field.value, rest.join('.')) : '';
  if (field.displayValue !== null) return field.displayValue;
  if (typeof field.value === 'boolean') return field.value ? 'Yes' : 'No';
  return typeof field.value === 'object' ? '' : String(field.value);
}
