import { createElement, type LightningElement } from 'lwc';

/** A component under test, its public properties beside those of an element. */
export type Shown<Component> = HTMLElement & Partial<Omit<Component, keyof HTMLElement>>;

/** Shows a component as a page would: with its public properties set, after its first renders. */
export async function show<Component extends LightningElement>(
  component: new () => Component,
  properties: Partial<Omit<Component, keyof LightningElement>> = {},
): Promise<Shown<Component>> {
  const element = createElement('c-under-test', { is: component as unknown as typeof LightningElement });
  Object.assign(element, properties);
  document.body.appendChild(element);
  await settle();
  return element;
}

/** Lets promises that are already settled be followed by the renders that they cause. */
export async function settle(): Promise<void> {
  // Apex's answer, the component's own work on it, and the render are each some turns of the queue.
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
}

/** The element inside a component that `selector` finds; throws when there is none. */
export function find<Found extends HTMLElement = HTMLElement>(component: HTMLElement, selector: string): Found {
  const found = component.shadowRoot?.querySelector<Found>(selector);
  if (!found) throw new Error(`Nothing in the component is ${selector}.`);
  return found;
}

export function findAll(component: HTMLElement, selector: string): readonly HTMLElement[] {
  return [...(component.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
}

/** What the element inside a component that `selector` finds says; absent when there is none. */
export function textOf(component: HTMLElement, selector: string): string | undefined {
  return component.shadowRoot?.querySelector(selector)?.textContent?.replaceAll(/\s+/g, ' ').trim();
}

/** Clicks what `selector` finds, and waits for what follows. */
export async function click(component: HTMLElement, selector: string): Promise<void> {
  find(component, selector).click();
  await settle();
}

/** Fires an event as a base component does, and waits for what follows. */
export async function fire(component: HTMLElement, selector: string, type: string, detail: unknown): Promise<void> {
  find(component, selector).dispatchEvent(new CustomEvent(type, { detail }));
  await settle();
}
