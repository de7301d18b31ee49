import { readFileSync } from 'node:fs';
import { pageOf } from '../kit/index.ts';

/** The page that shows users, requests and limits and sets the fault dial; it talks to the control API alone. */
export const page: string = pageOf('Iterable', readFileSync(new URL('./page.html', import.meta.url), 'utf8'));
