import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BusyTexts } from './busy-texts.ts';

const command = fc.record({
  holds: fc.boolean(),
  space: fc.nat({ max: 1 }),
  text: fc.nat({ max: 120 }).map((number) => `person${number}@example.com`),
  group: fc.nat({ max: 2 }),
});

test('a text is held by one group at a time, by as many of it as took it and did not free it', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 600 }), (commands) => {
      const busy = new BusyTexts();
      const model = new Map<string, { group: number; holders: number }>();
      for (const { holds, space, text, group } of commands) {
        const name = `${space}/${text}`;
        const held = model.get(name);
        if (!holds) {
          busy.free(space, text);
          if (held && --held.holders === 0) model.delete(name);
          continue;
        }
        const mine = held?.group === group;
        assert.equal(busy.hold(space, text, group), held ? (mine ? held.holders + 1 : 0) : 1, name);
        if (mine) held.holders++;
        else if (!held) model.set(name, { group, holders: 1 });
      }
    }),
  );
});
