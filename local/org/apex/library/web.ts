import { callMethod } from '../runtime/invoke.ts';
import { throwApex } from '../runtime/throw.ts';
import type { Thread } from '../runtime/thread.ts';
import { known } from '../types/index.ts';
import { BlobValue, ListValue, MapValue, NativeValue, type Key, type Value } from '../values/index.ts';
import { define } from './define.ts';

/** What a request or response of any kind keeps. */
export interface MessageState {
  readonly text: string;
  values: Map<string, Value>;
  headers: MapValue;
  params: MapValue;
}

export const newMessage = (name: string): NativeValue =>
  new NativeValue(known(name), {
    text: name,
    values: new Map(),
    headers: emptyMap(),
    params: emptyMap(),
  } satisfies MessageState);

const emptyMap = (): MapValue => new MapValue(new Map<Key, { readonly key: Value; value: Value }>());
const state = (self: NativeValue) => self.state as MessageState;

/** A plain property, read and written. */
export const readMessage = (self: NativeValue, name: string): Value => state(self).values.get(name) ?? null;
export const writeMessage = (self: NativeValue, name: string, value: Value): void =>
  void state(self).values.set(name, value);
export const headersOf = (self: NativeValue): MapValue => state(self).headers;
export const paramsOf = (self: NativeValue): MapValue => state(self).params;

const getter = (name: string) => (_thread: Thread, self: NativeValue) => readMessage(self, name);
const setter = (name: string) => (_thread: Thread, self: NativeValue, value: Value) => writeMessage(self, name, value);

function header(self: NativeValue, name: string): Value {
  const found = [...headersOf(self).entries.values()].find(
    ({ key }) => String(key as string).toLowerCase() === name.toLowerCase(),
  );
  return found?.value ?? null;
}

function setHeader(_thread: Thread, self: NativeValue, name: string, value: Value): void {
  headersOf(self).entries.set(name, { key: name, value });
}

const text = (value: Value): Value => (value instanceof BlobValue ? Buffer.from(value.bytes).toString('utf8') : value);
const blob = (value: Value): Value => (typeof value === 'string' ? new BlobValue(Buffer.from(value, 'utf8')) : value);

define('HttpRequest', {
  constructors: { '()': () => newMessage('HttpRequest') },
  methods: {
    'void setEndpoint(String)': setter('endpoint'),
    'String getEndpoint()': getter('endpoint'),
    'void setMethod(String)': setter('method'),
    'String getMethod()': getter('method'),
    'void setBody(String)': setter('body'),
    'String getBody()': getter('body'),
    'void setHeader(String, String)': setHeader,
    'String getHeader(String)': (_thread: Thread, self: NativeValue, name: string) => header(self, name),
    'void setTimeout(Integer)': setter('timeout'),
  },
});

define('HttpResponse', {
  constructors: { '()': () => newMessage('HttpResponse') },
  methods: {
    'void setBody(String)': setter('body'),
    'String getBody()': getter('body'),
    'Blob getBodyAsBlob()': (_thread: Thread, self: NativeValue) => blob(readMessage(self, 'body')),
    'void setStatusCode(Integer)': setter('statusCode'),
    'Integer getStatusCode()': getter('statusCode'),
    'void setStatus(String)': setter('status'),
    'String getStatus()': getter('status'),
    'void setHeader(String, String)': setHeader,
    'String getHeader(String)': (_thread: Thread, self: NativeValue, name: string) => header(self, name),
    'List<String> getHeaderKeys()': (_thread: Thread, self: NativeValue) =>
      new ListValue([...headersOf(self).entries.values()].map(({ key }) => key)),
  },
});

define('HttpCalloutMock', { kind: 'interface', abstracts: ['HttpResponse respond(HttpRequest)'] });

define('Http', {
  constructors: { '()': () => new NativeValue(known('Http'), { text: 'Http' }) },
  methods: {
    'HttpResponse send(HttpRequest)': (thread: Thread, _self: NativeValue, request: NativeValue) => {
      thread.take('callouts');
      const mock = thread.test?.calloutMock ?? null;
      if (mock !== null) return callMethod(thread, mock, 'respond', [request]);
      return throwApex(
        thread,
        'CalloutException',
        'unsupported callout in the local org: only Test.setMock answers one',
      );
    },
  },
});

define('RestRequest', {
  constructors: { '()': () => newMessage('RestRequest') },
  properties: {
    'String requestURI': getter('requestURI'),
    'String resourcePath': getter('resourcePath'),
    'String httpMethod': getter('httpMethod'),
    'String remoteAddress': getter('remoteAddress'),
    'Blob requestBody': (_thread: Thread, self: NativeValue) => blob(readMessage(self, 'requestBody')),
    'Map<String,String> headers': (_thread: Thread, self: NativeValue) => headersOf(self),
    'Map<String,String> params': (_thread: Thread, self: NativeValue) => paramsOf(self),
  },
  setters: {
    requestURI: setter('requestURI'),
    resourcePath: setter('resourcePath'),
    httpMethod: setter('httpMethod'),
    requestBody: (_thread: Thread, self: NativeValue, value: Value) => writeMessage(self, 'requestBody', text(value)),
  },
  methods: {
    'void addHeader(String, String)': setHeader,
    'void addParameter(String, String)': (_thread: Thread, self: NativeValue, name: string, value: Value) =>
      void paramsOf(self).entries.set(name, { key: name, value }),
  },
});

define('RestResponse', {
  constructors: { '()': () => newMessage('RestResponse') },
  properties: {
    'Integer statusCode': getter('statusCode'),
    'Blob responseBody': (_thread: Thread, self: NativeValue) => blob(readMessage(self, 'responseBody')),
    'Map<String,String> headers': (_thread: Thread, self: NativeValue) => headersOf(self),
  },
  setters: {
    statusCode: setter('statusCode'),
    responseBody: (_thread: Thread, self: NativeValue, value: Value) => writeMessage(self, 'responseBody', text(value)),
  },
  methods: { 'void addHeader(String, String)': setHeader },
});

define('RestContext', {
  staticProperties: {
    'RestRequest request': (thread: Thread) => thread.restContext.request,
    'RestResponse response': (thread: Thread) => thread.restContext.response,
  },
  staticSetters: {
    request: (thread: Thread, value: NativeValue) => {
      thread.restContext.request = value;
    },
    response: (thread: Thread, value: NativeValue) => {
      thread.restContext.response = value;
    },
  },
});
