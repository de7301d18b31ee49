import type { Locator, Page } from 'playwright-core';

/** More controls than any screen of the app has; who needs more Tabs is caught. */
const mostTabs = 120;
const mostOptions = 600;

/** What these tests, which are checked without the types of a browser, use of an element. */
interface Element {
  readonly outerHTML: string;
  matches(selector: string): boolean;
}

/** What has the focus, for messages. */
async function focused(page: Page): Promise<string> {
  return page
    .locator(':focus')
    .last()
    .evaluate((element: Element) => element.outerHTML.slice(0, 200), undefined, { timeout: 1_000 })
    .catch(() => 'nothing');
}

/** A person at a page who has only a keyboard: every call moves the focus as keys do, and presses keys. */
export interface Keyboard {
  /** Tabs on, or back, until a control has the focus. Throws, naming what has it instead, when keys do not lead there. */
  reach(control: Locator, direction?: 'Tab' | 'Shift+Tab'): Promise<void>;
  /** Reaches a button, a link or a checkbox and presses it. */
  press(control: Locator, key?: 'Enter' | 'Space'): Promise<void>;
  /** Reaches a field and types over what it holds. */
  type(field: Locator, text: string): Promise<void>;
  /** Reaches a combobox and chooses the option of that name with the arrow keys. */
  choose(combobox: Locator, option: string | RegExp): Promise<void>;
}

export function keyboardOf(page: Page): Keyboard {
  const { keyboard } = page;
  async function reach(control: Locator, direction: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await control.waitFor();
    // Found once: finding a control by its name anew at each key costs more than the key.
    const handle = await control.elementHandle();
    for (let turn = 0; turn < mostTabs; turn += 1) {
      if (await handle?.evaluate((element: Element) => element.matches(':focus'))) return;
      // A toast keeps the focus until it is closed; it is on its button then.
      const onToast = (await page.locator('button[title=Close]:focus').count()) > 0;
      await keyboard.press(onToast ? 'Enter' : direction);
    }
    throw new Error(`${mostTabs} Tabs did not lead to ${String(control)}; the focus is on ${await focused(page)}`);
  }
  return {
    reach,
    async press(control, key = 'Enter') {
      await reach(control);
      await keyboard.press(key);
    },
    async type(field, text) {
      await reach(field);
      await keyboard.press('Control+A');
      await keyboard.type(text);
    },
    async choose(combobox, option) {
      await reach(combobox);
      await keyboard.press('Enter');
      const wanted = page.getByRole(
        'option',
        typeof option === 'string' ? { name: option, exact: true } : { name: option },
      );
      await wanted.waitFor();
      const id = await wanted.getAttribute('id');
      for (let turn = 0; turn < mostOptions; turn += 1) {
        if ((await combobox.getAttribute('aria-activedescendant')) === id) {
          await keyboard.press('Enter');
          await wanted.waitFor({ state: 'hidden' });
          return;
        }
        await keyboard.press('ArrowDown');
      }
      throw new Error(`The arrow keys did not lead to the option ${String(option)} of ${String(combobox)}.`);
    },
  };
}
