import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { BinaryOperator, Node } from './ast.ts';
import { FormulaError } from './errors.ts';
import { parseFormula } from './parse.ts';

/** A formula tree without places, as the generator makes it and the printer writes it. */
type Bare = Node;

const at = 0;
const operators: readonly BinaryOperator[] = [
  '||',
  '&&',
  '=',
  '<>',
  '<',
  '<=',
  '>',
  '>=',
  '&',
  '+',
  '-',
  '*',
  '/',
  '^',
];
const spellings: Partial<Record<BinaryOperator, string>> = { '=': '==', '<>': '!=' };

const { tree } = fc.letrec<{ tree: Bare; leaf: Bare; branch: Bare }>((tie) => ({
  tree: fc.oneof({ maxDepth: 5 }, tie('leaf'), tie('branch')),
  leaf: fc.oneof(
    fc.integer({ min: 0, max: 1_000_000 }).map((cents): Bare => ({ kind: 'number', value: cents / 100, at })),
    fc.string({ unit: 'grapheme' }).map((value): Bare => ({ kind: 'text', value, at })),
    fc.boolean().map((value): Bare => ({ kind: 'boolean', value, at })),
    fc.constant<Bare>({ kind: 'null', at }),
    fc
      .constantFrom('Status__c', 'Sync__r.Name', 'Owner:User.Email', '$User.Id', 'A1')
      .map((path): Bare => ({ kind: 'reference', path, at })),
  ),
  branch: fc.oneof(
    tie('tree').map((operand): Bare => ({ kind: 'negative', operand, at })),
    fc
      .tuple(fc.constantFrom(...operators), tie('tree'), tie('tree'))
      .map(([operator, left, right]): Bare => ({ kind: 'binary', operator, left, right, at })),
    fc
      .tuple(fc.constantFrom('AND', 'CASE', 'NOW'), fc.array(tie('tree'), { maxLength: 4 }))
      .map(([name, parameters]): Bare => ({ kind: 'call', name, parameters, at })),
  ),
}));

/** Writes a tree as a formula; `respelled` uses the other spellings, small letters, blanks and comments. */
function print(node: Bare, respelled: boolean): string {
  const gap = respelled ? ' /* so */\n' : ' ';
  switch (node.kind) {
    case 'number':
      return String(node.value);
    case 'text':
      return quote(node.value, respelled ? "'" : '"');
    case 'boolean':
      return respelled ? String(node.value) : String(node.value).toUpperCase();
    case 'null':
      return respelled ? 'null' : 'NULL';
    case 'reference':
      return node.path;
    case 'negative':
      return `-(${print(node.operand, respelled)})`;
    case 'binary': {
      const operator = respelled ? (spellings[node.operator] ?? node.operator) : node.operator;
      return `(${print(node.left, respelled)})${gap}${operator}${gap}(${print(node.right, respelled)})`;
    }
    case 'call': {
      const parameters = node.parameters.map((parameter) => print(parameter, respelled)).join(`,${gap}`);
      return `${respelled ? node.name.toLowerCase() : node.name}${respelled ? ' ' : ''}(${parameters})`;
    }
  }
}

const quote = (text: string, mark: string) => `${mark}${text.replace(/["'\\]/g, '\\$&')}${mark}`;

function bare(node: Node): Bare {
  if (node.kind === 'negative') return { ...node, at, operand: bare(node.operand) };
  if (node.kind === 'binary') return { ...node, at, left: bare(node.left), right: bare(node.right) };
  if (node.kind === 'call') return { ...node, at, parameters: node.parameters.map(bare) };
  return { ...node, at };
}

test('what is printed is parsed to the same tree, however it is spelled', () => {
  fc.assert(
    fc.property(tree, fc.boolean(), (made, respelled) => {
      assert.deepEqual(bare(parseFormula(print(made, respelled))), made);
    }),
    { numRuns: 300 },
  );
});

test('operators bind as in an org, those of one kind from the left', () => {
  const same = (one: string, other: string) =>
    assert.deepEqual(bare(parseFormula(one)), bare(parseFormula(other)), one);
  same('a + b * c - d', '((a + (b * c)) - d)');
  same('2 ^ 3 * 4', '(2 ^ 3) * 4');
  same('a = b + 1 && c <> d || e', '(((a = (b + 1)) && (c <> d)) || e)');
  same('"a" & "b" = c', '("a" & "b") = c');
  same('a - b - c', '(a - b) - c');
  same('-a + b', '(-a) + b');
  same('a < b = TRUE', '(a < b) = TRUE');
});

test('what is no formula is refused at its place', () => {
  const cases: readonly (readonly [string, RegExp, number])[] = [
    ['', /Syntax error. Found end of formula/, 0],
    ['1 +', /Found end of formula/, 3],
    ['(1 + 2', /Missing '\)'/, 6],
    ['AND(a, b', /Missing '\)'/, 8],
    ['a)', /Extra '\)'/, 1],
    ['a, b', /Extra ','/, 1],
    ['AND(a,)', /Found '\)'/, 6],
    ['a b', /Found 'b'/, 2],
    ['a # b', /Found '#'/, 2],
    ['"open', /Missing '"'/, 0],
    ['/* open', /Missing '\*\/'/, 0],
    ['('.repeat(300), /levels of nesting/, 250],
  ];
  for (const [formula, message, place] of cases) {
    assert.throws(
      () => parseFormula(formula),
      (error) => error instanceof FormulaError && message.test(error.message) && error.at === place,
      formula,
    );
  }
});
