import { readFileSync } from 'node:fs';

const frame = readFileSync(new URL('./page.html', import.meta.url), 'utf8');

/**
 * The page of a stand-in: limits, faults, calls and the last requests, as all of them have, then the system's own part,
 * an HTML text whose script calls the frame's `startPage`. It talks to the control API alone.
 */
export function pageOf(system: string, part: string): string {
  return frame.replaceAll('%system%', system).replace('<div id="system"></div>', () => part);
}
