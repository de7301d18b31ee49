import type { MissingRight } from 'plumbline/setup';

const objectRights = ['Create', 'Delete', 'Edit', 'Read'] as const;

/** The missing rights as a permission set in source format, for who deploys it by hand. */
export function permissionSetXml(label: string, missing: readonly MissingRight[]): string {
  const fields = new Map<string, boolean>();
  const objects = new Map<string, Set<string>>();
  for (const { objectName, fieldName, right } of missing) {
    if (fieldName) {
      const name = `${objectName}.${fieldName}`;
      fields.set(name, right !== 'read' || fields.get(name) === true);
    } else {
      objects.set(objectName, (objects.get(objectName) ?? new Set(['read'])).add(right));
    }
  }
  const fieldParts = [...fields].map(
    ([name, editable]) =>
      `    <fieldPermissions>\n        <editable>${editable}</editable>\n        <field>${name}</field>\n` +
      '        <readable>true</readable>\n    </fieldPermissions>\n',
  );
  const objectParts = [...objects].map(([name, rights]) => {
    const allowed = objectRights
      .map((right) => `        <allow${right}>${rights.has(right.toLowerCase())}</allow${right}>\n`)
      .join('');
    return (
      `    <objectPermissions>\n${allowed}        <modifyAllRecords>false</modifyAllRecords>\n` +
      `        <object>${name}</object>\n        <viewAllRecords>${rights.has('viewAll')}</viewAllRecords>\n` +
      '    </objectPermissions>\n'
    );
  });
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">\n' +
    `${fieldParts.join('')}    <hasActivationRequired>false</hasActivationRequired>\n    <label>${label}</label>\n` +
    `${objectParts.join('')}</PermissionSet>\n`
  );
}
