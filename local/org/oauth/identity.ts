import type { OrgUser } from './users.ts';
import type { Org } from '../core/index.ts';

/** Addresses of the org's APIs, `{version}` left for the caller, as the identity doors give them. */
function urls(org: Org, user: OrgUser, origin: string): Record<string, string> {
  const data = `${origin}/services/data/v{version}`;
  return {
    enterprise: `${origin}/services/Soap/c/{version}/${org.id.slice(0, 15)}`,
    metadata: `${origin}/services/Soap/m/{version}/${org.id.slice(0, 15)}`,
    partner: `${origin}/services/Soap/u/{version}/${org.id.slice(0, 15)}`,
    rest: `${data}/`,
    sobjects: `${data}/sobjects/`,
    search: `${data}/search/`,
    query: `${data}/query/`,
    recent: `${data}/recent/`,
    tooling_soap: `${origin}/services/Soap/T/{version}/${org.id.slice(0, 15)}`,
    tooling_rest: `${data}/tooling/`,
    profile: `${origin}/${user.id}`,
    custom_domain: origin,
  };
}

/** Body of `/services/oauth2/userinfo`. */
export function userInfo(org: Org, user: OrgUser, origin: string): Record<string, unknown> {
  return {
    sub: `${origin}/id/${org.id}/${user.id}`,
    user_id: user.id,
    organization_id: org.id,
    preferred_username: user.username,
    nickname: user.username.split('@')[0],
    name: user.name,
    given_name: user.firstName,
    family_name: user.lastName,
    email: user.email,
    email_verified: true,
    zoneinfo: 'GMT',
    locale: 'en_US',
    language: 'en_US',
    utcOffset: 0,
    user_type: 'STANDARD',
    active: user.active,
    urls: urls(org, user, origin),
  };
}

/** Body of `/id/{org}/{user}`. */
export function identity(org: Org, user: OrgUser, origin: string): Record<string, unknown> {
  return {
    // An identifier, always written with https, wherever the org is asked.
    id: `${origin.replace(/^http:/, 'https:')}/id/${org.id}/${user.id}`,
    asserted_user: true,
    user_id: user.id,
    organization_id: org.id,
    username: user.username,
    nick_name: user.username.split('@')[0],
    display_name: user.name,
    email: user.email,
    email_verified: true,
    first_name: user.firstName,
    last_name: user.lastName,
    timezone: 'GMT',
    user_type: 'STANDARD',
    active: user.active,
    photos: { picture: null, thumbnail: null },
    language: 'en_US',
    locale: 'en_US',
    utcOffset: 0,
    urls: urls(org, user, origin),
  };
}
