import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import {
  CredentialsError,
  PlumblineError,
  RetryError,
  type ReadShape,
  type Source,
  type SourceRow,
  type Transport,
} from '../../../engine/index.ts';

/** What the contract needs to know of a source to try it. */
export interface SourceCase {
  make(transport: Transport): Source;
  readonly shape: ReadShape;
  /** IDs of the records that `answer` gives, in any order; more than one page of them. */
  readonly ids: readonly string[];
  /** The vendor's answer to any request of reading. */
  answer(request: Request): Promise<Response>;
  /** The vendor's answer to wrong credentials. */
  refuseCredentials(): Response;
  /** The vendor's answer when its rate limit is exceeded. */
  tooMany(): Response;
  /** Must appear nowhere. */
  readonly secret: string;
}

/** Registers the tests that every source has to pass; call it in the system's own test file. */
export function sourceContract(name: string, example: SourceCase): void {
  const { shape } = example;
  const make = (): Source => example.make((request) => example.answer(request));

  test(`${name}: a full read gives each record once, a cell for each field`, async () => {
    const rows = await read(make(), shape, undefined);
    assert.deepEqual(rows.map(({ id }) => id).sort(), [...example.ids].sort());
    assert.ok(rows.every(({ cells }) => cells.length === shape.fields.length));
    assert.ok(rows.every(({ version }) => Number.isSafeInteger(version.own) && Number.isSafeInteger(version.parents)));
    assert.equal(await make().count(shape), example.ids.length);
  });

  test(`${name}: a full read goes on where it was left, and loses nothing`, async () => {
    const source = make();
    const seen = new Set<string>();
    for (let position: string | undefined; ;) {
      let next: string | undefined;
      for await (const page of source.extract(shape, position)) {
        for await (const chunk of page.chunks) for (const { id } of chunk) seen.add(id);
        ({ next } = page);
        break;
      }
      if (next === undefined) break;
      position = next;
    }
    assert.deepEqual([...seen].sort(), [...example.ids].sort());
  });

  test(`${name}: each record that is asked for comes back, or why it does not, with the values of a full read`, async () => {
    const source = make();
    const [known] = await read(source, shape, undefined);
    assert.ok(known);
    const { rows, absent } = await source.hydrate(shape, [known.id, 'is-not-there']);
    assert.deepEqual(
      rows.map(({ id, cells }) => [id, cells]),
      [[known.id, known.cells]],
    );
    assert.deepEqual([...absent.keys()], ['is-not-there']);
    assert.deepEqual(await source.hydrate(shape, []).then((none) => none.rows), []);
  });

  test(`${name}: every field of the shape is described`, async () => {
    const { fields } = await make().describe(shape.object, shape.fields);
    for (const path of shape.fields) assert.equal(fields.get(path)?.readable, true, path);
  });

  test(`${name}: what the vendor refuses says what to do next, and no secret`, async () => {
    const refused = (answer: () => Promise<Response>): Promise<unknown> =>
      read(example.make(answer), shape, undefined).then(
        () => assert.fail('it was read'),
        (error: unknown) => error,
      );
    const credentials = await refused(async () => example.refuseCredentials());
    assert.ok(credentials instanceof CredentialsError && credentials.actions.length > 0);
    assert.ok(!inspect(credentials, { depth: 9 }).includes(example.secret), 'a secret in an error');
    const limit = await refused(async () => example.tooMany());
    assert.ok(limit instanceof PlumblineError && limit.next === 'wait');
    assert.ok((await refused(async () => new Response('', { status: 503 }))) instanceof RetryError);
    assert.ok((await refused(() => Promise.reject(new TypeError('terminated')))) instanceof RetryError);
    assert.ok((await refused(async () => new Response('{"cut'))) instanceof PlumblineError);
  });
}

async function read(source: Source, shape: ReadShape, position: string | undefined): Promise<readonly SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const page of source.extract(shape, position)) for await (const chunk of page.chunks) rows.push(...chunk);
  return rows;
}
