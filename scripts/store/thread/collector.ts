import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Of a thousand records each: they leave less than 10 MB. */
const commitsBetween = 256;

/**
 * To be called after each commit: every so often it collects this thread's whole heap, in some 15 ms. By itself V8 does
 * so only when something is allocated among what is old, and nothing is here: what a young collection once took for old
 * would stay, to 80 MB in a full read of five million records.
 */
export function collectorOfCommits(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let commits = 0;
  return () => {
    if (++commits % commitsBetween === 0) collect();
  };
}
