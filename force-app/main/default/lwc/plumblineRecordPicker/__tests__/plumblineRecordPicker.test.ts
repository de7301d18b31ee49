import findRecords from '@salesforce/apex/PlumblineSetupController.findRecords';
import { find, findAll, fire, settle, show, textOf } from 'plumbline/testing';
import PlumblineRecordPicker from '../plumblineRecordPicker';

const id = '00Q000000000001AAA';
const picker = { label: 'Record', objectName: 'Lead' };

async function type(element: HTMLElement, value: string): Promise<void> {
  await fire(element, '[data-id=record]', 'change', { value });
  jest.runAllTimers();
  await settle();
}

const listen = (element: HTMLElement): jest.Mock => {
  const picked = jest.fn();
  element.addEventListener('picked', (event) => {
    picked((event as CustomEvent<{ record: string }>).detail.record);
  });
  return picked;
};

describe('c-plumbline-record-picker', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  it('finds a record by its name, and takes the one that is chosen', async () => {
    jest.mocked(findRecords).mockResolvedValue([{ id, name: 'Ada Lovelace' }]);
    const element = await show(PlumblineRecordPicker, picker);
    const picked = listen(element);
    await type(element, ' ada ');
    expect(findRecords).toHaveBeenCalledWith({ objectName: 'Lead', text: 'ada' });
    expect(find(element, '[data-id=records]')).toMatchObject({
      options: [{ label: `Ada Lovelace (${id})`, value: id }],
    });
    await fire(element, '[data-id=records]', 'change', { value: id });
    expect(picked.mock.calls).toEqual([[''], [id]]);
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  it('takes an ID or the address of a page at once, and looks for nobody', async () => {
    const element = await show(PlumblineRecordPicker, picker);
    const picked = listen(element);
    await type(element, `https://org.example/lightning/r/Lead/${id}/view`);
    await type(element, 'a');
    expect(picked.mock.calls).toEqual([[id], ['']]);
    expect(findRecords).not.toHaveBeenCalled();
  });

  it('asks for what was typed last, and shows no answer to what was typed before', async () => {
    let answer: (records: { id: string; name: string }[]) => void = () => undefined;
    jest.mocked(findRecords).mockImplementationOnce(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    const element = await show(PlumblineRecordPicker, picker);
    await type(element, 'ada');
    jest.mocked(findRecords).mockResolvedValueOnce([]);
    await type(element, 'grace');
    answer([{ id, name: 'Ada' }]);
    await settle();
    expect(findAll(element, '[data-id=records]')).toEqual([]);
    expect(textOf(element, '[data-id=status]')).toBe('No record that you may see is called so.');
  });

  it('says why it cannot look', async () => {
    jest.mocked(findRecords).mockRejectedValueOnce(new Error('It broke.'));
    const element = await show(PlumblineRecordPicker, picker);
    await type(element, 'ada');
    expect(find(element, 'c-plumbline-state')).toMatchObject({ problem: { sentence: 'It broke.' } });
  });
});
