/** The 18 characters of a record's ID, alone or inside the address of its page. */
const idPattern = /(?:^|[/=])([a-zA-Z0-9]{18})(?=$|[/?&#])/;

/** The record's ID in what a person typed or pasted; absent when there is none. */
export function recordIdIn(given: string): string | undefined {
  return idPattern.exec(given.trim())?.[1];
}
