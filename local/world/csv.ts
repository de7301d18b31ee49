import type { GeneratedLead } from './people.ts';

const columns = [
  'FirstName',
  'LastName',
  'Company',
  'Email',
  'Title',
  'Status',
  'LeadSource',
  'City',
  'Country',
] as const;

/** CSV of leads for a Bulk 2.0 ingest job, LF line endings, RFC 4180 quoting; at most `rows` records a text. */
export function* leadsAsCsv(leads: Iterable<GeneratedLead>, rows: number): Generator<string> {
  let text = '';
  let count = 0;
  for (const lead of leads) {
    if (count === 0) text = `${columns.join(',')}\n`;
    text += `${columns.map((column) => quoted(lead[column] ?? '')).join(',')}\n`;
    count += 1;
    if (count === rows) {
      yield text;
      count = 0;
    }
  }
  if (count > 0) yield text;
}

function quoted(value: string): string {
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
