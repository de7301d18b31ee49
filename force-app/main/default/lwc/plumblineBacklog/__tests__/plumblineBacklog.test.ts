import { find, findAll, show, textOf } from 'plumbline/testing';
import type { Worker } from 'plumbline/health';
import PlumblineBacklog from '../plumblineBacklog';

const now = Date.parse('2026-05-04T12:00:00Z');
const at = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();
const worker: Worker = {
  known: true,
  alive: true,
  backlog: 500,
  listening: true,
  backlogTrend: [
    { at: at(-20), records: 1000 },
    { at: at(0), records: 500 },
  ],
  drainsAt: at(20),
};

describe('c-plumbline-backlog', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now, doNotFake: ['queueMicrotask', 'nextTick'] });
  });

  it('draws what waited, and dashed the way to the drain', async () => {
    const element = await show(PlumblineBacklog, { worker });
    expect(textOf(element, '[data-id=sentence]')).toBe('500 records wait; they will be through in 20 minutes.');
    expect(find(element, '.past').getAttribute('points')).toBe('0,8 280,63');
    expect(find(element, '.forecast').getAttribute('points')).toBe('280,63 560,118');
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  it('draws no forecast that nobody knows, and no line of a single point', async () => {
    const element = await show(PlumblineBacklog, { worker: { ...worker, drainsAt: null } });
    expect(findAll(element, '.forecast')).toEqual([]);
    expect(textOf(element, '[data-id=sentence]')).toBe('500 records wait.');
    const young = await show(PlumblineBacklog, { worker: { ...worker, backlogTrend: [], backlog: 0 } });
    expect(findAll(young, 'svg')).toEqual([]);
    expect(textOf(young, '[data-id=sentence]')).toBe('Nothing waits.');
  });
});
