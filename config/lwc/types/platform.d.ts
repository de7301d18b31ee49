/** Modules that the platform provides and that no package types. TypeScript allows one `*` per pattern. */
declare module '@salesforce/label/*' {
  const label: string;
  export default label;
}
declare module '@salesforce/i18n/*' {
  const setting: string;
  export default setting;
}
declare module '@salesforce/client/formFactor' {
  const formFactor: 'Large' | 'Medium' | 'Small';
  export default formFactor;
}
declare module '@salesforce/customPermission/*' {
  const granted: true | undefined;
  export default granted;
}
declare module 'lightning/platformShowToastEvent' {
  export interface ToastConfig {
    readonly title: string;
    readonly message?: string;
    readonly variant?: 'info' | 'success' | 'warning' | 'error';
    readonly mode?: 'dismissible' | 'pester' | 'sticky';
  }
  export class ShowToastEvent extends CustomEvent<ToastConfig> {
    constructor(config: ToastConfig);
  }
}
declare module 'lightning/empApi' {
  export interface Subscription {
    readonly id: string;
    readonly channel: string;
  }
  export interface Message {
    readonly data: { readonly payload: Readonly<Record<string, unknown>> };
  }
  export function subscribe(
    channel: string,
    replayId: number,
    receive: (message: Message) => void,
  ): Promise<Subscription>;
  export function unsubscribe(subscription: Subscription, done: (response: unknown) => void): Promise<unknown>;
  export function onError(receive: (error: unknown) => void): Promise<unknown>;
  export function isEmpEnabled(): Promise<boolean>;
}
declare module 'lightning/navigation' {
  import type { LightningElement, WireAdapterConstructor } from 'lwc';
  export const CurrentPageReference: WireAdapterConstructor<Record<string, never>, PageReference | null>;
  export interface PageReference {
    readonly type: string;
    readonly attributes: Readonly<Record<string, unknown>>;
    readonly state?: Readonly<Record<string, unknown>>;
  }
  interface Navigates extends LightningElement {
    [NavigationMixin.Navigate](page: PageReference, replace?: boolean): void;
    [NavigationMixin.GenerateUrl](page: PageReference): Promise<string>;
  }
  export function NavigationMixin(base: typeof LightningElement): new () => Navigates;
  export namespace NavigationMixin {
    const Navigate: unique symbol;
    const GenerateUrl: unique symbol;
  }
}
