import { fieldSetNames, shapeWords, type UsablePlan } from './field-package.ts';

/**
 * A note to the Salesforce admin, in Markdown: which user needs which fields of which object, and how they come to be.
 * `user` is the worker's user name, `from` what the values are read from, as people call it.
 */
export function adminNote(plan: UsablePlan, { user, from }: { readonly user: string; readonly from: string }): string {
  const { systemLabel, object, proposals: fields } = plan;
  const { writer, reader } = fieldSetNames(plan);
  const made = fields.filter(({ exists }) => !exists);
  const there = fields.filter(({ exists }) => exists);
  const line = ({ target, label, shape, sourceLabel }: (typeof fields)[number]): string =>
    `| ${target} | ${cell(label)} | ${shapeWords(shape)} | ${cell(sourceLabel)} |`;
  const table = (rows: typeof fields): readonly string[] => [
    '| API name | Label | Type | Column |',
    '| --- | --- | --- | --- |',
    ...rows.map(line),
    '',
  ];
  return [
    `# Fields of ${systemLabel} on ${object}`,
    '',
    `Plumbline writes values of ${systemLabel} (${from}) into records of ${object} that exist, and into these fields alone. It creates no records and no fields: please do that.`,
    '',
    `- Object: ${object}`,
    `- User that writes: ${user}`,
    `- Fields to create: ${made.length}`,
    '',
    ...(made.length > 0 ? table(made) : []),
    ...(there.length > 0 ? [`These are there already and will be written as well:`, '', ...table(there)] : []),
    '## With the files in the folder metadata beside this note',
    '',
    '1. `sf project deploy start --metadata-dir metadata --target-org <you>`',
    `2. \`sf org assign permset --name ${writer} --on-behalf-of ${user} --target-org <you>\``,
    `3. For those who should see the values: \`sf org assign permset --name ${reader} --on-behalf-of <user> --target-org <you>\``,
    '',
    '## By hand, in Setup',
    '',
    `1. Object Manager, ${object}, Fields & Relationships, New: each field above, with this API name in these very letters.`,
    `2. Give ${user} Read and Edit on ${object} and on each field; give those who should see the values Read.`,
    `3. Add the fields to page layouts and reports as you like.`,
    '',
  ].join('\n');
}

/** A bar would end the cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
}
