import { problemOf, SolvableError } from 'c/plumblineProblem';

describe('c-plumbline-problem', () => {
  it('keeps the sentence of Apex, of the UI API and of an error', () => {
    const told = [{ body: { message: 'A' } }, { body: [{ message: 'B' }] }, new Error('C')];
    expect(told.map((error) => problemOf(error).sentence)).toEqual(['A', 'B', 'C']);
  });

  it('keeps what to do next', () => {
    expect(problemOf(new SolvableError('It stands still.', 'Push it.'))).toEqual({
      denied: false,
      sentence: 'It stands still.',
      nextStep: 'Push it.',
    });
  });

  it('tells a missing permission from a fault, and names the permission sets', () => {
    const refused = problemOf({ body: { message: "You do not have access to the Apex class named 'X'." } });
    expect(refused.denied).toBe(true);
    expect(refused.nextStep).toMatch(/Plumbline Viewer/);
    expect(problemOf({ status: 403 }).denied).toBe(true);
  });

  it('says so when the org gave no reason', () => {
    for (const nothing of [undefined, null, {}, 'text']) expect(problemOf(nothing).sentence).toMatch(/no reason/);
  });
});
