import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ApexParserFactory, SoqlLiteralContext, ThrowingErrorListener } from '@apexdevtools/apex-parser';
import { createLocalOrg } from './index.ts';
import type { ApexQuery, BoundValue } from './core/index.ts';

const folder = fileURLToPath(new URL('../../force-app', import.meta.url));

interface ApexQueryText {
  readonly place: string;
  readonly soql: string;
}

/** Every static query of a class or trigger: the text between its brackets. */
function queriesOf(file: string): readonly ApexQueryText[] {
  const source = readFileSync(`${folder}/${file}`, 'utf8');
  const { parser } = ApexParserFactory.createLexerAndParser(source, ThrowingErrorListener.INSTANCE);
  // The parser counts characters, not the units of a JavaScript string.
  const characters = [...source];
  const found: ApexQueryText[] = [];
  const visit = (node: { children?: unknown[] | null }): void => {
    if (node instanceof SoqlLiteralContext) {
      const { start, stop } = node;
      const soql = characters.slice(start.start + 1, stop?.stop).join('');
      found.push({ place: `${file}:${start.line}`, soql });
    }
    for (const child of node.children ?? []) visit(child as { children?: unknown[] | null });
  };
  visit(file.endsWith('.trigger') ? parser.triggerUnit() : parser.compilationUnit());
  return found;
}

/** Something of the kind that stands in the place of a bound expression: what it is called with does not matter here. */
function bindFor(soql: string): ApexQuery['bind'] {
  return (expression): BoundValue => {
    const before = soql.slice(0, soql.indexOf(`:${expression}`)).trimEnd();
    if (/\bLIMIT$/i.test(before)) return 1;
    if (/\bIN$/i.test(before)) return [];
    if (/\bLIKE$/i.test(before)) return 'x';
    return /(At__c|Seen__c|Date)\s*[<>]=?$/i.test(before) ? { kind: 'datetime', text: '2026-01-01T00:00:00Z' } : null;
  };
}

test('every query of the package’s Apex asks for objects and fields that are there', () => {
  const org = createLocalOrg();
  const deployed = org.deployPackage(folder);
  assert.ok(deployed.success, JSON.stringify(deployed.details.componentFailures));
  const session = { userId: org.core.adminUserId, token: '', origin: '' };
  const files = globSync('**/*.{cls,trigger}', { cwd: folder });
  const queries = files.flatMap(queriesOf);
  assert.ok(queries.length > 50, `${queries.length} queries were found`);
  const wrong: string[] = [];
  const ask = ({ place, soql }: ApexQueryText): void => {
    try {
      org.core.prepare(soql, session, { apex: { bind: bindFor(soql), mode: 'system', sharing: false } });
    } catch (error) {
      wrong.push(`${place}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  queries.forEach(ask);
  assert.deepEqual(wrong, []);
  ask({ place: 'planted', soql: 'SELECT Nonsense__c FROM Plumbline_Run__c' });
  assert.equal(wrong.length, 1, 'a field that is not there is found');
});
