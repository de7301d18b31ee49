import type { DeployOptions, DeployResult } from './deploy-result.ts';
import type { Deployments } from './deployments.ts';
import type { Manifest } from './package-zip.ts';
import { propertiesOf, retrieve } from './retrieve.ts';
import type { FileProperties, Retrieved } from './retrieve.ts';
import type { ComponentStore } from './component-store.ts';
import { HELD_TYPES } from './types.ts';
import { soapEnvelope, soapFault, soapResult } from './soap-envelope.ts';
import type { SoapAnswer, SoapDialect } from './soap-envelope.ts';
import { childText, childrenNamed, escapeXml, readXml, XmlError } from './xml.ts';
import type { XmlElement } from './xml.ts';
import { OrgError } from '../core/index.ts';

/** What the SOAP door needs of its org. */
export interface SoapWorld {
  readonly deployments: Deployments;
  readonly store: ComponentStore;
  nextId(keyPrefix: string): string;
  /** User of a session token, undefined when it is not valid. */
  authenticate(token: string): string | undefined;
  userName(userId: string): string;
  /** Throws `OrgError` for a user who may not use the Metadata API. */
  checkMayUse(userId: string): void;
  /** What was retrieved, by ID, so that it can be asked for again. */
  readonly retrieves: Map<string, Retrieved>;
}

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const metadataDialect: SoapDialect = { namespace: NAMESPACE, faultNamespace: NAMESPACE };

const result = (method: string, value: unknown): SoapAnswer => soapResult(metadataDialect, method, value);
const fault = (code: string, message: string): SoapAnswer => soapFault(metadataDialect, code, message);

/** Options of a deploy out of its XML. */
function deployOptions(element: XmlElement | undefined): DeployOptions {
  const flag = (name: string): boolean => element !== undefined && childText(element, name) === 'true';
  return {
    checkOnly: flag('checkOnly'),
    rollbackOnError: flag('rollbackOnError'),
    ignoreWarnings: flag('ignoreWarnings'),
    testLevel: element && childText(element, 'testLevel'),
    runTests: element ? childrenNamed(element, 'runTests').map((test) => test.text) : [],
  };
}

function manifestOf(unpackaged: XmlElement | undefined): Manifest {
  const manifest = new Map<string, string[]>();
  for (const types of unpackaged ? childrenNamed(unpackaged, 'types') : []) {
    const members = childrenNamed(types, 'members').map((member) => member.text);
    const name = childText(types, 'name') ?? '';
    manifest.set(name, [...(manifest.get(name) ?? []), ...members]);
  }
  return manifest;
}

function deployResultXml(deploy: DeployResult, includeDetails: boolean): Record<string, unknown> {
  const { details, ...rest } = deploy;
  return includeDetails ? { ...rest, details } : rest;
}

function describeMetadata(): Record<string, unknown> {
  return {
    metadataObjects: HELD_TYPES.map(({ name, directory, suffix, metaFile, children, folder }) => ({
      childXmlNames: (children ?? []).map((child) => child.name),
      directoryName: directory,
      inFolder: folder !== undefined,
      metaFile: metaFile ?? false,
      suffix,
      xmlName: name,
    })),
    organizationNamespace: '',
    partialSaveAllowed: true,
    testRequired: false,
  };
}

/** A component as listMetadata and retrieve tell it, with the names of its authors. */
function fileXml(world: SoapWorld, properties: FileProperties): Record<string, unknown> {
  return {
    ...properties,
    createdByName: world.userName(properties.createdById),
    lastModifiedByName: world.userName(properties.lastModifiedById),
    manageableState: 'unmanaged',
  };
}

function retrieveStatus(
  world: SoapWorld,
  id: string,
  retrieved: Retrieved,
  includeZip: boolean,
): Record<string, unknown> {
  return {
    done: true,
    fileProperties: retrieved.properties.map((properties) => fileXml(world, properties)),
    id,
    messages: retrieved.messages,
    status: 'Succeeded',
    success: true,
    zipFile: includeZip ? Buffer.from(retrieved.zip).toString('base64') : undefined,
  };
}

