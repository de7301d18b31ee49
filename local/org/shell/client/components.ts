import { createElement } from 'lwc';
import type { ElementConstructor } from 'lwc';
import { page } from './platform/page.ts';

type Components = Readonly<Record<string, ElementConstructor | undefined>>;
type Factory = (...dependencies: readonly unknown[]) => void;

/**
 * Evaluates the components in the sandbox of Lightning Web Security: their script is one AMD module, whose factory runs
 * in the realm of the namespace; what it imports stays outside and reaches it through the membrane.
 */
async function loadSandboxed(url: string): Promise<Components> {
  const { evaluateFunction, wrapDependency } = await import('@locker/sandbox');
  const defined = await new Promise<{ names: readonly string[]; factory: Factory }>((resolve, reject) => {
    const define = (names: readonly string[], factory: Factory): void => resolve({ names, factory });
    Object.assign(globalThis, { define });
    const script = Object.assign(document.createElement('script'), { src: url });
    script.onerror = () => reject(new Error('The components of the org could not be loaded.'));
    addEventListener('error', (event) => reject(new Error(event.message)), { once: true });
    document.head.append(script);
  });
  const exported: Record<string, ElementConstructor> = {};
  const dependencies = await Promise.all(
    defined.names.map(async (name) => {
      if (name === 'exports') return exported;
      const module = (await import(name)) as object;
      return wrapDependency({ ...module }, name, 'c');
    }),
  );
  evaluateFunction('c', defined.factory.toString(), {}, '//# sourceURL=c.js')(...dependencies);
  return exported;
}

let loaded: Promise<Components> | undefined;

function components(): Promise<Components> {
  const url = page.components;
  loaded ??= page.sandboxed ? loadSandboxed(url) : (import(url) as Promise<Components>);
  return loaded;
}

/** Begins to load the components while the org is still asked which of them to show. What fails is told where one is made. */
export function beginComponents(): void {
  components().catch(() => undefined);
}

/** `plumblineHealth` → `c-plumbline-health`. */
function tagOf(name: string): string {
  return `c-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Makes a deployed component with the public properties that it has of these. Throws when there is no such one. */
export async function makeComponent(name: string, properties: Readonly<Record<string, unknown>>): Promise<HTMLElement> {
  const constructor = (await components())[name];
  if (!constructor) throw new Error(`The org has no component ${name} that pages may show.`);
  const made = createElement(tagOf(name), { is: constructor });
  for (const [key, value] of Object.entries(properties)) if (key in made) Object.assign(made, { [key]: value });
  return made;
}
