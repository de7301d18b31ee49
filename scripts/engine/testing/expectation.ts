import { compileMapping } from '../../mapping/index.ts';
import { roll, seededRandom } from './seeded.ts';
import { syncConfiguration, type World } from './world.ts';

/** What the target should hold for the people and prospects in the source. */
export function expectedTarget(world: World): Map<string, string> {
  const best = new Map<string, { rank: readonly [number, number, string]; json: string }>();
  for (const name of ['people', 'prospects'] as const) {
    const { precedence, salesforceObject, mappings } = syncConfiguration(name);
    const fields = mappings.map((mapping) => mapping.source);
    const map = compileMapping(mappings, fields);
    for (const record of world.source.objects.get(salesforceObject)?.values() ?? []) {
      const mail = String(record.values['Mail'] ?? '')
        .trim()
        .toLowerCase();
      if (record.gone || !mail.includes('@') || world.excluded.has(`${name}/${record.id}`)) continue;
      const parent = world.source.objects.get('Parent')?.get(String(record.values['ParentId']));
      const cells = fields.map((field) =>
        field === 'Id'
          ? record.id
          : field === 'Parent.Name'
            ? (parent?.values['Name'] ?? null)
            : (record.values[field] ?? null),
      );
      const rank = [precedence, record.stamp, record.id] as const;
      const rival = best.get(mail)?.rank;
      const wins = !rival || rank[0] - rival[0] || rank[1] - rival[1] || (rank[2] > rival[2] ? 1 : -1);
      if (wins === true || wins > 0) best.set(mail, { rank, json: map(cells) });
    }
  }
  return new Map([...best].map(([key, { json }]) => [key, json]));
}

/** Random people and prospects: shared keys, equal stamps, missing and invalid keys among them. */
export function fill(world: World, seed: number, records: number): void {
  const random = seededRandom(seed);
  for (let index = 0; index < records; index++) {
    const mail = roll(random, 12) === 0 ? null : `m${roll(random, records)}${roll(random, 9) === 0 ? '' : '@x.com'}`;
    const object = roll(random, 3) === 0 ? 'Prospect' : 'Person';
    world.source.save(
      object,
      `r${String(index).padStart(3, '0')}`,
      { Mail: mail, Name: `N${roll(random, 50)}` },
      1_000 + roll(random, 20),
    );
  }
}
