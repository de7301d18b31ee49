import { LightningElement, api } from 'lwc';
import type { Answered, Question } from 'c/plumblineCommand';
import { fill } from 'c/plumblineFormat';
import { tellProblem } from 'c/plumblineToast';
import { download, zipOf } from 'c/plumblineZip';
import type { FieldProposal, FieldsAnswer } from 'plumbline/answers';
import type { SyncDraft } from 'plumbline/setup';
import { labels } from './labels';
import { shapeText } from './shape';

/**
 * Which fields of this org the columns of a system go to, and how those come to be that are not there (P-41, P-42,
 * P-65): an admin makes them, here by a command or by files, since the worker may not. Fires `asked` after
 * each look at which are there, and `add` with `mappings`.
 */
export default class PlumblineSetupProposals extends LightningElement {
  @api draft: SyncDraft | undefined;

  readonly labels = labels;
  readonly columns = [
    { name: 'column', label: labels.column },
    { name: 'field', label: labels.field },
    { name: 'type', label: labels.type },
    { name: 'state', label: labels.state },
  ];
  answer: FieldsAnswer | undefined;
  period = '';

  get question(): Question | undefined {
    const { draft } = this;
    if (!draft?.id) return undefined;
    const period = this.period.trim();
    const details = { draft: draft.id, package: true, ...(period && { period }) };
    return { kind: 'fields', target: draft.connectionName, details, seconds: 300 };
  }

  get periodText(): string {
    return this.answer?.period ? fill(labels.periodIs, this.answer.period) : labels.periodNone;
  }

  get notes(): readonly { key: string; text: string }[] {
    return (this.answer?.notes ?? []).map((text) => ({ key: text, text }));
  }

  get rows(): readonly Readonly<Record<string, string>>[] {
    return (this.answer?.plan.proposals ?? []).map((proposal) => ({
      key: proposal.source,
      column: proposal.sourceLabel,
      ...('target' in proposal
        ? {
            field: proposal.target,
            type: shapeText(proposal.shape),
            state: proposal.exists ? labels.there : labels.missing,
          }
        : { field: '', type: '', state: proposal.cannotUse }),
    }));
  }

  get addLabel(): string {
    const { length } = this.unmapped;
    return length > 0 ? fill(labels.add, length) : '';
  }

  /** How many fields are still to be made, as a sentence; empty when none is. */
  get lacks(): string {
    const { length } = this.usable.filter(({ exists }) => !exists);
    return length > 0 ? fill(labels.lacks, length, this.answer?.plan.object ?? '') : '';
  }

  get command(): string {
    const period = this.period.trim();
    const more = period ? ` --period ${JSON.stringify(period)}` : '';
    return `plumbline fields deploy ${this.draft?.name ?? ''} --target-org ${labels.ownLogin}${more}`;
  }

  handlePeriod(event: CustomEvent<{ value: string }>): void {
    this.period = event.detail.value;
    this.answer = undefined;
  }

  handleAnswer(event: CustomEvent<Answered<FieldsAnswer>>): void {
    this.answer = event.detail.body;
    this.dispatchEvent(new CustomEvent('asked'));
  }

  handleAdd(): void {
    const mappings = this.unmapped.map(({ source, target, transform }) => ({
      ...{ source, target },
      ...(transform !== undefined && { transform }),
    }));
    this.dispatchEvent(new CustomEvent('add', { detail: { mappings } }));
  }

  handleFiles(): void {
    this.save((made) => {
      download(`${this.draft?.name ?? 'plumbline'}-fields.zip`, 'application/zip', zipOf(made.files));
    });
  }

  handleNote(): void {
    this.save((made) => {
      download(`${this.draft?.name ?? 'plumbline'}-fields.txt`, 'text/plain', new TextEncoder().encode(made.note));
    });
  }

  private get usable(): readonly Extract<FieldProposal, { readonly target: string }>[] {
    return (this.answer?.plan.proposals ?? []).filter((proposal) => 'target' in proposal);
  }

  /** Fields that are there, and that no mapping of the draft writes. */
  private get unmapped(): PlumblineSetupProposals['usable'] {
    const mapped = new Set((this.draft?.mappings ?? []).map(({ target }) => target));
    return this.usable.filter(({ exists, target }) => exists && !mapped.has(target));
  }

  private save(hand: (made: NonNullable<FieldsAnswer['package']>) => void): void {
    try {
      if (this.answer?.package) hand(this.answer.package);
    } catch (error) {
      tellProblem(this, labels.notSaved, error);
    }
  }
}
