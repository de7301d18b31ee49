import { fill } from 'c/plumblineFormat';
import type { OrgCalls } from 'plumbline/answers';
import { labels } from './labels';

const kinds = ['read', 'lookUp', 'write', 'tell', 'echo', 'report'] as const;

/** Calls of the Salesforce API in all. */
export function callsInAll(calls: OrgCalls): number {
  return kinds.reduce((sum, kind) => sum + calls[kind], 0);
}

/** What they are for, the kinds that there are: "2 to read, 3 to show it here". */
export function callsInWords(calls: OrgCalls): string {
  return kinds
    .filter((kind) => calls[kind] > 0)
    .map((kind) => fill(labels[kind], calls[kind]))
    .join(', ');
}
