const marks: Readonly<Record<string, string>> = { debug: '·', info: ' ', warn: '!', error: '✗' };

/** A line of JSON as a person reads it: `12:00:01 ! message  name=value …`, an error's stack below it. */
export function prettyLine(json: string): string {
  const { time, level, message, error, ...fields } = JSON.parse(json) as Readonly<Record<string, unknown>>;
  const shown = Object.entries(fields).map(([name, value]) => `${name}=${show(value)}`);
  const head = `${String(time).slice(11, 19)} ${marks[String(level)] ?? '?'} ${String(message)}`;
  const below = error === undefined ? '' : `\n${indent(stackOf(error))}`;
  return `${[head, ...shown].join('  ')}${below}\n`;
}

function show(value: unknown): string {
  return typeof value === 'string' && !/[\s"=]/.test(value) ? value : JSON.stringify(value);
}

function stackOf(error: unknown): string {
  const told = typeof error === 'object' && error !== null && 'stack' in error ? error.stack : error;
  return typeof told === 'string' ? told : JSON.stringify(told);
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}
