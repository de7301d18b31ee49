import { fieldOf } from 'plumbline/testing-setup';
import { fits } from '../fit';

const target = (type: string): { path: string; label: string; type: string; writable: boolean } => ({
  path: 'x',
  label: 'X',
  type,
  writable: true,
});
const mapping = (
  transform = '',
): { source: string; target: string; blank: string; position: number; transform: string } => ({
  source: 'Email',
  target: 'x',
  blank: 'keep',
  position: 1,
  transform,
});

describe('c-plumbline-setup-fields: fit', () => {
  it.each([
    ['EMAIL', '', 'text', true],
    ['EMAIL', '', 'number', false],
    ['EMAIL', 'number', 'number', true],
    ['DOUBLE', '', 'number', true],
    ['DOUBLE', 'text', 'number', false],
    ['DATETIME', '', 'date', false],
    ['MULTIPICKLIST', 'splitMultiPicklist', 'list', true],
    ['EMAIL', '', 'something new', true],
  ])('K-11: %s by "%s" into %s: %s', (type, transform, into, fit) => {
    expect(fits(mapping(transform), fieldOf({ type }), target(into))).toBe(fit);
  });

  it('does not judge what is not described', () => {
    expect(fits(mapping(), undefined, target('number'))).toBe(true);
    expect(fits(mapping(), fieldOf({}), undefined)).toBe(true);
  });
});