function answerMethod(world: SoapWorld, method: XmlElement, userId: string): SoapAnswer {
  const text = (name: string): string => childText(method, name) ?? '';
  switch (method.name) {
    case 'deploy': {
      const zip = Buffer.from(text('ZipFile'), 'base64');
      const id = world.deployments.start(zip, deployOptions(childrenNamed(method, 'DeployOptions')[0]), userId);
      return result('deploy', { done: false, id, state: 'Queued' });
    }
    case 'deployRecentValidation':
      return result('deployRecentValidation', world.deployments.startValidated(text('validationId'), userId));
    case 'checkDeployStatus': {
      const deploy = world.deployments.status(text('asyncProcessId'));
      return result('checkDeployStatus', deployResultXml(deploy, text('includeDetails') === 'true'));
    }
    case 'cancelDeploy': {
      const id = text('String') || text('id');
      return result('cancelDeploy', { done: world.deployments.cancel(id), id });
    }
    case 'retrieve': {
      const request = childrenNamed(method, 'retrieveRequest')[0] ?? childrenNamed(method, 'request')[0];
      const manifest = manifestOf(request && childrenNamed(request, 'unpackaged')[0]);
      const id = world.nextId('09S');
      world.retrieves.set(id, retrieve(world.store, manifest, (request && childText(request, 'apiVersion')) ?? '66.0'));
      return result('retrieve', { done: false, id, state: 'Queued' });
    }
    case 'checkRetrieveStatus': {
      const id = text('asyncProcessId');
      const retrieved = world.retrieves.get(id);
      if (!retrieved) return fault('INVALID_CROSS_REFERENCE_KEY', `no retrieve ${id}`);
      return result('checkRetrieveStatus', retrieveStatus(world, id, retrieved, text('includeZip') !== 'false'));
    }
    case 'describeMetadata':
      return result('describeMetadata', describeMetadata());
    case 'listMetadata': {
      const types = childrenNamed(method, 'queries').map((query) => childText(query, 'type') ?? '');
      const listed = types.flatMap((type) => world.store.list(type).map(propertiesOf));
      return result(
        'listMetadata',
        listed.map((properties) => fileXml(world, properties)),
      );
    }
    case 'readMetadata': {
      const type = text('type');
      const records = childrenNamed(method, 'fullNames').flatMap(
        ({ text: fullName }) => world.store.get(type, fullName) ?? [],
      );
      const inner = records.map((record) => {
        const elements = record.elements.map((element) => elementXml(element)).join('');
        return `<records xsi:type="${type}"><fullName>${escapeXml(record.fullName)}</fullName>${elements}</records>`;
      });
      return {
        status: 200,
        body: soapEnvelope(
          metadataDialect,
          `<readMetadataResponse><result>${inner.join('')}</result></readMetadataResponse>`,
        ),
      };
    }
    default:
      return fault('UNKNOWN_METHOD', `not yet: the local org does not answer ${method.name} of the Metadata API`);
  }
}

function elementXml(element: XmlElement): string {
  if (element.children.length === 0) return `<${element.name}>${escapeXml(element.text)}</${element.name}>`;
  return `<${element.name}>${element.children.map(elementXml).join('')}</${element.name}>`;
}

/** Answers `POST /services/Soap/m/NN.N`. Errors come back as SOAP faults, as an org words them. */
export function answerSoap(world: SoapWorld, text: string): SoapAnswer {
  let root: XmlElement;
  try {
    root = readXml(text, { dropPrefixes: true });
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return fault('INVALID_SOAP_XML', `${error.message} (line ${error.line}, column ${error.column})`);
  }
  const header = childrenNamed(root, 'Header')[0];
  const session = header && childrenNamed(header, 'SessionHeader')[0];
  const userId = session && world.authenticate(childText(session, 'sessionId') ?? '');
  if (userId === undefined)
    return fault('INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session');
  const method = childrenNamed(root, 'Body')[0]?.children[0];
  if (!method) return fault('INVALID_SOAP_XML', 'The SOAP body is empty');
  try {
    world.checkMayUse(userId);
    return answerMethod(world, method, userId);
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return fault(error.errorCode, error.message);
  }
}
