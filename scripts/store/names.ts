import type { DatabaseSync } from 'node:sqlite';
import { prepareAll } from './statement.ts';

export const nameStatements = {
  idOf: 'select id from name where text = ?',
  textOf: 'select text from name where id = ?',
  add: 'insert into name (text) values (?) returning id',
};

/** Names of syncs, runs, key spaces, objects and reasons, as small integers. */
export class Names {
  readonly #statements;
  readonly #ids = new Map<string, number>();
  readonly #texts = new Map<number, string>();

  constructor(database: DatabaseSync) {
    this.#statements = prepareAll(database, nameStatements);
  }

  /** The number of a name, given to it now when it has none: only within a transaction. */
  intern(text: string): number {
    return this.find(text) ?? this.#keep(text, Number(this.#statements.add.get(text)?.['id']));
  }

  internOptional(text: string | undefined): number | null {
    return text === undefined ? null : this.intern(text);
  }

  /** The number of a name, absent when the store has never met it. */
  find(text: string): number | undefined {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const found = this.#statements.idOf.get(text);
    return found && this.#keep(text, Number(found['id']));
  }

  text(id: number): string {
    const known = this.#texts.get(id);
    if (known !== undefined) return known;
    const found = this.#statements.textOf.get(id);
    if (!found) throw new Error(`The store has no name with the number ${id}.`);
    const text = String(found['text']);
    this.#keep(text, id);
    return text;
  }

  /** After a transaction that was undone: the numbers given in it are gone. */
  forget(): void {
    this.#ids.clear();
    this.#texts.clear();
  }

  #keep(text: string, id: number): number {
    this.#ids.set(text, id);
    this.#texts.set(id, text);
    return id;
  }
}
