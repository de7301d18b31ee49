import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Batch, BatchJob } from './batches.ts';
import { OrgError } from '../core/index.ts';
import { escapeXml } from '../metadata/index.ts';

const NAMESPACE = 'http://www.force.com/2009/06/asyncapi/dataload';

/** The members of a `jobInfo` that a caller sends. Throws `OrgError` InvalidXML when it is none. */
export function readJobInfo(body: string): ReadonlyMap<string, string> {
  const wrong = XMLValidator.validate(body);
  if (wrong !== true) throw new OrgError(400, 'InvalidXML', `line ${wrong.err.line}: ${wrong.err.msg}`);
  const read: unknown = new XMLParser({ parseTagValue: false, removeNSPrefix: true }).parse(body);
  const info = typeof read === 'object' && read !== null && 'jobInfo' in read ? read.jobInfo : undefined;
  if (typeof info !== 'object' || info === null) throw new OrgError(400, 'InvalidXML', 'a jobInfo is expected');
  return new Map(Object.entries(info).map(([name, value]) => [name, String(value)]));
}

/** One element round members that are written in order; an absent member is left out. */
function element(name: string, members: Readonly<Record<string, string | number | undefined>>, head = true): string {
  const inner = Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `<${key}>${escapeXml(String(value))}</${key}>`);
  return `${head ? '<?xml version="1.0" encoding="UTF-8"?>' : ''}<${name} xmlns="${NAMESPACE}">${inner.join('')}</${name}>`;
}

/** Source of the members of both: Bulk API 1.0, "JobInfo" and "BatchInfo". */
export function jobXml(job: BatchJob): string {
  const batches = [...job.batches.values()];
  const count = (state: Batch['state']): number => batches.filter((batch) => batch.state === state).length;
  const sum = (of: (batch: Batch) => number): number => batches.reduce((total, batch) => total + of(batch), 0);
  return element('jobInfo', {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.session.userId,
    createdDate: new Date(job.createdAt).toISOString(),
    systemModstamp: new Date(job.changedAt).toISOString(),
    state: job.state,
    externalIdFieldName: job.externalIdField,
    concurrencyMode: job.concurrencyMode,
    contentType: 'CSV',
    numberBatchesQueued: count('Queued'),
    numberBatchesInProgress: count('InProgress'),
    numberBatchesCompleted: count('Completed'),
    numberBatchesFailed: count('Failed'),
    numberBatchesTotal: batches.length,
    numberRecordsProcessed: sum(({ processed }) => processed),
    numberRetries: 0,
    apiVersion: job.version,
    numberRecordsFailed: sum(({ failed }) => failed),
    totalProcessingTime: sum(spent),
    apiActiveProcessingTime: sum(spent),
    apexProcessingTime: 0,
  });
}

function spent({ createdAt, changedAt }: Batch): number {
  return changedAt - createdAt;
}

export function batchXml(job: BatchJob, batch: Batch, head = true): string {
  const members = {
    id: batch.id,
    jobId: job.id,
    state: batch.state,
    stateMessage: batch.stateMessage,
    createdDate: new Date(batch.createdAt).toISOString(),
    systemModstamp: new Date(batch.changedAt).toISOString(),
    numberRecordsProcessed: batch.processed,
    numberRecordsFailed: batch.failed,
    totalProcessingTime: spent(batch),
    apiActiveProcessingTime: spent(batch),
    apexProcessingTime: 0,
  };
  return element('batchInfo', members, head);
}

export function batchListXml(job: BatchJob): string {
  const batches = [...job.batches.values()].map((batch) => batchXml(job, batch, false));
  return `<?xml version="1.0" encoding="UTF-8"?><batchInfoList xmlns="${NAMESPACE}">${batches.join('')}</batchInfoList>`;
}

export function errorXml(code: string, message: string): string {
  return element('error', { exceptionCode: code, exceptionMessage: message });
}
