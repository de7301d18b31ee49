import { setTimeout } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import type { UserPage } from '../../local/org/shell/testing/browser.ts';
import { launchBrowser, logIn } from '../../local/org/shell/testing/browser.ts';
import type { Org } from '../../scripts/front-door/main-job.ts';
import { callOrg } from '../../scripts/front-door/main-job.ts';
import { backfilled, startWorker, startWorld } from '../harness/world.ts';
import { addIssues, addRuns } from './history.ts';

const runs = 2_000;
const issues = 1_000;
const visits = 7;
/** What a screen of the app may take. */
const usableWithinMilliseconds = 1_000;

/** A page, and what is on it once it can be used. */
interface Screen {
  readonly path: string;
  usable(page: Page): Promise<void>;
}

interface Figures {
  readonly clickedMs: number;
  readonly openedMs: number;
}

/**
 * Milliseconds until each screen of the app can be used, over an org with `records` leads, two thousand runs and a
 * thousand open issues: `clicked` from within the app, as people move about, and `opened` by its address, which loads
 * the page itself, the base components and all of the app anew. Medians of several visits, after a first one.
 */
export async function screens(records: number): Promise<object> {
  const world = await startWorld(records);
  try {
    const { answer: org } = world.org;
    const worker = await startWorker(world, 'store.sqlite');
    await backfilled(worker);
    const [sync] = await query<{ Id: string }>(org, "SELECT Id FROM Plumbline_Sync__c WHERE Unique_Name__c = 'leads'");
    const own = { id: sync?.Id ?? '', name: 'leads' };
    const leads = await query<{ Id: string }>(org, `SELECT Id FROM Lead LIMIT ${issues}`);
    await addRuns(org, own, runs);
    await addIssues(
      org,
      own,
      leads.map(({ Id }) => Id),
    );
    const figures = await measure(org, own.id, leads[0]?.Id ?? '');
    await worker.stop();
    return { runs, issues, ...figures };
  } finally {
    await world.stop();
  }
}

async function measure(org: Org, syncId: string, leadId: string): Promise<object> {
  const shown = await shownScreens(org, syncId, leadId);
  const browser = await launchBrowser();
  try {
    const started = performance.now();
    const [home] = Object.values(shown);
    const user = await logIn(browser, org.instanceUrl, 'Admin User', home?.path ?? '');
    await home?.usable(user.page);
    const firstPageMs = Math.round(performance.now() - started);
    const figures: Record<string, Figures> = {};
    for (const [name, screen] of Object.entries(shown)) figures[name] = await visit(user, org, screen);
    const passed = Object.values(figures).every(({ clickedMs }) => clickedMs < usableWithinMilliseconds);
    return { firstPageMs, screens: figures, passed };
  } finally {
    await browser.close();
  }
}

async function shownScreens(org: Org, syncId: string, leadId: string): Promise<Readonly<Record<string, Screen>>> {
  const [run] = await query<{ Id: string }>(org, "SELECT Id FROM Plumbline_Run__c WHERE Kind__c = 'backfill' LIMIT 1");
  const [issue] = await query<{ Id: string }>(org, 'SELECT Id FROM Plumbline_Issue__c LIMIT 1');
  // In the page itself: its frame has tabs that are called alike.
  const text = (words: RegExp) => (page: Page) => seen(page.locator('main').getByText(words));
  const rows = (page: Page) => seen(page.locator('main table tbody tr'));
  return {
    health: { path: '/lightning/n/Plumbline_Health', usable: text(/Every record is accounted for: .* read = /) },
    setup: { path: `/lightning/n/Plumbline_Setup?c__sync=${syncId}`, usable: text(/^Step \d of 9/) },
    syncs: { path: '/lightning/n/Plumbline_Sync__c', usable: rows },
    runs: { path: '/lightning/n/Plumbline_Run__c', usable: rows },
    issues: { path: '/lightning/n/Plumbline_Issue__c', usable: rows },
    leads: { path: '/lightning/o/Lead/list', usable: rows },
    lead: { path: `/lightning/r/Lead/${leadId}/view`, usable: text(/Why\?/) },
    run: { path: `/lightning/r/Plumbline_Run__c/${run?.Id}/view`, usable: text(/By outcome and reason/) },
    issue: { path: `/lightning/r/Plumbline_Issue__c/${issue?.Id}/view`, usable: text(/What stands in the way/) },
  };
}

/** Looks every few milliseconds: the browser's driver waits up to half a second between two looks of its own. */
async function seen(shown: Locator): Promise<void> {
  while (!(await shown.first().isVisible())) await setTimeout(5);
}

/** Each visit comes from an empty page, so that nothing of the visit before is still there. */
async function visit(user: UserPage, org: Org, screen: Screen): Promise<Figures> {
  const { page } = user;
  const opened = async (): Promise<number> => {
    await page.goto('about:blank');
    return timed(async () => {
      await page.goto(`${org.instanceUrl}${screen.path}`, { waitUntil: 'commit' });
      await screen.usable(page);
    });
  };
  const clicked = async (): Promise<number> => {
    await user.open('/lightning/page/nothing');
    // A link of the frame that is already there: the shell shows its page in place.
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('a'), { id: 'go', href: '${screen.path}' }))`,
    );
    return timed(async () => {
      await page.evaluate("document.getElementById('go').click()");
      await screen.usable(page);
    });
  };
  await opened();
  return { clickedMs: await median(clicked), openedMs: await median(opened) };
}

async function timed(act: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

async function median(measureOnce: () => Promise<number>): Promise<number> {
  const measured: number[] = [];
  for (let count = 0; count < visits; count += 1) measured.push(await measureOnce());
  return Math.round(measured.sort((left, right) => left - right)[Math.floor(visits / 2)] as number);
}

async function query<Row>(org: Org, soql: string): Promise<readonly Row[]> {
  return (await callOrg<{ records: Row[] }>(org, 'GET', `/query?q=${encodeURIComponent(soql)}`)).records;
}
