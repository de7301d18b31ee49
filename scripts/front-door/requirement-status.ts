import type { TestResult } from './results.ts';

export type RequirementStatus = 'proven' | 'superseded' | 'documented' | 'unproven';

export type Assessment = Record<string, { status: RequirementStatus; by: string | null; tests: string[] }>;

const idPattern = /[A-Z]-X?\d+/;
const rowPattern = new RegExp(`^\\|\\s*\\**(${idPattern.source})\\**\\s*\\|`, 'gm');
const titlePattern = new RegExp(`^(${idPattern.source}(?:\\s*,\\s*${idPattern.source})*)\\s*:`);

/**
 * Holds every ID of the lists (rows of Markdown tables) against the test titles that begin with it (`I-04, I-05: …`).
 * An ID is proven when at least one such test ran and none failed or was skipped; superseded when the decision that
 * `answers` names for it is itself proven; documented when the heading that `answers` names exists on that page.
 */
export function assess(input: {
  readonly lists: readonly string[];
  readonly answers: string;
  readonly readPage: (page: string) => string;
  readonly tests: readonly TestResult[];
}): Assessment {
  const ids = input.lists.flatMap((list) => [...list.matchAll(rowPattern)].map((match) => match[1] as string));
  const testsOf = new Map<string, TestResult[]>();
  for (const test of input.tests) {
    for (const id of idsOfTitles(test.titles)) testsOf.set(id, [...(testsOf.get(id) ?? []), test]);
  }
  const isProven = (id: string): boolean => {
    const tests = testsOf.get(id) ?? [];
    return tests.length > 0 && tests.every((test) => test.status === 'passed');
  };
  const answers = readAnswers(input.answers);
  const assessment: Assessment = {};
  for (const id of ids) {
    const tests = (testsOf.get(id) ?? []).map((test) => `${test.file} › ${test.titles.join(' › ')}`);
    const answer = answers.get(id);
    if (isProven(id)) assessment[id] = { status: 'proven', by: 'test', tests };
    else if (answer?.kind === 'superseded' && isProven(answer.by))
      assessment[id] = { status: 'superseded', by: answer.by, tests };
    else if (answer?.kind === 'documented' && hasHeading(input.readPage(answer.page), answer.anchor))
      assessment[id] = { status: 'documented', by: `${answer.page}#${answer.anchor}`, tests };
    else assessment[id] = { status: 'unproven', by: null, tests };
  }
  return assessment;
}

function idsOfTitles(titles: readonly string[]): Set<string> {
  return new Set(titles.flatMap((title) => titlePattern.exec(title)?.[1]?.split(/\s*,\s*/) ?? []));
}

type Answer = { kind: 'superseded'; by: string } | { kind: 'documented'; page: string; anchor: string };

/** Lines such as `- I-07 is superseded by I-X1: why` and `- I-26 is documented in README.md#anchor: why`. */
function readAnswers(text: string): Map<string, Answer> {
  const answers = new Map<string, Answer>();
  for (const line of text.split('\n').filter((candidate) => candidate.startsWith('- '))) {
    const superseded = /^- (\S+) is superseded by ([A-Z]-X?\d+)/.exec(line);
    const documented = /^- (\S+) is documented in ([^#\s]+)#([a-z0-9-]+)/.exec(line);
    if (superseded) answers.set(superseded[1] as string, { kind: 'superseded', by: superseded[2] as string });
    else if (documented)
      answers.set(documented[1] as string, {
        kind: 'documented',
        page: documented[2] as string,
        anchor: documented[3] as string,
      });
    else
      throw new Error(
        `docs/requirement-answers.md: this line is neither "<ID> is superseded by <ID>" nor "<ID> is documented in <page>#<heading>": ${line}`,
      );
  }
  return answers;
}

/** Headings are named as GitHub does: lower case, spaces to hyphens, other signs dropped. */
function hasHeading(page: string, anchor: string): boolean {
  return page
    .split('\n')
    .filter((line) => line.startsWith('#'))
    .some(
      (line) =>
        line
          .replace(/^#+\s*/, '')
          .trim()
          .toLowerCase()
          .replace(/[^\p{L}\p{N} _-]/gu, '')
          .replaceAll(' ', '-') === anchor,
    );
}
