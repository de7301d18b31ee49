import assert from 'node:assert/strict';
import { test } from 'node:test';
import avro from 'avsc';
import { RetryError } from '../../engine/index.ts';
import { compilePayload } from './payload.ts';

const header = {
  type: 'record',
  name: 'ChangeEventHeader',
  fields: [
    { name: 'entityName', type: 'string' },
    { name: 'recordIds', type: { type: 'array', items: 'string' } },
    { name: 'changeType', type: { type: 'enum', name: 'ChangeType', symbols: ['CREATE', 'UPDATE'] } },
    { name: 'commitTimestamp', type: 'long' },
    { name: 'commitNumber', type: 'long' },
  ],
};
const schema = {
  type: 'record',
  name: 'LeadChangeEvent',
  namespace: 'com.sforce.eventbus',
  fields: [
    { name: 'ChangeEventHeader', type: header },
    { name: 'Email', type: ['null', 'string'], default: null },
  ],
};
const value = {
  ChangeEventHeader: {
    entityName: 'Lead',
    recordIds: ['00Q1', '00Q2'],
    changeType: 'UPDATE',
    commitTimestamp: 5,
    commitNumber: 7,
  },
  Email: 'secret@example.com',
};

test('I-05: of a change the header is read, and no value of a field', () => {
  const read = compilePayload(JSON.stringify(schema));
  const event = read(avro.Type.forSchema(schema as avro.Schema).toBuffer(value), '0a');
  assert.deepEqual(event, {
    kind: 'change',
    replayId: '0a',
    changeType: 'UPDATE',
    recordIds: ['00Q1', '00Q2'],
    commitTimestamp: 5,
  });
});

test('a number past 2^53 elsewhere in the header does no harm', () => {
  const bytes = avro.types.LongType.__with({
    fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
    toBuffer: (big: bigint) => {
      const buffer = Buffer.alloc(8);
      buffer.writeBigInt64LE(BigInt(big));
      return buffer;
    },
    fromJSON: BigInt,
    toJSON: Number,
    isValid: () => true,
    compare: () => 0,
  });
  const writer = avro.Type.forSchema(schema as avro.Schema, { registry: { long: bytes } });
  const large = {
    ...value,
    ChangeEventHeader: { ...value.ChangeEventHeader, commitTimestamp: 5n, commitNumber: 2n ** 60n },
  };
  const event = compilePayload(JSON.stringify(schema))(writer.toBuffer(large), '0a');
  assert.equal(event.kind, 'change');
});

test('bytes that do not follow the schema are unreadable, a schema of something else is refused', () => {
  assert.deepEqual(compilePayload(JSON.stringify(schema))(Buffer.from([2]), '0b'), {
    kind: 'unreadable',
    replayId: '0b',
  });
  const other = { type: 'record', name: 'Other__e', fields: [{ name: 'Text__c', type: 'string' }] };
  assert.throws(() => compilePayload(JSON.stringify(other)), RetryError);
});
