// `lightning/platformResourceLoader`

const loaded = new Map<string, Promise<void>>();

function load(url: string, make: () => HTMLScriptElement | HTMLLinkElement): Promise<void> {
  const loading =
    loaded.get(url) ??
    new Promise<void>((resolve, reject) => {
      const element = make();
      element.onload = () => resolve();
      element.onerror = () => reject(new Error(`The static resource ${url} could not be loaded.`));
      document.head.append(element);
    });
  loaded.set(url, loading);
  return loading;
}

export function loadScript(_component: unknown, url: string): Promise<void> {
  return load(url, () => Object.assign(document.createElement('script'), { src: url }));
}

export function loadStyle(_component: unknown, url: string): Promise<void> {
  return load(url, () => Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url }));
}
