import { Refusal } from '../kit/index.ts';
import { failure } from './answer.ts';
import { isFields, type Fields } from './field-types.ts';

/** Source: error bodies of the API; a body may hold 4 MB. */
export const longestBody = 4_000_000;

/**
 * Checks a request's body as Iterable does: everything wrong is told at once, by path (`obj.users[1].preferUserId`), in
 * a 400 `BadJsonBody`.
 */
export class Body {
  readonly fields: Fields;
  readonly #path: string;
  readonly #problems: Record<string, string> = {};

  constructor(path: string, text: string) {
    this.#path = path;
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      throw new Refusal(failure(400, 'BadJsonBody', `[${path}] Invalid JSON body`, { obj: 'JSON expected' }));
    }
    if (!isFields(parsed)) this.#problems['obj'] = 'Object value expected';
    this.fields = isFields(parsed) ? parsed : {};
    this.end();
  }

  string(from: Fields, name: string, at: string): string | undefined {
    const value = from[name];
    if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
    this.wrong(`${at}.${name}`, 'String value expected');
    return undefined;
  }

  boolean(from: Fields, name: string, at: string): boolean {
    const value = from[name];
    if (value === undefined || value === null || typeof value === 'boolean') return value ?? false;
    this.wrong(`${at}.${name}`, 'Boolean value expected');
    return false;
  }

  number(from: Fields, name: string, at: string): number | undefined {
    const value = from[name];
    if (value === undefined || value === null || typeof value === 'number') return value ?? undefined;
    this.wrong(`${at}.${name}`, 'Number value expected');
    return undefined;
  }

  object(from: Fields, name: string, at: string): Fields {
    const value = from[name];
    if (value === undefined || value === null) return {};
    if (isFields(value)) return value;
    this.wrong(`${at}.${name}`, 'Object value expected');
    return {};
  }

  /** The objects of a required list. */
  objects(from: Fields, name: string, at: string): readonly Fields[] {
    const value = from[name];
    if (!Array.isArray(value)) {
      this.wrong(`${at}.${name}`, value === undefined ? 'Field is required' : 'Array value expected');
      return [];
    }
    for (let index = 0; index < value.length; index++) {
      if (!isFields(value[index])) this.wrong(`${at}.${name}[${index}]`, 'Object value expected');
    }
    return value as readonly Fields[];
  }

  numbers(from: Fields, name: string, at: string): readonly number[] | undefined {
    const value = from[name];
    if (value === undefined || value === null) return undefined;
    if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return value;
    this.wrong(`${at}.${name}`, 'Array of numbers expected');
    return undefined;
  }

  wrong(at: string, problem: string): void {
    this.#problems[at] = problem;
  }

  /** Refuses the request if anything was wrong so far. */
  end(): void {
    if (Object.keys(this.#problems).length > 0) {
      throw new Refusal(failure(400, 'BadJsonBody', `[${this.#path}] Invalid JSON body`, this.#problems));
    }
  }
}
