// `lightning/navigation`: the package's own re-exports a module that only an org has.
import { currentReference, onPageChange, openReference, urlOf } from './page-reference.ts';
import type { PageReference } from './page-reference.ts';
import type { WireAdapterConstructor } from './wire.ts';

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

type Constructor = new (...parameters: never[]) => object;

/** Opens a page; with `replace` Back leads to where one was before. */
export function navigate(_context: unknown, reference: PageReference, options?: { readonly replace?: boolean }): void {
  openReference(reference, options?.replace ?? false);
}

export function generateUrl(_context: unknown, reference: PageReference): string {
  return urlOf(reference);
}

function mixin<Base extends Constructor>(Parent: Base): Base {
  // TypeScript takes a mixin's parameters only as a list of its widest type.
  const Open = Parent as unknown as new (...parameters: unknown[]) => object;
  return class extends Open {
    [Navigate](reference: PageReference, replace = false): void {
      openReference(reference, replace);
    }

    [GenerateUrl](reference: PageReference): Promise<string> {
      return Promise.resolve(urlOf(reference));
    }
  } as unknown as Base;
}

export const NavigationMixin = Object.assign(mixin, { Navigate, GenerateUrl });

export const CurrentPageReference: WireAdapterConstructor = class {
  readonly #emit: (value: unknown) => void;
  #stop: () => void = () => undefined;

  constructor(emit: (value: unknown) => void) {
    this.#emit = emit;
  }

  connect(): void {
    this.#emit(currentReference());
    this.#stop = onPageChange((reference) => this.#emit(reference));
  }

  disconnect(): void {
    this.#stop();
  }

  update(): void {
    // It has no configuration.
  }
};
