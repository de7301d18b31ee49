import { z } from 'zod';

/**
 * A setting that says where people see a record: an address with names in braces, which the record's own values stand
 * for. Without one of `named` it would be the same page for every record; its host is fixed, and https or this machine.
 */
export function pageTemplate(named: readonly string[], others: readonly string[] = []): z.ZodType<string> {
  const host = /^(https:\/\/[^/{}@?#\s]+|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?)\/\S*$/;
  const known = new Set([...named, ...others]);
  return z.string().refine(
    (text) => {
      const names = [...text.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name);
      return host.test(text) && named.every((name) => names.includes(name)) && names.every((name) => known.has(name));
    },
    `must be an https address with ${named.map((name) => `{${name}}`).join(' and ')} where the record's own stands`,
  );
}

/** The address that a template and a record's values make; whatever the values hold, they stay where they stand. */
export function pageAddress(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent((values[name] ?? '').toWellFormed()),
  );
}
