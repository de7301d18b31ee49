import { known } from '../types/index.ts';
import { NativeValue } from '../values/index.ts';
import { define } from './define.ts';

interface AccessState {
  readonly text: string;
  readonly key: string;
  readonly mode: 'user' | 'system';
}

const access = (mode: AccessState['mode']) => () =>
  new NativeValue(known('AccessLevel'), { text: `${mode.toUpperCase()}_MODE`, key: mode, mode } satisfies AccessState);

define('AccessLevel', {
  staticProperties: { 'AccessLevel USER_MODE': access('user'), 'AccessLevel SYSTEM_MODE': access('system') },
});

/** In whose rights an operation is done; undefined when its caller does not say. */
export const modeOf = (level: NativeValue | undefined) =>
  level === undefined ? undefined : (level.state as AccessState).mode;
