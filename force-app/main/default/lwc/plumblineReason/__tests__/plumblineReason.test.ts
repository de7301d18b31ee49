import { show, textOf } from 'plumbline/testing';
import PlumblineReason from '../plumblineReason';

describe('c-plumbline-reason', () => {
  it('N-04: tells the outcome in words beside its colour, the sentence and the next step', async () => {
    const sentence = 'The sync was paused.';
    const element = await show(PlumblineReason, { outcome: 'held', sentence, nextStep: 'Resume it.' });
    expect(textOf(element, '[data-id=outcome]')).toBe('Held');
    expect(textOf(element, '[data-id=sentence]')).toBe(sentence);
    expect(textOf(element, '[data-id=next]')).toBe('What to do: Resume it.');
    await expect(element).toBeAccessible();
  });

  it('has no empty next step', async () => {
    const element = await show(PlumblineReason, { outcome: 'created', sentence: 'It would be created.' });
    expect(textOf(element, '[data-id=outcome]')).toBe('Created');
    expect(textOf(element, '[data-id=next]')).toBeUndefined();
    await expect(element).toBeAccessible();
  });
});
