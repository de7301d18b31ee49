// What these scripts use of modules that no package types. The page's import map says where they are.

declare module 'lwc' {
  export interface ElementConstructor {
    new (): HTMLElement;
  }
  export function createElement(tag: string, options: { is: ElementConstructor }): HTMLElement;
}

declare module 'lightning/toast' {
  const Toast: { show(toast: { label: string; message?: string; variant?: string; mode?: string }): Promise<unknown> };
  export default Toast;
}

declare module '@locker/sandbox' {
  export function wrapDependency(exports: object, name: string, namespace: string): object;
  export function evaluateFunction(
    namespace: string,
    source: string,
    context: object,
    sourceUrl: string,
  ): (...dependencies: readonly unknown[]) => void;
}
