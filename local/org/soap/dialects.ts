import type { SoapDialect } from '../metadata/index.ts';

export const partner: SoapDialect = {
  namespace: 'urn:partner.soap.sforce.com',
  faultNamespace: 'urn:fault.partner.soap.sforce.com',
};
export const enterprise: SoapDialect = {
  namespace: 'urn:enterprise.soap.sforce.com',
  faultNamespace: 'urn:fault.enterprise.soap.sforce.com',
};
