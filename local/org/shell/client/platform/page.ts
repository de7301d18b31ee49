// `org/page`: what the server tells this page about its user. It stays outside the sandbox of the components, which
// see their own answers alone.

/** An app of the launcher. */
export interface AppInfo {
  readonly apiName: string;
  readonly label: string;
  readonly description: string;
  readonly tabs: readonly TabInfo[];
}

export interface TabInfo {
  readonly apiName: string;
  readonly label: string;
  /** `utility:…`-like name of its icon. */
  readonly icon: string;
  readonly kind: 'page' | 'component' | 'object';
  /** The flexipage, component or object that it shows. */
  readonly target: string;
}

export interface PageContext {
  readonly userId: string;
  readonly userName: string;
  readonly orgId: string;
  readonly orgName: string;
  readonly apps: readonly AppInfo[];
  readonly customPermissions: readonly string[];
  readonly userPermissions: readonly string[];
  /** Whether the components run in the sandbox of Lightning Web Security. */
  readonly sandboxed: boolean;
  /** Where their script is; the address changes with them. */
  readonly components: string;
}

const context = JSON.parse(document.getElementById('org-page')?.textContent ?? '') as PageContext;

/** Phones get the small form factor: the width below which the design system stacks its columns. */
const PHONE = '(max-width: 480px)';

export const page = { ...context, formFactor: matchMedia(PHONE).matches ? 'Small' : 'Large' };

/** As `@salesforce/customPermission/…` and `@salesforce/userPermission/…` have it: true, or undefined. */
export function granted(kind: 'custom' | 'user', name: string): true | undefined {
  const held = kind === 'custom' ? context.customPermissions : context.userPermissions;
  return held.includes(name) ? true : undefined;
}
