import type { LightningElement } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { problemOf } from 'c/plumblineProblem';

/** Tells that something was done. */
export function tellDone(component: LightningElement, title: string, message = ''): void {
  component.dispatchEvent(new ShowToastEvent({ title, message, variant: 'success' }));
}

/** Tells why something was not done, and what to do; it stays until it is closed. */
export function tellProblem(component: LightningElement, title: string, error: unknown): void {
  const { sentence, nextStep } = problemOf(error);
  component.dispatchEvent(
    new ShowToastEvent({ title, message: `${sentence} ${nextStep}`.trim(), variant: 'error', mode: 'sticky' }),
  );
}
