import { childrenNamed, childText, readXml, soapFault, soapResult, XmlError } from '../metadata/index.ts';
import type { SoapAnswer, SoapDialect, XmlElement } from '../metadata/index.ts';
import { OrgError } from '../core/index.ts';
import type { DmlRequest, DmlResult, Org, Session } from '../core/index.ts';
import { errorsXml, leadConversionOf, mergeRequestOf, recordOf, resultXml } from './calls.ts';
import { enterprise, partner } from './dialects.ts';

/** What the partner and enterprise doors need of their org. */
export interface PartnerWorld {
  readonly org: Org;
  /** User of a session token, undefined when it is not valid. */
  authenticate(token: string): string | undefined;
  userOf(userId: string): { readonly username: string; readonly name: string; readonly email: string } | undefined;
}

/** Source: SOAP API Developer Guide: records of one call. */
const mostRecords = 200;

/**
 * Answers `POST /services/Soap/u/NN.N` (partner) and `/services/Soap/c/NN.N` (enterprise): convertLead and merge, which
 * no REST resource offers, DML, and who is asking. Errors come back as SOAP faults, as an org words them.
 */
export async function answerPartner(world: PartnerWorld, path: string, text: string): Promise<SoapAnswer> {
  const dialect = path.includes('/Soap/c/') ? enterprise : partner;
  const read = readCall(text);
  if (read instanceof XmlError) {
    return soapFault(dialect, 'INVALID_SOAP_XML', `${read.message} (line ${read.line}, column ${read.column})`);
  }
  const { header, method } = read;
  const session = sessionOf(world, header, path);
  if (session === undefined) {
    return soapFault(dialect, 'INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session');
  }
  if (method === undefined) return soapFault(dialect, 'INVALID_SOAP_XML', 'The SOAP body is empty');
  try {
    const answer = answerMethod(world, dialect, method, session, allOrNoneOf(header));
    await world.org.whenCommitted();
    return answer;
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return soapFault(dialect, error.errorCode, error.message);
  }
}

function readCall(text: string) {
  try {
    const root = readXml(text, { dropPrefixes: true });
    return { header: childrenNamed(root, 'Header')[0], method: childrenNamed(root, 'Body')[0]?.children[0] };
  } catch (error) {
    if (error instanceof XmlError) return error;
    throw error;
  }
}

function sessionOf(world: PartnerWorld, header: XmlElement | undefined, path: string): Session | undefined {
  const [given] = header === undefined ? [] : childrenNamed(header, 'SessionHeader');
  const token = (given && childText(given, 'sessionId')?.trim()) ?? '';
  const userId = world.authenticate(token);
  if (userId === undefined) return undefined;
  const [options] = header === undefined ? [] : childrenNamed(header, 'CallOptions');
  const client = options && childText(options, 'client')?.trim();
  const version = path.slice(path.lastIndexOf('/') + 1);
  return { userId, token, origin: `com/salesforce/api/soap/${version}`, ...(client ? { client } : {}) };
}

function allOrNoneOf(header: XmlElement | undefined): boolean {
  const [given] = header === undefined ? [] : childrenNamed(header, 'AllOrNoneHeader');
  return given !== undefined && childText(given, 'allOrNone')?.trim() === 'true';
}

function answerMethod(
  world: PartnerWorld,
  dialect: SoapDialect,
  method: XmlElement,
  session: Session,
  allOrNone: boolean,
): SoapAnswer {
  const { org } = world;
  const answer = (value: unknown) => soapResult(dialect, method.name, value);
  switch (method.name) {
    case 'convertLead': {
      const conversions = within(childrenNamed(method, 'leadConverts')).map(leadConversionOf);
      const converted = org.convertLeads(session, conversions);
      return answer(
        converted.map(({ accountId, contactId, errors, leadId, opportunityId, success }) => ({
          accountId: accountId ?? null,
          contactId: contactId ?? null,
          errors: errorsXml(errors),
          leadId,
          opportunityId: opportunityId ?? null,
          success,
        })),
      );
    }
    case 'merge': {
      const merges = within(childrenNamed(method, 'request'), childrenNamed(method, 'mergeRequests'));
      const merged = org.mergeRecords(session, merges.map(mergeRequestOf));
      return answer(
        merged.map(({ errors, id, mergedRecordIds, success, updatedRelatedIds }) => ({
          errors: errorsXml(errors),
          id: id ?? null,
          mergedRecordIds,
          success,
          updatedRelatedIds,
        })),
      );
    }
    case 'create':
    case 'update': {
      const records = within(childrenNamed(method, 'sObjects')).map(recordOf);
      const operation = method.name === 'create' ? 'insert' : 'update';
      return answer(save(org, session, operation, records, allOrNone).map(resultXml));
    }
    case 'delete':
    case 'undelete': {
      const ids = within(childrenNamed(method, 'ids'), childrenNamed(method, 'ID')).map(({ text }) => text.trim());
      const records = ids.map((id) => ({ object: org.schema.objectOfId(id)?.name ?? '', id, values: {} }));
      return answer(save(org, session, method.name, records, allOrNone).map(resultXml));
    }
    case 'getServerTimestamp':
      return answer({ timestamp: new Date(org.clock.now()).toISOString() });
    case 'getUserInfo':
      return answer(userInfo(world, session));
    default:
      return soapFault(dialect, 'UNKNOWN_METHOD', `not yet: the local org does not answer ${method.name} over SOAP`);
  }
}

/** The elements of a call; throws `OrgError` when there are more than one call takes. */
function within(...lists: readonly (readonly XmlElement[])[]): readonly XmlElement[] {
  const elements = lists.flat();
  if (elements.length <= mostRecords) return elements;
  throw new OrgError(400, 'EXCEEDED_ID_LIMIT', `record limit reached. cannot submit more than ${mostRecords} records`);
}

/** Records of several types in one transaction: each run of one type is a request of its own. */
function save(
  org: Org,
  session: Session,
  operation: DmlRequest['operation'],
  records: readonly { readonly object: string; readonly id: string; readonly values: object }[],
  allOrNone: boolean,
): readonly DmlResult[] {
  if (allOrNone && records.some(({ object }) => object !== records[0]?.object)) {
    throw new OrgError(400, 'INVALID_OPERATION', 'not yet: AllOrNoneHeader over records of several types');
  }
  const results: DmlResult[] = [];
  org.transaction(session, (dml) => {
    for (let from = 0, to = 0; from < records.length; from = to) {
      const object = records[from]?.object ?? '';
      while (records[to]?.object === object) to++;
      const chunk = records
        .slice(from, to)
        .map(({ id, values }) => (id === '' ? { ...values } : { ...values, Id: id }));
      results.push(...dml({ operation, object, records: chunk, allOrNone }));
    }
  });
  return results;
}

function userInfo(world: PartnerWorld, { userId }: Session) {
  const user = world.userOf(userId);
  return {
    organizationId: world.org.id,
    organizationMultiCurrency: false,
    userEmail: user?.email ?? '',
    userFullName: user?.name ?? '',
    userId,
    userLanguage: 'en_US',
    userLocale: 'en_US',
    userName: user?.username ?? '',
    userTimeZone: 'GMT',
    userType: 'Standard',
  };
}
