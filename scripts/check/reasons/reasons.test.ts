import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import prettier from 'prettier';
import { readLabels } from './labels.ts';
import { reasonsClass, withReasonLabels } from './index.ts';

const packaged = new URL('../../../force-app/main/default/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, packaged), 'utf8');
const again = 'run node scripts/check/apex-reasons.ts';

test('N-04: the package words every reason as the engine does', () => {
  const labels = read('labels/CustomLabels.labels-meta.xml');
  const reasons = (text: string) => readLabels(text).filter(({ name }) => /^Plumbline_(Reason|Next)_/.test(name));
  const byName = new Map(reasons(labels).map((label) => [label.name, label.value]));
  for (const { name, value } of reasons(withReasonLabels(labels))) assert.equal(byName.get(name), value, again);
  assert.equal(byName.size, reasons(withReasonLabels(labels)).length, again);
  assert.equal(
    byName.get('Plumbline_Reason_merged'),
    'The record was merged into another record, which syncs in its place.',
  );
  for (const value of byName.values()) assert.doesNotMatch(value, /\{|unknown/i);
});

test('N-04: the class of the reasons is the one that the engine’s list makes', async () => {
  const options = await prettier.resolveConfig(new URL('classes/PlumblineReasons.cls', packaged));
  const formatted = await prettier.format(reasonsClass(), { ...options, parser: 'apex' });
  assert.equal(read('classes/PlumblineReasons.cls'), formatted, again);
});
