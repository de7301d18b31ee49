import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * To be told how many rows each commit had: after `between` rows it collects this thread's whole heap. By itself V8 does
 * so only when something is allocated among what is old. In a full read little is: what a young collection once took for
 * old would stay, to 80 MB in the store's thread after five million records, and to 90 MB in the planner's.
 */
export function collectorOfRows(between: number): (rows: number) => void {
  let collect: (() => void) | undefined;
  let left = between;
  return (rows) => {
    left -= rows;
    if (left > 0) return;
    left = between;
    collect ??= collectionOfV8();
    collect();
  };
}

function collectionOfV8(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
