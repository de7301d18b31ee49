/**
 * True for the API name of a custom field of the org that bears a system's prefix, whose case counts: not a standard
 * field, not one of a managed package, not a parent, not one in other letters (an org would take `acme_x__c` for
 * `Acme_X__c`, so what is not spelled as it was made is not known to be ours). A contact's field appears as `__pc` on a
 * person account. An API name holds two underscores in a row only before its suffix: `Acme__X__c` is X of a package.
 */
export function isOwnField(prefix: string, name: string): boolean {
  if (!name.startsWith(prefix)) return false;
  const rest = name.slice(prefix.length);
  return /^[A-Za-z0-9]+(_[A-Za-z0-9]+)*__p?c$/.test(rest);
}
