import { pause, startPoll } from 'c/plumblineTimer';

function hide(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
  document.dispatchEvent(new CustomEvent('visibilitychange'));
}

describe('c-plumbline-timer', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    hide(false);
  });

  it('pauses', async () => {
    const woken = jest.fn();
    void pause(1_000).then(woken);
    await jest.advanceTimersByTimeAsync(999);
    expect(woken).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(woken).toHaveBeenCalledTimes(1);
  });

  it('looks after each wait, and ends after the most looks', async () => {
    const look = jest.fn().mockResolvedValue(undefined);
    const ended = jest.fn();
    startPoll({ look, wait: () => 10, most: 3, ended });
    expect(look).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(look).toHaveBeenCalledTimes(3);
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it('rests while the page is hidden, and looks at once when it is seen', async () => {
    const look = jest.fn().mockResolvedValue(undefined);
    const { stop } = startPoll({ look, wait: () => 1_000, most: 10 });
    hide(true);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(look).not.toHaveBeenCalled();
    hide(false);
    expect(look).toHaveBeenCalledTimes(1);
    stop();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(look).toHaveBeenCalledTimes(1);
  });
});
