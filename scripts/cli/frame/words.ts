/** A value for people: as YAML, which needs no legend. */
export async function inWords(value: unknown): Promise<string> {
  if (typeof value === 'string') return value;
  const { stringify } = await import('yaml');
  return stringify(value, { lineWidth: 0 }).trimEnd();
}
