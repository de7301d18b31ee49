import { findAll, show } from 'plumbline/testing';
import PlumblineTable from '../plumblineTable';

describe('c-plumbline-table', () => {
  it('shows each row under its columns, and labels each cell for the phone', async () => {
    const element = await show(PlumblineTable, {
      caption: 'Fields',
      columns: [
        { name: 'field', label: 'Field' },
        { name: 'after', label: 'After' },
      ],
      rows: [
        { key: '1', field: 'email', after: 'ada@example.com', marked: true },
        { key: '2', field: 'name' },
      ],
    });
    expect(findAll(element, 'thead th').map((cell) => cell.textContent)).toEqual(['Field', 'After']);
    expect(findAll(element, '.cell').map((cell) => [cell.dataset['label'], cell.textContent])).toEqual([
      ['Field', 'email'],
      ['After', 'ada@example.com'],
      ['Field', 'name'],
      ['After', ''],
    ]);
    expect(findAll(element, '.marked')).toHaveLength(1);
    await expect(element).toBeAccessible();
  });
});
