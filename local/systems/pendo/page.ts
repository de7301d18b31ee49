import { readFileSync } from 'node:fs';
import { pageOf } from '../kit/index.ts';

/** The page that shows and edits accounts, visitors, fields and reports and sets the faults; it talks to the control API alone. */
export const page: string = pageOf('Pendo', readFileSync(new URL('./page.html', import.meta.url), 'utf8'));
