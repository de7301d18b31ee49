import { readFileSync } from 'node:fs';

/** The page that shows users, requests and limits and sets the fault dial; it talks to the control API alone. */
export const page: string = readFileSync(new URL('./page.html', import.meta.url), 'utf8');
