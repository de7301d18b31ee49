/** All rows of a query that is known to be small. */
export async function collect<Row>(rows: AsyncIterable<Row>): Promise<readonly Row[]> {
  const collected: Row[] = [];
  for await (const row of rows) collected.push(row);
  return collected;
}

/** Cuts values so that the SOQL literals of a part stay well under Salesforce's 16,384 bytes of URI and headers. */
export function cutForQuery(values: readonly string[]): readonly (readonly string[])[] {
  const maxBytes = 10_000;
  const parts: string[][] = [];
  let size = maxBytes;
  for (const value of values) {
    const bytes = encodeURIComponent(value).length + 9;
    if (size + bytes > maxBytes) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(value);
    size += bytes;
  }
  return parts;
}

/** Milliseconds since 1970 as the REST API takes a date and time. */
export function dateTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
