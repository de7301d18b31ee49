import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import {
  CredentialsError,
  PlumblineError,
  type SendResult,
  type Target,
  type TargetRecord,
  type Transport,
} from '../../../engine/index.ts';

/** What the contract needs to know of a target to try it. */
export interface TargetCase {
  make(transport: Transport): Target;
  readonly object: string;
  /** The n-th record, each with a key of its own. */
  record(number: number): TargetRecord;
  /** The vendor's answer that takes all of a batch. */
  accept(request: Request): Promise<Response>;
  /** The vendor's answer to wrong credentials. */
  refuseCredentials(): Response;
  /** The vendor's answer when its rate limit is exceeded. */
  tooMany(): Response;
  /** What the transport rejects with when a request has not left. */
  notSent(): Error;
  /** Must appear nowhere. */
  readonly secret: string;
}

/** Registers the tests that every target has to pass; call it in the system's own test file. */
export function targetContract(name: string, example: TargetCase): void {
  const records = (count: number): TargetRecord[] =>
    Array.from({ length: count }, (_none, number) => example.record(number));
  const started = async (): Promise<void> => undefined;
  const send = (transport: Transport, batch = records(3), onStart = started): Promise<SendResult> =>
    example.make(transport).send(example.object, batch, 'live', onStart);
  const quiet = (result: unknown): void =>
    assert.ok(!inspect(result, { depth: 9 }).includes(example.secret), 'a secret in a result');

  test(`${name}: one delivery per record, in order, after onStart`, async () => {
    const order: string[] = [];
    const transport: Transport = async (request) => {
      order.push('request');
      return await example.accept(request);
    };
    const result = await send(transport, records(3), async () => void order.push('start'));
    assert.deepEqual(
      result.kind === 'answered' ? result.deliveries.map(({ kind }) => kind) : result,
      records(3).map(() => 'delivered'),
    );
    assert.equal(order[0], 'start');
    assert.equal(order.filter((step) => step === 'start').length, order.filter((step) => step === 'request').length);
  });

  test(`${name}: an empty batch is answered without a request`, async () => {
    const result = await send(() => assert.fail('a request left'), []);
    assert.deepEqual(result, { kind: 'answered', deliveries: [] });
  });

  test(`${name}: a request that did not get through is refused, one that was cut off is unanswered`, async () => {
    const notSent = await send(() => Promise.reject(example.notSent()));
    assert.ok(notSent.kind === 'refused' && notSent.error instanceof PlumblineError);
    assert.equal((await send(() => Promise.reject(new TypeError('terminated')))).kind, 'unanswered');
    const cut = new ReadableStream({ start: (controller) => controller.error(new TypeError('terminated')) });
    assert.equal((await send(async () => new Response(cut))).kind, 'unanswered');
    assert.equal((await send(async () => new Response('', { status: 503 }))).kind, 'unanswered');
  });

  test(`${name}: an error of onStart is the caller's own, and nothing leaves`, async () => {
    const lost = new Error('lease lost');
    await assert.rejects(
      send(
        () => assert.fail('a request left'),
        records(1),
        () => Promise.reject(lost),
      ),
      lost,
    );
  });

  test(`${name}: wrong credentials and a used-up limit are refused with what to do, and no secret`, async () => {
    const credentials = await send(async () => example.refuseCredentials());
    assert.ok(credentials.kind === 'refused' && credentials.error instanceof CredentialsError);
    assert.ok(credentials.error.actions.length > 0);
    quiet(credentials);
    const limit = await send(async () => example.tooMany());
    assert.ok(limit.kind === 'refused' && limit.error instanceof PlumblineError && limit.error.next === 'wait');
    await assert.rejects(example.make(async () => example.refuseCredentials()).check(), CredentialsError);
  });

  test(`${name}: a batch is as long as limits and overhead say`, async () => {
    const target = example.make(example.accept);
    const batch = records(Math.min(50, target.limits.maxRecords));
    let bytes = 0;
    const transport: Transport = async (request) => {
      bytes += (await request.clone().arrayBuffer()).byteLength;
      return await example.accept(request);
    };
    await send(transport, batch);
    const own = batch.reduce((sum, { json }) => sum + Buffer.byteLength(json), 0);
    const most = target.overhead.batchBytes + own + batch.length * target.overhead.recordBytes;
    assert.ok(bytes <= most && bytes >= own, `${bytes} bytes, expected ${own} to ${most}`);
  });

  test(`${name}: a normalised key stays as it is, and a blank is no key`, () => {
    const target = example.make(example.accept);
    for (const { key } of records(3)) assert.deepEqual(target.normaliseKey(example.object, key), { key });
    for (const blank of ['', '   ', '\t'])
      assert.deepEqual(target.normaliseKey(example.object, blank), { reason: 'no-key' });
  });
}
