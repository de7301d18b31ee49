import { ago, count, duration, exact, fill, shortDay, valueText } from 'c/plumblineFormat';

const noon = Date.parse('2026-05-04T12:00:00Z');

describe('c-plumbline-format', () => {
  it('fills the places of a sentence and leaves those without a value', () => {
    expect(fill('{0} of {1}, {0}, {2}', 1200, 'many')).toBe('1,200 of many, 1,200, {2}');
  });

  it('C-08: tells how long ago in words, and the exact time in the time zone of the reader', () => {
    expect(ago(noon - 20_000, noon)).toBe('20 seconds ago');
    expect(ago('2026-05-04T11:57:00Z', noon)).toBe('3 minutes ago');
    expect(ago(noon + 7_200_000, noon)).toBe('in 2 hours');
    expect(ago('2026-05-03T12:00:00Z', noon)).toBe('yesterday');
    expect(exact(noon)).toMatch(/May 4, 2026, 5:00:00.AM/);
  });

  it('tells days, lengths of time and numbers as the reader writes them', () => {
    expect(shortDay('2026-05-04')).toBe('May 4');
    expect([12, 61, 3_700, 200_000].map(duration)).toEqual(['12 seconds', '2 minutes', '2 hours', '3 days']);
    expect(count(1234567)).toBe('1,234,567');
  });

  it('shows any value as text', () => {
    expect([undefined, null, '', 'x', 1000, true, ['a']].map((value) => valueText(value, '–'))).toEqual([
      '–',
      '–',
      '–',
      'x',
      '1,000',
      'true',
      '["a"]',
    ]);
  });
});
