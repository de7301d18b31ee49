const chunkBytes = 1_048_576;
/** Of a character of JavaScript as UTF-8, at most. */
const bytesOfCharacter = 3;

/** A text on a shelf. */
export class ShelvedText {
  readonly bytes: number;
  readonly #chunk: Buffer;
  readonly #start: number;

  constructor(chunk: Buffer, start: number, bytes: number) {
    this.#chunk = chunk;
    this.#start = start;
    this.bytes = bytes;
  }

  read(): string {
    return this.#chunk.toString('utf8', this.#start, this.#start + this.bytes);
  }
}

/**
 * Texts as UTF-8 outside of V8's heap. In it a million of them are copied twice each, and the system finds new memory for
 * them, which takes it longer than all else; here the memory of what was cleared is used again.
 * A lone surrogate comes back as U+FFFD: JSON has none, since it is written with escapes.
 */
export class TextShelf {
  #chunks: Buffer[] = [];
  #current = -1;
  #used = 0;
  #written = 0;
  #taken = 0;

  put(text: string): ShelvedText {
    const chunk = this.#roomFor(text.length * bytesOfCharacter);
    const start = this.#used;
    const bytes = chunk.write(text, start, 'utf8');
    this.#used += bytes;
    this.#written += bytes;
    return new ShelvedText(chunk, start, bytes);
  }

  /** `bytes`: UTF-8. */
  putBytes(bytes: Uint8Array): ShelvedText {
    const chunk = this.#roomFor(bytes.length);
    const start = this.#used;
    chunk.set(bytes, start);
    this.#used += bytes.length;
    this.#written += bytes.length;
    return new ShelvedText(chunk, start, bytes.length);
  }

  /** Says that nobody will read it again. */
  take(text: ShelvedText): void {
    this.#taken += text.bytes;
  }

  /** True when more than half of it was taken: a new shelf with what is left would be worth its making. */
  get isWasteful(): boolean {
    return this.#taken > chunkBytes && this.#taken * 2 > this.#written;
  }

  /** Nothing that was put here before may be read again. */
  clear(): void {
    this.#current = -1;
    this.#used = 0;
    this.#written = 0;
    this.#taken = 0;
  }

  /** A chunk with room for `most` bytes. */
  #roomFor(most: number): Buffer {
    const current = this.#chunks[this.#current];
    if (current !== undefined && current.length - this.#used >= most) return current;
    this.#used = 0;
    const next = this.#chunks[++this.#current];
    if (next !== undefined && next.length >= most) return next;
    const made = Buffer.allocUnsafeSlow(Math.max(chunkBytes, most));
    this.#chunks.splice(this.#current, 0, made);
    return made;
  }
}
