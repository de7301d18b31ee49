import { askWorker } from 'c/plumblineCommand';
import { click, find, findAll, fire, show } from 'plumbline/testing';
import PlumblineCheckRecord from '../plumblineCheckRecord';

jest.mock('c/plumblineCommand', () => ({ askWorker: jest.fn() }));

const id = '00Q000000000001AAA';
const body = { sync: 'leads', source: id, outcome: 'unchanged', sentence: 'The same.', waiting: false };

async function check(given: string): Promise<HTMLElement> {
  const element = await show(PlumblineCheckRecord, { canAsk: true });
  await fire(element, '[data-id=record]', 'change', { value: given });
  await click(element, '[data-id=check]');
  return element;
}

describe('c-plumbline-check-record', () => {
  it.each([id, ` ${id} `, `https://example.my.salesforce.com/lightning/r/Lead/${id}/view`])(
    'N-04: asks why of an ID, or of the address of a page',
    async (given) => {
      jest.mocked(askWorker).mockResolvedValue({ body, hidden: ['Phone'] });
      const element = await check(given);
      expect(askWorker).toHaveBeenCalledWith({ kind: 'explain', target: id });
      expect(find(element, 'c-plumbline-explanation')).toMatchObject({ explanation: body, hiddenFields: ['Phone'] });
      await expect(element).toBeAccessible();
    },
  );

  it('says what it takes when it is given something else, and asks nobody', async () => {
    const element = await check('Ada');
    expect(askWorker).not.toHaveBeenCalled();
    expect(find(element, 'c-plumbline-state')).toMatchObject({ problem: { denied: false } });
  });

  it('tells why there is no answer', async () => {
    jest.mocked(askWorker).mockRejectedValue(new Error('No active sync reads it.'));
    const element = await check(id);
    expect(find(element, 'c-plumbline-state')).toMatchObject({
      loading: false,
      problem: { sentence: 'No active sync reads it.' },
    });
  });

  it('is not there for who may not ask', async () => {
    expect(findAll(await show(PlumblineCheckRecord), '*')).toEqual([]);
  });
});
