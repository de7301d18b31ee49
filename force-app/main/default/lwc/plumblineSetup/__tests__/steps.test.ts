import { newDraft } from 'plumbline/testing-setup';
import { beginDraft, lackOf, stepToGoOnWith, waitsFor } from '../steps';

const mappings = [{ source: 'Email', target: 'email', blank: 'keep', position: 1 }];
const seen = { rightsComplete: true, rehearsed: true, tested: true };

describe('c-plumbline-setup: steps', () => {
  it('goes on where the draft ends', () => {
    expect(stepToGoOnWith(beginDraft(undefined))).toBe('connect');
    expect(stepToGoOnWith(newDraft({ id: 'a01' }))).toBe('rights');
    expect(stepToGoOnWith(newDraft({ id: 'a01', mappings }))).toBe('rehearse');
  });

  it('names what a step lacks', () => {
    expect(lackOf('connect', beginDraft(undefined))).toMatch(/connection/);
    expect(lackOf('connect', newDraft({ name: 'two words' }))).toMatch(/name/);
    expect(lackOf('connect', newDraft({ systemObject: '' }))).toMatch(/object/);
    expect(lackOf('records', newDraft({ include: ' ' }))).toMatch(/condition/);
    expect(lackOf('match', newDraft({ keySource: null }))).toMatch(/key/);
    expect(lackOf('fields', newDraft({}))).toMatch(/at least one/);
    expect(lackOf('fields', newDraft({ mappings: [{ ...mappings[0], target: '' } as never] }))).toMatch(/for each/);
    expect(lackOf('rules', newDraft({ sweepAt: '25:00' }))).toMatch(/time/);
    for (const step of ['connect', 'records', 'match', 'fields', 'rules'] as const)
      expect(lackOf(step, newDraft({ mappings }))).toBe('');
  });

  it('N-11: goes live only with fields, rights, a dry run and a tested record', () => {
    const draft = newDraft({ mappings });
    expect(waitsFor(newDraft({}), seen)).toMatch(/at least one field/);
    expect(waitsFor(draft, { ...seen, rightsComplete: false })).toMatch(/rights/);
    expect(waitsFor(draft, { ...seen, rehearsed: false })).toMatch(/dry run/);
    expect(waitsFor(draft, { ...seen, tested: false })).toMatch(/Test one record/);
    expect(waitsFor(draft, seen)).toBe('');
  });
});
