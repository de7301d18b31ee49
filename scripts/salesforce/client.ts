import { z } from 'zod';
import type { DescribeSObjectResult } from 'jsforce/lib/types/common.js';
import { RecordError, RetryError, SettingsError, type RecordClient } from '../engine/index.ts';
import { createCollections } from './collections.ts';
import { bodyText, createJsforceConnection, type Channel } from './connection/index.ts';
import { createDescriber, type Describer } from './describe.ts';
import { queryPages } from './query.ts';
import { isObjectName, literal } from './soql.ts';

const userInfo = z.object({ organization_id: z.string(), user_id: z.string(), preferred_username: z.string() });
const limits = z.record(z.string(), z.looseObject({ Max: z.number(), Remaining: z.number() }));

/** jsforce leaves their type open. */
const activeValues = z
  .array(z.object({ value: z.string(), label: z.string().nullable(), active: z.boolean() }))
  .transform((all) => all.flatMap(({ active, value, label }) => (active ? [{ value, label: label ?? value }] : [])));

/** The org's records over a channel. */
export function createSalesforceClient(channel: Channel, describer: Describer): RecordClient {
  return {
    literal,
    describe: (object, paths = []) => describer.describe(object, paths),
    ...createCollections(channel),
    async *query<Row>(soql: string) {
      // The caller names the row it asked for; the org's reply is checked to be rows, not their fields.
      for await (const { rows } of queryPages(channel, soql, 'a query')) yield* rows as readonly Row[];
    },
    async queryOne<Row>(soql: string) {
      for await (const { rows } of queryPages(channel, soql, 'a query')) return rows[0] as Row | undefined;
      return undefined;
    },
    async limits() {
      const body = await createJsforceConnection(channel, 'the limits of the org').limits();
      const parsed = limits.safeParse(body);
      if (!parsed.success) throw new RetryError('The answer to the limits of the org holds no limits.', []);
      return new Map(
        Object.entries(parsed.data).map(([name, { Max, Remaining }]) => [name, { max: Max, remaining: Remaining }]),
      );
    },
    async identity() {
      const connection = createJsforceConnection(channel, 'who is logged in');
      const parsed = userInfo.safeParse(await connection.request('/services/oauth2/userinfo'));
      if (!parsed.success) throw new RetryError('The answer to who is logged in names no user.', []);
      const { organization_id, user_id, preferred_username } = parsed.data;
      return { orgId: organization_id, userId: user_id, username: preferred_username };
    },
  };
}

/** What an Apex resource of the package answers to a GET, parsed. `path`: what follows `/services/apexrest`. */
export async function readApexResource(channel: Channel, path: string, doing: string): Promise<unknown> {
  const { response } = await channel.send({ method: 'GET', path: `/services/apexrest${path}`, doing });
  const text = await bodyText(response, doing);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RetryError(`The answer to ${doing} is not JSON.`, [], { cause });
  }
}

/** The describe of a channel's org, remembered for as long as the describer lives. */
export function createChannelDescriber(channel: Channel): Describer {
  return createDescriber(async (object) => {
    const body = await describeObject(channel, object);
    if (!Array.isArray(body.fields)) throw new RetryError(`The describe of ${object} holds no fields.`, []);
    return {
      name: body.name,
      label: body.label,
      rights: { create: body.createable, edit: body.updateable, delete: body.deletable },
      recordTypes: body.recordTypeInfos.map(({ recordTypeId, name, available, master }) => ({
        id: recordTypeId ?? '',
        name,
        available,
        master,
      })),
      keyPrefix: body.keyPrefix ?? null,
      fields: body.fields.map((field) => ({
        name: field.name,
        label: field.label,
        type: field.type,
        length: field.length,
        scale: field.scale,
        // An integer's digits are told apart from a number's.
        precision: field.precision > 0 ? field.precision : (field.digits ?? 0),
        nillable: field.nillable,
        updateable: field.updateable,
        createable: field.createable,
        referenceTo: field.referenceTo ?? [],
        relationshipName: field.relationshipName ?? null,
        calculated: field.calculated || field.autoNumber,
        identifies: field.externalId || field.idLookup,
        caseSensitive: field.caseSensitive,
        restricted: field.restrictedPicklist,
        values: activeValues.parse(field.picklistValues ?? []),
      })),
    };
  });
}

async function describeObject(channel: Channel, object: string): Promise<DescribeSObjectResult> {
  if (!isObjectName(object)) throw unknownObject(object);
  try {
    return await createJsforceConnection(channel, `the describe of ${object}`).describe(object);
  } catch (cause) {
    // The org says NOT_FOUND, as it does of a record that is gone.
    throw cause instanceof RecordError ? unknownObject(object, cause) : cause;
  }
}

function unknownObject(object: string, cause?: Error): SettingsError {
  return new SettingsError(
    `The org has no object "${object}", or does not show it to the integration user.`,
    [
      'Use the API name that Object Manager shows, such as Lead or Invoice__c.',
      'If the object exists, give the integration user read access to it.',
    ],
    { cause },
  );
}
