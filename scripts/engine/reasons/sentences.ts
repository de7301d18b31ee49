import type { Outcome } from '../outcomes.ts';
import type { ReasonCode } from './codes.ts';

export interface ReasonText {
  /** The outcome that the reason explains. */
  readonly outcome: Extract<Outcome, 'skipped' | 'held' | 'failed'>;
  /** Why, in plain words; `{detail}` stands for what the row names. */
  readonly sentence: string;
  /** What an admin can do. */
  readonly nextStep: string;
}

/** Every reason in words. Screens show these, never the codes. */
export const reasonTexts: Readonly<Record<ReasonCode, ReasonText>> = {
  'no-key': {
    outcome: 'skipped',
    sentence: 'The field that identifies the record in the other system is empty.',
    nextStep: 'Fill it in; the record syncs by itself with its next change.',
  },
  'invalid-key': {
    outcome: 'skipped',
    sentence: 'The field that identifies the record in the other system holds something that it does not accept.',
    nextStep: 'Correct it; the record syncs by itself with its next change.',
  },
  'not-included': {
    outcome: 'skipped',
    sentence: "The record does not meet the sync's condition.",
    nextStep: 'Change the record, or the condition in the sync, if it should take part.',
  },
  'excluded-by-person': {
    outcome: 'skipped',
    sentence: 'Someone took this record out of the sync.',
    nextStep: 'Delete its exclusion to let it take part again.',
  },
  'no-values': {
    outcome: 'skipped',
    sentence: 'The source has no value for this record, and an empty row never overwrites what is there.',
    nextStep: 'Nothing; it syncs by itself as soon as there is a value.',
  },
  'another-record-owns-key': {
    outcome: 'skipped',
    sentence: 'Another record with the same key comes first: {detail}.',
    nextStep: 'Merge the two records, or give this one a key of its own.',
  },
  superseded: {
    outcome: 'skipped',
    sentence: 'A newer change of this record is already on its way or delivered.',
    nextStep: 'Nothing: the newer values are the ones that count.',
  },
  'create-not-allowed': {
    outcome: 'skipped',
    sentence: 'The record is new to the other system, and this sync only updates.',
    nextStep: 'Create it there, or allow the sync to create.',
  },
  'update-not-allowed': {
    outcome: 'skipped',
    sentence: 'The record exists in the other system, and this sync only creates.',
    nextStep: 'Allow the sync to update if its values should follow.',
  },
  'deleted-in-source': {
    outcome: 'skipped',
    sentence: 'The record was deleted.',
    nextStep: 'Nothing; restore it if that was a mistake, and it syncs again.',
  },
  converted: {
    outcome: 'skipped',
    sentence: 'The record was converted; {detail} syncs in its place.',
    nextStep: 'Nothing; make sure that the new record is part of a sync.',
  },
  merged: {
    outcome: 'skipped',
    sentence: 'The record was merged into {detail}, which syncs in its place.',
    nextStep: 'Nothing.',
  },
  paused: {
    outcome: 'held',
    sentence: 'The sync was paused before this record was sent.',
    nextStep: 'Resume the sync; the record is then sent with its current values.',
  },
  'unanswered-request': {
    outcome: 'held',
    sentence: 'The other system did not answer, so it is not known whether it took the record: {detail}.',
    nextStep: 'Nothing: it is sent once more as soon as the lost request can no longer take effect.',
  },
  'waiting-for-limit': {
    outcome: 'held',
    sentence: 'A limit of the other system is used up: {detail}.',
    nextStep: 'Nothing: it goes on by itself when the limit allows. Raise the limit if this happens often.',
  },
  'waiting-for-credentials': {
    outcome: 'held',
    sentence: 'The other system does not accept our credentials or settings: {detail}.',
    nextStep: 'Connect it again or mend its settings; what waits is then sent.',
  },
  'passing-fault': {
    outcome: 'held',
    sentence: 'The other system had a fault that usually passes: {detail}.',
    nextStep: 'Nothing: it is tried again by itself.',
  },
  'waiting-for-parent': {
    outcome: 'held',
    sentence: 'The record refers to another one that is not there yet: {detail}.',
    nextStep: 'Nothing if that one syncs too: this record follows it. Otherwise create it there.',
  },
  'schema-changed': {
    outcome: 'held',
    sentence: 'A field or object that the sync uses is no longer what it was: {detail}.',
    nextStep: 'Undo the change, or adapt the field mapping and activate again; it goes on by itself.',
  },
  unreadable: {
    outcome: 'failed',
    sentence: 'The record or one of its mapped fields cannot be read.',
    nextStep: 'Give the integration user access to the record and its mapped fields.',
  },
  'value-not-mappable': {
    outcome: 'failed',
    sentence: 'A value cannot be turned into what the other system needs: {detail}.',
    nextStep: 'Correct the value, or change the transform of the field mapping.',
  },
  'value-not-allowed': {
    outcome: 'failed',
    sentence: 'A value is not one that its field in the other system takes: {detail}.',
    nextStep: 'Correct the value, or add it to the values of the field and the record type.',
  },
  'rejected-invalid-key': {
    outcome: 'failed',
    sentence: 'The other system does not accept the key of this record: {detail}.',
    nextStep: 'Correct the field that identifies the record.',
  },
  'rejected-type-mismatch': {
    outcome: 'failed',
    sentence: 'The other system expects another type of value: {detail}.',
    nextStep: 'Change the transform or the target of the field mapping that it names.',
  },
  'rejected-not-found': {
    outcome: 'failed',
    sentence: 'The other system has no such record to update: {detail}.',
    nextStep: 'Create it there, or allow the sync to create.',
  },
  'rejected-conflict': {
    outcome: 'failed',
    sentence: 'The record conflicts with another one in the other system: {detail}.',
    nextStep: 'Resolve the conflict there, then retry this record.',
  },
  'rejected-duplicate': {
    outcome: 'failed',
    sentence: 'A duplicate rule of the other system stops the record: {detail}.',
    nextStep: 'Merge or correct the records, or choose in the sync that duplicates are allowed or linked.',
  },
  'rejected-forgotten': {
    outcome: 'failed',
    sentence: 'The other system was asked to forget this person and refuses to take them back: {detail}.',
    nextStep: 'Leave it so, or exclude the record from the sync.',
  },
  'rejected-too-many-fields': {
    outcome: 'failed',
    sentence: 'The other system has no room for more fields: {detail}.',
    nextStep: 'Remove unused fields there or mappings here, then retry.',
  },
  'record-too-large': {
    outcome: 'failed',
    sentence: 'The record alone is larger than a request may be: {detail}.',
    nextStep: 'Map fewer or shorter fields.',
  },
  'not-allowed': {
    outcome: 'failed',
    sentence: 'The record was stopped before it left, since Plumbline may not write {detail}.',
    nextStep: 'Take it out of the field mappings, or change the rules of the sync, and activate again.',
  },
  'rejected-by-target': {
    outcome: 'failed',
    sentence: 'The other system rejected the record: {detail}.',
    nextStep: 'Correct what it names, then retry this record.',
  },
  'retries-exhausted': {
    outcome: 'failed',
    sentence: 'Every attempt to send it met a fault: {detail}.',
    nextStep: 'Look at the fault, then retry this record.',
  },
};

/** The sentence of a reason, with what the row names; without it where one sentence speaks of many records. */
export function sentenceOf(reason: ReasonCode, detail?: string): string {
  const { sentence } = reasonTexts[reason];
  if (detail !== undefined) return sentence.replaceAll('{detail}', () => detail);
  const named = reason === 'not-allowed' ? 'all that is mapped' : 'another record';
  return sentence.replace(': {detail}', '').replaceAll('{detail}', named);
}
