// `org/apex`: what the modules `@salesforce/apex/Class.method` are made of.
import { callOrg } from './http.ts';
import { createAdapter, refreshResult } from './wire.ts';
import type { WireAdapterConstructor } from './wire.ts';

export interface ApexMethod {
  (parameters?: Readonly<Record<string, unknown>>): Promise<unknown>;
  adapter: WireAdapterConstructor;
}

/** An @AuraEnabled method, to call or to wire. */
export function apexMethod(className: string, method: string): ApexMethod {
  const path = `/apex/${className}/${method}`;
  const call = (parameters: Readonly<Record<string, unknown>> = {}): Promise<unknown> =>
    callOrg('POST', path, parameters);
  return Object.assign(call, { adapter: createAdapter(call).adapter });
}

export const refreshApex = refreshResult;

/** The value of a field, or of a path over parents, in a record that Apex gave. */
export function getSObjectValue(record: unknown, field: string | { readonly fieldApiName: string }): unknown {
  const path = typeof field === 'string' ? field : field.fieldApiName;
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | undefined)?.[name], record);
}
