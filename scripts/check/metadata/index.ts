import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { elementProblems } from './elements.ts';
import { ruleProblems } from './fields.ts';
import type { MetadataFile, Problem } from './problem.ts';
import { referenceProblems } from './references.ts';
import { readTyping } from './typing.ts';
import { readElement } from './xml.ts';

export type { Problem } from './problem.ts';
export { readElement, textAt, textsAt, type Element } from './xml.ts';

export interface Checked {
  readonly files: number;
  readonly problems: readonly Problem[];
}

/** Checks every `-meta.xml` under a package directory, by itself and against the others. */
export function checkMetadata(directory: string): Checked {
  const typing = readTyping();
  const files: MetadataFile[] = [];
  const problems: Problem[] = [];
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('-meta.xml'),
  );
  for (const name of names.toSorted()) {
    const file = name.replaceAll('\\', '/');
    const root = readElement(readFileSync(join(directory, name), 'utf8'));
    if ('broken' in root) problems.push({ file, line: root.line, message: root.broken });
    else files.push({ file, root });
  }
  for (const each of files) problems.push(...elementProblems(each, typing), ...ruleProblems(each));
  problems.push(...referenceProblems(files));
  return { files: files.length, problems };
}
