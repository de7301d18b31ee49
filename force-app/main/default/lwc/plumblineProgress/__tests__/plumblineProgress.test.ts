import { find, findAll, settle, show, textOf } from 'plumbline/testing';
import PlumblineProgress from '../plumblineProgress';

describe('c-plumbline-progress', () => {
  it('shows the part that is done, to the eye and to a screen reader, and moves', async () => {
    const element = await show(PlumblineProgress, { label: 'Backfill of leads', done: 10_000, expected: 40_000 });
    const bar = find(element, '[role=progressbar]');
    expect(bar.getAttribute('aria-valuenow')).toBe('25');
    expect(bar.getAttribute('aria-valuetext')).toBe('10,000 of 40,000 records');
    element.done = 50_000;
    await settle();
    expect(bar.getAttribute('aria-valuenow')).toBe('100');
    await expect(element).toBeAccessible();
  });

  it('shows no part of a whole that is not known', async () => {
    const element = await show(PlumblineProgress, { label: 'Live', done: 7, expected: null });
    expect(findAll(element, '[role=progressbar]')).toEqual([]);
    expect(textOf(element, '[data-id=text]')).toBe('7 records so far');
    await expect(element).toBeAccessible();
  });
});
