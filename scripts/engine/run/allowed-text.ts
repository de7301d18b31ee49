/** The fields that may be written, as nested as they are in the target: a leaf takes any value. */
export type Allowed = Map<string, Allowed | undefined>;

/** A field as the text has it, `"name":`; a leaf has no fields inside. */
interface Field {
  readonly token: string;
  readonly inside: readonly Field[] | undefined;
}

const quote = 34;
const comma = 44;
const backslash = 92;
const open = 123;
const close = 125;

/**
 * Compiles a quick look at an object's JSON text: true when it names allowed fields only, in their order. False means
 * that it has to be parsed to know. Values are passed over, not made.
 */
export function compileAllowedText(allowed: Allowed): (json: string) => boolean {
  const fields = fieldsOf(allowed);
  return (json) => passObject(json, 0, fields) === json.length;
}

function fieldsOf(allowed: Allowed): readonly Field[] {
  return Array.from(allowed, ([name, inside]) => ({
    token: `${JSON.stringify(name)}:`,
    inside: inside && fieldsOf(inside),
  }));
}

/** Where the object that begins at `at` ends; -1 when that is not clear, or a name is not the next of `fields`. */
function passObject(json: string, at: number, fields: readonly Field[]): number {
  if (json.charCodeAt(at) !== open) return -1;
  let place = at + 1;
  let next = 0;
  for (;;) {
    let field = fields[next++];
    while (field && !json.startsWith(field.token, place)) field = fields[next++];
    if (!field) return -1;
    place += field.token.length;
    place = field.inside ? passObject(json, place, field.inside) : passValue(json, place);
    if (place < 0) return -1;
    const unit = json.charCodeAt(place++);
    if (unit === close) return place;
    if (unit !== comma) return -1;
  }
}

/** Where the text, number, true, false or null that begins at `at` ends; -1 for a list or an object. */
function passValue(json: string, at: number): number {
  if (json.charCodeAt(at) === quote) return passText(json, at);
  let place = at;
  while (isOfWord(json.charCodeAt(place))) place++;
  return place > at ? place : -1;
}

function passText(json: string, at: number): number {
  for (let end = json.indexOf('"', at + 1); end >= 0; end = json.indexOf('"', end + 1)) {
    let slashes = 0;
    while (json.charCodeAt(end - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return -1;
}

/** Of letters, digits, `+`, `-` and `.`: no comma, brace, bracket or quote. */
function isOfWord(unit: number): boolean {
  return (
    (unit >= 97 && unit <= 122) ||
    (unit >= 48 && unit <= 57) ||
    unit === 43 ||
    unit === 45 ||
    unit === 46 ||
    unit === 69
  );
}
