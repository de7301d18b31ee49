/** The step of the setup assistant where a cause is mended; absent: on the records themselves. */
const steps: Readonly<Record<string, string>> = {
  'not-included': 'records',
  'create-not-allowed': 'rules',
  'update-not-allowed': 'rules',
  'waiting-for-credentials': 'connect',
  unreadable: 'rights',
  'value-not-mappable': 'fields',
  'rejected-type-mismatch': 'fields',
  'rejected-not-found': 'rules',
  'rejected-too-many-fields': 'fields',
  'record-too-large': 'fields',
  'not-allowed': 'fields',
};

/** Where a reason is mended. */
export function stepThatMends(reasonCode: string): string | undefined {
  return steps[reasonCode];
}
