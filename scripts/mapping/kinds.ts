/** What kind of value a field holds, whatever its system calls the type. */
export type Kind = 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'list' | 'unknown';

const kindsByType: Readonly<Record<string, Kind>> = {
  string: 'text',
  text: 'text',
  textarea: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  id: 'text',
  reference: 'text',
  picklist: 'text',
  combobox: 'text',
  keyword: 'text',
  multipicklist: 'text',
  encryptedstring: 'text',
  int: 'number',
  integer: 'number',
  long: 'number',
  double: 'number',
  float: 'number',
  number: 'number',
  currency: 'number',
  percent: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  timestamp: 'datetime',
  array: 'list',
  list: 'list',
};

/** The kind behind a system's own type name; `unknown` for a name not known here, which nothing is checked against. */
export function kindOf(type: string): Kind {
  return kindsByType[type.toLowerCase()] ?? 'unknown';
}

/** True when a value of kind `from` can stand where `to` is expected, without a transform. */
export function fits(from: Kind, to: Kind): boolean {
  if (from === to || from === 'unknown' || to === 'unknown') return true;
  // A system that knows only one type for moments calls it "date" and takes a time too, never the other way round.
  return from === 'datetime' && to === 'date';
}
