/** The Apex methods that the components call, typed. `npm run check` finds each of them in `classes`. */
declare module '@salesforce/apex/PlumblineHealthController.getHealth' {
  import type { Health } from 'plumbline/health';
  export default function getHealth(): Promise<Health>;
}
declare module '@salesforce/apex/PlumblineCommandController.ask' {
  export default function ask(request: {
    kind: string;
    target: string;
    argumentsJson: string;
    expiresInSeconds: number;
  }): Promise<string>;
}
declare module '@salesforce/apex/PlumblineCommandController.getAnswer' {
  import type { CommandAnswer } from 'plumbline/answers';
  export default function getAnswer(request: { commandId: string }): Promise<CommandAnswer>;
}
declare module '@salesforce/apex/PlumblineRecordController.getStatus' {
  import type { RecordStatus } from 'plumbline/records';
  export default function getStatus(request: { recordId: string }): Promise<RecordStatus>;
}
declare module '@salesforce/apex/PlumblineRecordController.exclude' {
  export default function exclude(request: { recordId: string; syncId: string; note: string }): Promise<void>;
}
declare module '@salesforce/apex/PlumblineRecordController.includeAgain' {
  export default function includeAgain(request: { recordId: string; syncId: string }): Promise<void>;
}
declare module '@salesforce/apex/PlumblineIssueController.getIssues' {
  import type { IssueRow } from 'plumbline/records';
  export default function getIssues(request: {
    syncName: string | null;
    reasonCode: string | null;
    limitRows: number;
  }): Promise<readonly IssueRow[]>;
}
declare module '@salesforce/apex/PlumblineIssueController.getIssue' {
  import type { IssueRow } from 'plumbline/records';
  export default function getIssue(request: { issueId: string }): Promise<IssueRow>;
}
declare module '@salesforce/apex/PlumblineIssueController.exportIssues' {
  /** Comma-separated text with a heading line. */
  export default function exportIssues(request: { syncName: string; reasonCode: string }): Promise<string>;
}
declare module '@salesforce/apex/PlumblineRunController.getRun' {
  import type { RunDetail } from 'plumbline/records';
  export default function getRun(request: { runId: string }): Promise<RunDetail>;
}
declare module '@salesforce/apex/PlumblineSyncController.setPaused' {
  export default function setPaused(request: { syncOrConnectionId: string; paused: boolean }): Promise<void>;
}
declare module '@salesforce/apex/PlumblineSetupController.getSetup' {
  import type { Setup } from 'plumbline/setup';
  export default function getSetup(): Promise<Setup>;
}
declare module '@salesforce/apex/PlumblineSetupController.getDraft' {
  import type { SyncDraft } from 'plumbline/setup';
  export default function getDraft(request: { syncId: string }): Promise<SyncDraft>;
}
declare module '@salesforce/apex/PlumblineSetupController.saveDraft' {
  import type { SyncDraft } from 'plumbline/setup';
  export default function saveDraft(request: { draft: SyncDraft }): Promise<string>;
}
declare module '@salesforce/apex/PlumblineSetupController.saveConnection' {
  import type { NewConnection } from 'plumbline/setup';
  export default function saveConnection(request: { draft: NewConnection }): Promise<string>;
}
declare module '@salesforce/apex/PlumblineSetupController.describeObject' {
  import type { ObjectInfo } from 'plumbline/setup';
  export default function describeObject(request: { objectName: string }): Promise<ObjectInfo>;
}
declare module '@salesforce/apex/PlumblineSetupController.countRecords' {
  export default function countRecords(request: { objectName: string; include: string }): Promise<number>;
}
declare module '@salesforce/apex/PlumblineSetupController.createPermissionSet' {
  import type { MissingRight } from 'plumbline/setup';
  export default function createPermissionSet(request: { missing: readonly MissingRight[] }): Promise<string>;
}
declare module '@salesforce/apex/PlumblineSetupController.activate' {
  export default function activate(): Promise<string>;
}
declare module '@salesforce/apex/PlumblineSetupController.getLastAnswers' {
  import type { CommandAnswer } from 'plumbline/answers';
  export default function getLastAnswers(request: { syncId: string }): Promise<readonly CommandAnswer[]>;
}
declare module '@salesforce/apex/PlumblineSetupController.getObjects' {
  import type { ObjectChoice } from 'plumbline/setup';
  export default function getObjects(): Promise<readonly ObjectChoice[]>;
}
declare module '@salesforce/apex/PlumblineSetupController.findRecords' {
  import type { RecordChoice } from 'plumbline/setup';
  export default function findRecords(request: { objectName: string; text: string }): Promise<readonly RecordChoice[]>;
}
