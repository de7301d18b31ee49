import { strToU8, zipSync } from 'fflate';
import { createComponentStore } from './component-store.ts';
import type { ComponentStore } from './component-store.ts';
import type { DeployResult } from './deploy-result.ts';
import { createDeployments } from './deployments.ts';
import { keepSetupRecords } from './setup-records.ts';
import { createOrg, manualClock } from '../core/index.ts';
import type { Org } from '../core/index.ts';

/** An org for tests to deploy to, without any door. */
export interface DeployFixture {
  readonly org: Org;
  readonly store: ComponentStore;
  /** Deploys files by path; `members` is what package.xml lists, by type. */
  deploy(members: Members, files: Files): DeployResult;
  /** What is wrong with such a package: `Component line: message`, sorted; nothing of it stays. */
  problems(members: Members, files: Files): readonly string[];
}

type Members = Readonly<Record<string, readonly string[]>>;
type Files = Readonly<Record<string, string>>;

const XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** A metadata file. */
export function xml(type: string, body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${type} ${XMLNS}>\n${body}\n</${type}>\n`;
}

/** The text of a package.xml, or of a destructiveChanges.xml. */
export function manifest(members: Members): string {
  const types = Object.entries(members).map(
    ([name, names]) =>
      `<types>${names.map((member) => `<members>${member}</members>`).join('')}<name>${name}</name></types>`,
  );
  return xml('Package', `${types.join('')}<version>66.0</version>`);
}

const OPTIONS = { rollbackOnError: true, ignoreWarnings: false, testLevel: 'NoTestRun', runTests: [] } as const;

export function deployFixture(org: Org = createOrg({ clock: manualClock(Date.UTC(2026, 0, 1, 10)) })): DeployFixture {
  let number = 0;
  const nextId = (prefix: string): string => `${prefix}${String((number += 1)).padStart(15, '0')}`;
  const store = createComponentStore(nextId);
  const deployments = createDeployments({
    org,
    store,
    nextId,
    userName: (userId) => userId,
    // Types and members of Apex are judged in the compiler's own tests.
    checkApex: () => [],
    onApplied: (components, removed) => keepSetupRecords(org, components, removed),
  });
  const run = (members: Members, files: Files, checkOnly: boolean): DeployResult => {
    const all = { 'package.xml': manifest(members), ...files };
    const zip = zipSync(Object.fromEntries(Object.entries(all).map(([path, text]) => [path, strToU8(text)])));
    return deployments.run(zip, { ...OPTIONS, checkOnly }, org.adminUserId);
  };
  return {
    org,
    store,
    deploy: (members, files) => run(members, files, false),
    problems(members, files) {
      const { componentFailures } = run(members, files, true).details;
      return componentFailures
        .map(({ fullName, problem, lineNumber = 0 }) => {
          const place = lineNumber > 0 ? ` ${lineNumber}` : '';
          return `${fullName}${place}: ${problem ?? ''}`;
        })
        .sort();
    },
  };
}

/** A custom object's own elements, with these after them. */
export function customObjectXml(label: string, more = '', sharing = 'ReadWrite'): string {
  return xml(
    'CustomObject',
    `<deploymentStatus>Deployed</deploymentStatus><label>${label}</label>
<nameField><label>Name</label><type>Text</type></nameField>
<pluralLabel>${label}s</pluralLabel><sharingModel>${sharing}</sharingModel>${more}`,
  );
}
