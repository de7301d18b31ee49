import type { DmlResult, RecordError } from '../core/index.ts';
import type { CallDml } from '../http/index.ts';

/** What the records of one request are refused for, in order; `undefined` for those that may pass. */
export type Refusals = readonly (RecordError | undefined)[];

const ROLLED_BACK: RecordError = {
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

/** DML of which some records are refused before the rest is done; under allOrNone one refusal takes all along. */
export function refusing(dml: CallDml, refusalsOf: (request: Parameters<CallDml>[0]) => Refusals | undefined): CallDml {
  return (request) => {
    const refusals = refusalsOf(request);
    if (refusals === undefined || !refusals.some((refusal) => refusal !== undefined)) return dml(request);
    if (request.allOrNone) return refusals.map((refusal) => failure(refusal ?? ROLLED_BACK));
    const free = request.records.filter((_, index) => refusals[index] === undefined);
    const results = free.length === 0 ? [] : dml({ ...request, records: free });
    let at = 0;
    return refusals.map((refusal) => {
      const result = refusal === undefined ? results[at++] : failure(refusal);
      if (!result) throw new Error('the core answered fewer results than it was given records');
      return result;
    });
  };
}

function failure(error: RecordError): DmlResult {
  return { id: undefined, success: false, errors: [error] };
}
