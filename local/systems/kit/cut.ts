/** A connection that ended without an answer, as `fetch` tells it: a TypeError. */
export class ConnectionCut extends TypeError {
  constructor(system: string) {
    super(`fetch failed: the local ${system} cut the connection`);
  }
}
