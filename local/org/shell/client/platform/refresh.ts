// `lightning/refresh`: a component asks the page to read anew what it shows.

const handlers = new Map<string, () => Promise<unknown>>();
let lastId = 0;

export class RefreshEvent extends Event {
  constructor() {
    super('lightning__refreshview', { bubbles: true, composed: true, cancelable: true });
  }
}

export function registerRefreshHandler(component: unknown, handler: () => Promise<unknown>): string {
  lastId += 1;
  handlers.set(String(lastId), handler.bind(component));
  return String(lastId);
}

export function unregisterRefreshHandler(id: string): boolean {
  return handlers.delete(id);
}

addEventListener('lightning__refreshview', () => {
  void Promise.allSettled([...handlers.values()].map((handler) => handler()));
});
