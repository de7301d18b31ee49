import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Where pictures of what a test walks through are kept; absent, none are taken. */
const folder = process.env['PLUMBLINE_PICTURES'];

/** Takes a picture of the whole page into the folder that PLUMBLINE_PICTURES names, where it names one. */
export async function picture(page: Page, name: string): Promise<void> {
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  // From its top: what stays in place while a page is scrolled would lie over its middle.
  await page.evaluate('scrollTo(0, 0)');
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, animations: 'disabled' });
}
