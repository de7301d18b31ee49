import { find, show } from 'plumbline/testing';
import type { Worker } from 'plumbline/health';
import PlumblineWorker from '../plumblineWorker';

const lastBeat = new Date(Date.now() - 600_000).toISOString();
const worker: Worker = { known: true, alive: true, lastBeat, backlog: 0, listening: true };

describe('c-plumbline-worker', () => {
  it.each([
    [worker, 'success', /^The worker runs.*10 minutes ago.*listens/, /^$/],
    [{ ...worker, listening: false }, 'success', /^The worker runs.*polls/, /^$/],
    [{ ...worker, alive: false }, 'error', /stopped.*10 minutes ago/, /npm run worker/],
    [{ ...worker, known: false, alive: false }, 'warning', /No worker has ever/, /npm run worker/],
  ])('tells the beat, and what to start when there is none', async (each, variant, message, nextStep) => {
    const element = await show(PlumblineWorker, { worker: each });
    expect(find(element, 'c-plumbline-notice')).toMatchObject({
      variant,
      message: expect.stringMatching(message) as string,
      nextStep: expect.stringMatching(nextStep) as string,
    });
    await expect(element).toBeAccessible();
  });
});
