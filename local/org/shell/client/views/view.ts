/** A page of the shell. */
export interface View {
  readonly title: string;
  /** The tab that it belongs to, so that it is marked. */
  readonly tab: string | undefined;
  readonly content: Promise<Node>;
}
