import { escapeXml } from './xml.ts';

export interface SoapAnswer {
  readonly status: number;
  readonly body: string;
}

/** One SOAP API: its answers and its faults are in these namespaces. */
export interface SoapDialect {
  readonly namespace: string;
  readonly faultNamespace: string;
}

/** The answer of a method. Lists repeat their element, null is `xsi:nil`, what is undefined is left out. */
export function soapResult(dialect: SoapDialect, method: string, value: unknown): SoapAnswer {
  const body = `<${method}Response>${toXml('result', value)}</${method}Response>`;
  return { status: 200, body: soapEnvelope(dialect, body) };
}

export function soapFault(dialect: SoapDialect, code: string, message: string): SoapAnswer {
  const text = `<faultcode>sf:${code}</faultcode><faultstring>${escapeXml(`${code}: ${message}`)}</faultstring>`;
  return { status: 500, body: soapEnvelope(dialect, `<soapenv:Fault>${text}</soapenv:Fault>`) };
}

/** A message of that API round its body. */
export function soapEnvelope({ namespace, faultNamespace }: SoapDialect, body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${namespace}" ` +
    `xmlns:sf="${faultNamespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
    `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}

function toXml(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((item: unknown) => toXml(name, item)).join('');
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (typeof value === 'object') {
    const inner = Object.entries(value).map(([key, item]) => toXml(key, item));
    return `<${name}>${inner.join('')}</${name}>`;
  }
  return `<${name}>${escapeXml(typeof value === 'string' ? value : JSON.stringify(value))}</${name}>`;
}
