import type { Element } from './xml.ts';

/** A mistake in a metadata file. */
export interface Problem {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

export interface MetadataFile {
  /** Path from the package directory, with `/`. */
  readonly file: string;
  readonly root: Element;
}
