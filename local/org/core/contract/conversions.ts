import type { InputRecord, RecordError } from './writes.ts';

/** One lead to convert; what is absent is made, or taken from the lead. */
export interface LeadConversion {
  readonly leadId: string;
  /** A lead status that converted leads have. */
  readonly convertedStatus: string;
  readonly accountId?: string;
  readonly contactId?: string;
  readonly opportunityId?: string;
  readonly ownerId?: string;
  readonly opportunityName?: string;
  readonly createOpportunity: boolean;
  readonly overwriteLeadSource: boolean;
}

export interface LeadConversionResult {
  readonly leadId: string;
  readonly success: boolean;
  readonly accountId?: string;
  readonly contactId?: string;
  readonly opportunityId?: string;
  readonly errors: readonly RecordError[];
}

/** Leads, contacts or accounts that become one. */
export interface MergeRequest {
  readonly object: string;
  readonly masterId: string;
  /** Fields to set on the master. */
  readonly values: InputRecord;
  readonly recordToMergeIds: readonly string[];
}

export interface MergeResult {
  readonly id?: string;
  readonly success: boolean;
  readonly mergedRecordIds: readonly string[];
  readonly updatedRelatedIds: readonly string[];
  readonly errors: readonly RecordError[];
}
