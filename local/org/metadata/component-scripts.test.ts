import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployedScript } from './component-scripts.ts';

test("a component's TypeScript is deployed as JavaScript, its decorators kept", () => {
  const script = deployedScript(
    'lwc/health/health.ts',
    "import { LightningElement, api } from 'lwc';\nimport type { Run } from 'c/run';\n" +
      'export default class Health extends LightningElement {\n  @api recordId!: string;\n  run: Run | undefined;\n}\n',
  );
  assert.equal(script?.path, 'lwc/health/health.js');
  assert.match(script?.source ?? '', /@api recordId\s*;/);
  assert.doesNotMatch(script?.source ?? '', /Run|: string/);
});

test('tests and declarations of a component are not deployed', () => {
  for (const path of ['lwc/health/__tests__/health.test.ts', 'lwc/health/health.d.ts', 'classes/Health.ts'])
    assert.equal(deployedScript(path, ''), undefined, path);
});

test('what cannot be erased is refused', () => {
  assert.throws(() => deployedScript('lwc/health/health.ts', 'enum State { Good }'), SyntaxError);
});
