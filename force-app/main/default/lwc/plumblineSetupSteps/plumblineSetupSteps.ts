import { LightningElement, api } from 'lwc';
import { labels } from './labels';

interface Step {
  readonly value: string;
  readonly label: string;
}

interface ShownStep extends Step {
  readonly number: number;
  readonly isDone: boolean;
  readonly current: 'step' | undefined;
  readonly className: string;
}

/** All steps by name, and how far one is. Fires `step` with the value of the one that is to be shown. */
export default class PlumblineSetupSteps extends LightningElement {
  @api steps: readonly Step[] = [];
  @api current = '';
  /** True while one cannot go to any step but by completing the one that is shown. */
  @api fixed = false;

  readonly labels = labels;

  get shown(): readonly ShownStep[] {
    const at = this.steps.findIndex(({ value }) => value === this.current);
    return this.steps.map((step, index) => {
      const state = index < at ? 'done' : 'open';
      return {
        ...step,
        number: index + 1,
        isDone: index < at,
        current: index === at ? 'step' : undefined,
        className: `mark mark_${index === at ? 'current' : state}`,
      };
    });
  }

  handleStep(event: Event): void {
    const { step } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('step', { detail: { value: step } }));
  }
}
