import type { FieldDefinition, ObjectDefinition, RollUp } from '../contract/index.ts';
import { OrgError } from '../contract/index.ts';
import { isMaster } from './master.ts';

/** Lookups of standard objects over which an org rolls up (Salesforce Help, "Roll-Up Summary Field"). */
const ROLLED_UP: ReadonlySet<string> = new Set([
  'Opportunity.AccountId',
  'OpportunityLineItem.OpportunityId',
  'CampaignMember.CampaignId',
]);
/** Source: Salesforce Help, "Custom Fields Allowed Per Object": roll-up summary fields of one object. */
const MOST = 40;

const NUMBERS: ReadonlySet<string> = new Set(['double', 'currency', 'percent', 'int']);
const ORDERED: ReadonlySet<string> = new Set([...NUMBERS, 'date', 'datetime', 'time']);

/** Throws `OrgError`, beginning with the field's place, for the first roll-up summary that an org would refuse. */
export function checkSummaries(definitions: ReadonlyMap<string, ObjectDefinition>): void {
  for (const object of definitions.values()) {
    let count = 0;
    for (const field of object.fields.values()) {
      if (field.summary === undefined) continue;
      const problem = problemOf(object, field, field.summary, definitions);
      if (problem !== undefined) throw invalid(`${object.name}.${field.name}: ${problem}`);
      count++;
      if (count > MOST)
        throw invalid(`${object.name}.${field.name}: an object has at most ${MOST} roll-up summary fields`);
    }
  }
}

function problemOf(
  object: ObjectDefinition,
  field: FieldDefinition,
  summary: RollUp,
  definitions: ReadonlyMap<string, ObjectDefinition>,
): string | undefined {
  const detail = definitions.get(summary.detail.toLowerCase());
  const by = detail?.fields.get(summary.by);
  if (detail === undefined || by === undefined) {
    return `In field: summaryForeignKey - no CustomField named ${summary.detail}.${summary.by} found`;
  }
  const rolls = isMaster(by) || ROLLED_UP.has(`${detail.name}.${by.name}`);
  if (!rolls || !by.referenceTo.includes(object.name)) {
    return `${detail.name}.${by.name} is no master-detail relationship to ${object.name}, so nothing can be rolled up over it`;
  }
  if (summary.operation !== 'count') {
    const summed = summary.field === undefined ? undefined : detail.fields.get(summary.field);
    if (summed === undefined) {
      return `In field: summarizedField - no CustomField named ${detail.name}.${summary.field ?? ''} found`;
    }
    const allowed = summary.operation === 'sum' ? NUMBERS : ORDERED;
    if (!allowed.has(summed.type)) return `a ${summed.type} field cannot be summarized by ${summary.operation}`;
    if (summed.formula !== undefined) return 'not yet: roll-up summaries of formula fields in the local org';
    if (summed.type !== field.type) return `the summary of a ${summed.type} field is of that type, not ${field.type}`;
  }
  for (const { field: name } of summary.filter) {
    const filtered = detail.fields.get(name);
    if (filtered === undefined) return `In field: field - no CustomField named ${detail.name}.${name} found`;
    if (filtered.formula !== undefined) return 'not yet: filters by formula fields in the local org';
  }
  return undefined;
}

const invalid = (message: string) => new OrgError(400, 'INVALID_FIELD', message);
