import { isFields, type Fields } from './field-types.ts';
import type { ShelvedText, TextShelf } from './text-shelf.ts';
import type { User } from './users.ts';

/**
 * Users whose fields are still in the body of the bulk write that made them. A text of each one's own takes as long to
 * write as the body takes to read, and most are never looked at: the first look takes all of them apart.
 */
export class UnreadBody {
  #bytes: Uint8Array | undefined;
  #text: ShelvedText | undefined;
  readonly #shelf: TextShelf;
  readonly #keep: (fields: Fields) => ShelvedText;
  readonly #users = new Map<User, number>();

  /** `bytes`: of a body with `users`, already checked. `keep` shelves the fields of one of them. */
  constructor(bytes: Uint8Array, shelf: TextShelf, keep: (fields: Fields) => ShelvedText) {
    this.#bytes = bytes;
    this.#shelf = shelf;
    this.#keep = keep;
  }

  /** False once it was taken apart: it takes no more users. */
  get isUnread(): boolean {
    return this.#bytes !== undefined || this.#text !== undefined;
  }

  /** The user is the one at that place of the body. */
  add(user: User, place: number): void {
    if (this.#bytes !== undefined) this.#text = this.#shelf.putBytes(this.#bytes);
    this.#bytes = undefined;
    this.#users.set(user, place);
  }

  /** Gives all of its users their fields as texts of their own. */
  takeApart(): void {
    const text = this.#text;
    if (text === undefined) return;
    this.#text = undefined;
    const { users } = JSON.parse(text.read()) as { readonly users: readonly Fields[] };
    for (const [user, place] of this.#users) {
      const fields = users[place]?.['dataFields'];
      user.fields = this.#keep(isFields(fields) ? fields : {});
    }
    this.#users.clear();
    this.#shelf.take(text);
  }
}
