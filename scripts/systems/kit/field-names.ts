/** Most characters of a custom field's API name, its suffix not counted, and of its label (object reference). */
const mostOfName = 40;
const mostOfLabel = 40;
/** So many characters are left to the metric, however long the words of the span of time are. */
const leastOfMetric = 12;

export interface NameParts {
  /** First characters of the API name: `Acme_`. */
  readonly prefix: string;
  /** What is measured, as the system writes it: `Time on site`, `timeOnSite`, `account_custom_tier`. */
  readonly metric: string;
  /** The span of time that it is measured in, in words: `Last 30 days`; absent for what has none. */
  readonly period?: string;
}

/**
 * `Acme_<Metric>_<Range>__c` of plain letters and digits, unlike any of `taken` (in small letters, as an org compares
 * names). What is too long loses the end of its metric, never its range; of two alike the second one gets a number.
 */
export function fieldNameOf({ prefix, metric, period }: NameParts, taken: ReadonlySet<string>): string {
  const most = mostOfName - prefix.length;
  const range = joined(wordsOf(period ?? '')).slice(0, most - leastOfMetric - 1);
  const tail = range === '' ? '' : `_${range}`;
  const whole = joined(wordsOf(metric)) || 'Field';
  for (let number = 1; ; number++) {
    const distinction = number === 1 ? '' : String(number);
    const name = `${prefix}${whole.slice(0, most - tail.length - distinction.length)}${distinction}${tail}__c`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

/** `Time on site, last 30 days`, in at most 40 characters. */
export function fieldLabelOf({ metric, period }: Omit<NameParts, 'prefix'>): string {
  const tail = period === undefined ? '' : `, ${period.charAt(0).toLowerCase()}${period.slice(1)}`.slice(0, 24);
  return cut(readable(metric), mostOfLabel - tail.length) + tail;
}

/** A metric as people read it: `timeOnSite` → `Time on site`. What has blanks was written for people. */
export function readable(metric: string): string {
  const text = metric.trim();
  const words = text.includes(' ') ? text : wordsOf(text).map(smallUnlessShort).join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `NPS` stays what it is. */
function smallUnlessShort(word: string): string {
  return word === word.toUpperCase() ? word : word.toLowerCase();
}

/** Words of plain letters and digits; accents are taken off. */
function wordsOf(text: string): readonly string[] {
  const plain = text.normalize('NFKD').replaceAll(/\p{Mark}/gu, '');
  return plain.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').match(/[A-Za-z0-9]+/g) ?? [];
}

function joined(words: readonly string[]): string {
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}
