import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { requests } from './requests.ts';
import { Scene } from './scene.ts';
import { byBulk, byReplication, READS, rowsOf, viewOf } from './views.ts';
import { write } from './write.ts';

test('whatever two clients write by whichever doors, every door shows the same records', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async (sent) => {
      const scene = new Scene();
      const { made } = scene;
      // Both clients' next requests at once, then a second goes by: stamps compare by whole seconds.
      const waiting = [...sent];
      while (waiting.length > 0) {
        const both = [0, 1].flatMap((client) => {
          const place = waiting.findIndex((request) => request.client === client);
          return place < 0 ? [] : waiting.splice(place, 1);
        });
        await Promise.all(both.map((request) => write(scene, request)));
        made.clock.advance(1_000);
      }
      const there = viewOf(await rowsOf(made, 'query'));
      for (const [door, read] of Object.entries(READS)) assert.deepEqual(viewOf(await read(scene)), there, door);
      const all = await rowsOf(made, 'queryAll');
      assert.deepEqual(viewOf(await byBulk(scene, 'queryAll')), viewOf(all), 'Bulk queryAll');
      assert.deepEqual(viewOf(all.filter((row) => row['IsDeleted'] !== true)), there, 'queryAll, what is there');
      const gone = all.filter((row) => row['IsDeleted'] === true).map((row) => String(row['Id']));
      const { updated, deleted } = await byReplication(scene);
      assert.deepEqual(updated, [...there.keys()], 'getUpdated');
      assert.deepEqual(deleted, gone.sort(), 'getDeleted');
      assert.deepEqual([...there.keys(), ...gone].sort(), [...scene.ids].sort(), 'every record that was ever made');
    }),
    { numRuns: 40 },
  );
});
