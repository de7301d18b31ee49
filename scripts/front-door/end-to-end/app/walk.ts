import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { seriousViolations } from '../../../../local/org/shell/testing/axe.ts';
import { picture } from './pictures.ts';

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 900 };

/** What a person finds on a screen by its words. */
export interface Screen {
  readonly button: (name: string | RegExp) => Locator;
  /** A required one has an asterisk before its name. */
  readonly field: (name: string) => Locator;
  readonly text: (words: string | RegExp) => Locator;
  /** What is checked of a screen before it is left, at desktop and at phone width; and on demand a picture. */
  readonly seen: (name: string) => Promise<void>;
}

/** `page` gives the page of the moment: a suite knows it once it has begun. */
export function screenOf(page: () => Page): Screen {
  return {
    button: (name) => page().getByRole('button', { name, exact: true }),
    field: (name) => page().getByLabel(new RegExp(`${name}$`)),
    text: (words) => page().getByText(words).first(),
    async seen(name) {
      await picture(page(), name);
      for (const viewport of [phone, desktop]) {
        await page().setViewportSize(viewport);
        assert.deepEqual([name, viewport.width, await seriousViolations(page())], [name, viewport.width, []]);
        const overflow = await page().evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        assert.ok(overflow <= 0, `${name} is ${overflow} px wider than a screen of ${viewport.width}`);
      }
    },
  };
}

/**
 * The tests of one way through the app, a stretch each: where one before it ended otherwise than meant, there is nothing
 * to go on from.
 */
export function stretches(): (title: string, walk: () => Promise<void>) => void {
  let walks = true;
  return (title, walk) =>
    void test(title, async () => {
      assert.ok(walks, 'The way ended before this.');
      walks = false;
      await walk();
      walks = true;
    });
}
