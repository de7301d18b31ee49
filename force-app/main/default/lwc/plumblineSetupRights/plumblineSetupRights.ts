import { LightningElement, api } from 'lwc';
import createPermissionSet from '@salesforce/apex/PlumblineSetupController.createPermissionSet';
import type { Answered, Question } from 'c/plumblineCommand';
import { fill } from 'c/plumblineFormat';
import type { Earlier } from 'c/plumblineLastAnswers';
import { tellDone, tellProblem } from 'c/plumblineToast';
import type { RightsAnswer } from 'plumbline/answers';
import type { SyncDraft } from 'plumbline/setup';
import { labels } from './labels';
import { permissionSetXml } from './permissionSet';

const fileName = 'Plumbline_Sync_Rights.permissionset-meta.xml';

/**
 * What the integration user lacks for this sync (N-11). The worker compares and never grants: the running admin does,
 * here or by a file. Fires `rights` with `{ complete }` after each comparison.
 */
export default class PlumblineSetupRights extends LightningElement {
  @api draft: SyncDraft | undefined;

  /** What the worker answered before, for the draft as it is. */
  @api earlier: Earlier<RightsAnswer> | undefined;

  readonly labels = labels;
  readonly columns = [{ name: 'sentence', label: labels.missing }];
  granting = false;
  private answered: Answered<RightsAnswer> | undefined;

  /** What was answered now goes before what was answered earlier. */
  get answer(): RightsAnswer | undefined {
    return (this.answered ?? this.earlier)?.body;
  }

  get askedAt(): string | undefined {
    return this.answered ? undefined : this.earlier?.askedAt;
  }

  get question(): Question | undefined {
    const { draft } = this;
    return draft?.id ? { kind: 'rights', target: draft.name, details: { draft: draft.id } } : undefined;
  }

  get complete(): string {
    const { answer } = this;
    return answer?.missing.length === 0 ? fill(labels.complete, answer.userName) : '';
  }

  get lacks(): string {
    const { answer } = this;
    return answer && answer.missing.length > 0 ? fill(labels.lacks, answer.userName, answer.missing.length) : '';
  }

  get rows(): readonly { key: string; sentence: string }[] {
    return (this.answer?.missing ?? []).map(({ objectName, fieldName, right, sentence }) => ({
      key: `${objectName}.${fieldName ?? ''}.${right}`,
      sentence,
    }));
  }

  handleAnswer(event: CustomEvent<Answered<RightsAnswer>>): void {
    this.answered = event.detail;
    const complete = event.detail.body.missing.length === 0;
    this.dispatchEvent(new CustomEvent('rights', { detail: { complete } }));
  }

  async handleGrant(): Promise<void> {
    this.granting = true;
    try {
      await createPermissionSet({ missing: this.answer?.missing ?? [] });
      tellDone(this, labels.granted);
      await this.template?.querySelector<HTMLElement & { ask(): Promise<void> }>('c-plumbline-ask')?.ask();
    } catch (error) {
      tellProblem(this, labels.notGranted, error);
    } finally {
      this.granting = false;
    }
  }

  handleDownload(): void {
    const link = document.createElement('a');
    const xml = permissionSetXml(labels.permissionSet, this.answer?.missing ?? []);
    link.href = `data:text/xml;charset=utf-8,${encodeURIComponent(xml)}`;
    link.download = fileName;
    link.click();
  }
}
