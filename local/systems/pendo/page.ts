import { readFileSync } from 'node:fs';

/** The page that shows and edits accounts, visitors, fields and reports and sets the faults; it talks to the control API alone. */
export const page: string = readFileSync(new URL('./page.html', import.meta.url), 'utf8');
