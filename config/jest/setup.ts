import { TextEncoder } from 'node:util';
// What every test of a component starts with: accessibility matchers, the words of the custom labels, a mock of each
// Apex method that the components call, and every custom permission.
import { readdirSync, readFileSync } from 'node:fs';
import { setup } from '@sa11y/jest';

setup();

const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const labels = readFileSync('force-app/main/default/labels/CustomLabels.labels-meta.xml', 'utf8');
for (const [, label = ''] of labels.matchAll(/<labels>(.*?)<\/labels>/gs)) {
  const [, name = ''] = /<fullName>(.*?)<\/fullName>/.exec(label) ?? [];
  const [, text = ''] = /<value>(.*?)<\/value>/s.exec(label) ?? [];
  const value = text.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, word: string) => characters[word] ?? word);
  jest.doMock(`@salesforce/label/c.${name}`, () => ({ __esModule: true, default: value }), { virtual: true });
}

const apex = readFileSync('config/lwc/types/apex.d.ts', 'utf8');
for (const [, method = ''] of apex.matchAll(/declare module '(.*?)'/g)) {
  jest.doMock(method, () => ({ __esModule: true, default: jest.fn() }), { virtual: true });
}

for (const file of readdirSync('force-app/main/default/customPermissions')) {
  const name = file.replace('.customPermission-meta.xml', '');
  jest.doMock(`@salesforce/customPermission/${name}`, () => ({ __esModule: true, default: true }), { virtual: true });
}

afterEach(() => {
  document.body.replaceChildren();
  jest.clearAllMocks();
  jest.useRealTimers();
});

// Every browser has it; jsdom does not.
Object.assign(globalThis, { TextEncoder });
