/** Salesforce's IDs: 15 case-sensitive characters, and three more that tell which of them are capitals. */

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const suffixes = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const bodyLength = 12;

/** The 18 characters of a 15-character ID. */
export function withSuffix(id15: string): string {
  let suffix = '';
  for (let block = 0; block < 15; block += 5) {
    let bits = 0;
    for (let index = 0; index < 5; index++) {
      const code = id15.charCodeAt(block + index);
      if (code >= 65 && code <= 90) bits |= 1 << index;
    }
    suffix += suffixes[bits];
  }
  return id15 + suffix;
}

/**
 * The 18 characters of an ID given with 15 or 18; `undefined` when it is neither, or its suffix does not fit. A
 * suffix is accepted in any case and mends the case of the first 15 characters, as in an org.
 */
export function normaliseId(text: string): string | undefined {
  if (text.length === 15) return isAlphanumeric(text) ? withSuffix(text) : undefined;
  if (text.length !== 18 || !isAlphanumeric(text)) return undefined;
  if (withSuffix(text.slice(0, 15)) === text) return text;
  const mended = mendCase(text);
  return mended !== undefined && withSuffix(mended.slice(0, 15)) === mended ? mended : undefined;
}

/** An ID of this prefix: three characters, then the org's own part, then a number. */
export function makeId(keyPrefix: string, pod: string, sequence: number): string {
  let body = '';
  let rest = sequence;
  const width = bodyLength - pod.length;
  for (let index = 0; index < width; index++) {
    body = digits.charAt(rest % 62) + body;
    rest = Math.floor(rest / 62);
  }
  return withSuffix(keyPrefix + pod + body);
}

/** Two characters that tell one org's IDs from another's. */
export function podOfSeed(seed: number): string {
  const positive = Math.abs(Math.trunc(seed)) % (62 * 62);
  return digits.charAt(Math.floor(positive / 62)) + digits.charAt(positive % 62);
}

function mendCase(text: string): string | undefined {
  let mended = '';
  const suffix = text.slice(15).toUpperCase();
  for (let index = 0; index < 15; index++) {
    const bits = suffixes.indexOf(suffix.charAt(Math.floor(index / 5)));
    if (bits < 0) return undefined;
    const letter = text.charAt(index);
    mended += (bits >> (index % 5)) & 1 ? letter.toUpperCase() : letter.toLowerCase();
  }
  return mended + suffix;
}

function isAlphanumeric(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const fits = (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
    if (!fits) return false;
  }
  return true;
}
