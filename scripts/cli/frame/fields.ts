import { Flags } from '@oclif/core';
import { SettingsError, type FieldProposal, type FieldsAnswer } from '../../engine/index.ts';
import type { OpenOrg } from '../compose.ts';
import { ask, type AskFlagValues } from './ask.ts';
import { draftNamed } from './drafts.ts';

/** What the commands about fields have in common. */
export const fieldFlags = {
  period: Flags.string({
    summary: 'Words for the span of time of the values, such as "Last 30 days"; without it, what the report says.',
  }),
  column: Flags.string({
    summary: 'Only this column; give it several times for several.',
    multiple: true,
  }),
};

export interface FieldFlagValues extends AskFlagValues {
  readonly period?: string | undefined;
  readonly column?: readonly string[] | undefined;
}

/** Asks the worker for the fields of a sync's draft, and hands them to `after`. Throws `SettingsError` for an unknown column. */
export async function askFields<Result>(
  sync: string,
  flags: FieldFlagValues,
  after: (answer: FieldsAnswer, org: OpenOrg) => Promise<Result>,
): Promise<Result> {
  const draft = await draftNamed(sync, flags);
  const given = { draft, ...(flags.period === undefined ? {} : { period: flags.period }) };
  return await ask(
    flags,
    { kind: 'fields', target: sync, arguments: given },
    async (body, org) =>
      // A body that the worker of this very version made.
      await after(chosen(body as FieldsAnswer, flags.column), org),
  );
}

function chosen(answer: FieldsAnswer, columns: readonly string[] | undefined): FieldsAnswer {
  if (columns === undefined) return answer;
  const { plan } = answer;
  const unknown = columns.find((column) => !plan.proposals.some(({ source }) => source === column));
  if (unknown !== undefined) {
    throw new SettingsError(`${answer.from.label} has no column "${unknown}".`, [
      `Use some of: ${plan.proposals.map(({ source }) => source).join(', ')}.`,
    ]);
  }
  const isChosen = ({ source }: FieldProposal): boolean => columns.includes(source);
  const left = plan.proposals.flatMap((each) =>
    'target' in each && each.exists && !isChosen(each) ? [each.target] : [],
  );
  const proposals = plan.proposals.filter(isChosen);
  return { ...answer, plan: { ...plan, proposals, others: [...plan.others, ...left] } };
}
