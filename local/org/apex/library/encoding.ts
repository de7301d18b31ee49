import { createHash, createHmac } from 'node:crypto';
import { throwApex } from '../runtime/throw.ts';
import type { Thread } from '../runtime/thread.ts';
import { known } from '../types/index.ts';
import { BlobValue, NativeValue } from '../values/index.ts';
import { define } from './define.ts';

const ALGORITHMS: Readonly<Record<string, string>> = {
  md5: 'md5',
  sha1: 'sha1',
  'sha-1': 'sha1',
  'sha-256': 'sha256',
  sha256: 'sha256',
  'sha-512': 'sha512',
  sha512: 'sha512',
};

function algorithm(thread: Thread, name: string): string {
  const known = ALGORITHMS[name.toLowerCase().replace(/^hmac/, '')];
  return known ?? throwApex(thread, 'NoSuchElementException', `unsupported algorithm ${name} in the local org`);
}

const text = (blob: BlobValue): string => Buffer.from(blob.bytes).toString('utf8');

define('Blob', {
  statics: { 'Blob valueOf(String)': (_thread: Thread, value: string) => new BlobValue(Buffer.from(value, 'utf8')) },
  methods: {
    'String toString()': (_thread: Thread, self: BlobValue) => text(self),
    'Integer size()': (_thread: Thread, self: BlobValue) => self.bytes.length,
  },
});

define('Crypto', {
  statics: {
    'Blob generateDigest(String, Blob)': (thread: Thread, name: string, input: BlobValue) =>
      new BlobValue(createHash(algorithm(thread, name)).update(input.bytes).digest()),
    'Blob generateMac(String, Blob, Blob)': (thread: Thread, name: string, input: BlobValue, key: BlobValue) =>
      new BlobValue(createHmac(algorithm(thread, name), key.bytes).update(input.bytes).digest()),
    'Integer getRandomInteger()': (thread: Thread) => Math.floor(thread.host.random() * 2 ** 32) | 0,
  },
});

define('EncodingUtil', {
  statics: {
    'String base64Encode(Blob)': (_thread: Thread, value: BlobValue) => Buffer.from(value.bytes).toString('base64'),
    'Blob base64Decode(String)': (_thread: Thread, value: string) => new BlobValue(Buffer.from(value, 'base64')),
    'String convertToHex(Blob)': (_thread: Thread, value: BlobValue) => Buffer.from(value.bytes).toString('hex'),
    'Blob convertFromHex(String)': (_thread: Thread, value: string) => new BlobValue(Buffer.from(value, 'hex')),
    'String urlEncode(String, String)': (_thread: Thread, value: string) =>
      encodeURIComponent(value)
        .replace(/%20/g, '+')
        .replace(/[!'()~]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`),
    'String urlDecode(String, String)': (_thread: Thread, value: string) =>
      decodeURIComponent(value.replace(/\+/g, ' ')),
  },
});

define('UUID', {
  statics: {
    'UUID randomUUID()': (thread: Thread) => new NativeValue(known('UUID'), uuidState(randomUuid(thread))),
    'UUID fromString(String)': (_thread: Thread, value: string) => new NativeValue(known('UUID'), uuidState(value)),
  },
  methods: {
    'String toString()': (_thread: Thread, self: NativeValue) => (self.state as { readonly text: string }).text,
  },
});

const uuidState = (value: string) => ({ text: value, key: value });

function randomUuid(thread: Thread): string {
  const bytes = Array.from({ length: 16 }, () => Math.floor(thread.host.random() * 256));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
