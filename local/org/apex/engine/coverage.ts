import type { ClassInfo } from '../types/index.ts';

/** Which lines ran, by class or trigger. */
export class Coverage {
  readonly #lines = new Map<string, Set<number>>();

  cover(info: ClassInfo, line: number): void {
    const { file } = info;
    if (file === undefined) return;
    let lines = this.#lines.get(file);
    if (lines === undefined) {
      lines = new Set();
      this.#lines.set(file, lines);
    }
    lines.add(line);
  }

  linesOf(file: string): ReadonlySet<number> {
    return this.#lines.get(file) ?? new Set();
  }

  add(other: Coverage): void {
    for (const [file, lines] of other.#lines) {
      const own = this.#lines.get(file) ?? new Set();
      for (const line of lines) own.add(line);
      this.#lines.set(file, own);
    }
  }
}
