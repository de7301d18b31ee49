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
