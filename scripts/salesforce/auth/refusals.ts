import { CredentialsError, RetryError, type PlumblineError } from '../../engine/index.ts';

/** The body of a refused login: `{"error":"invalid_grant","error_description":"…"}`. */
export interface LoginRefusal {
  readonly error: string;
  readonly description: string;
}

interface Mend {
  readonly when: RegExp;
  readonly wrong: string;
  readonly actions: readonly string[];
}

/** Matched in this order against `error: description`; texts of the OAuth error reference of Salesforce. */
const mends: readonly Mend[] = [
  {
    when: /hasn.t approved|not approved|OAUTH_APPROVAL_ERROR/i,
    wrong: 'the integration user is not pre-authorised for the app',
    actions: [
      'In Setup, External Client App Manager, open the app, Policies: set "Admin approved users are pre-authorized" and add the permission set of the integration user.',
      'Assign that permission set to the integration user.',
      'An app that is not installed in the org is blocked since September 2025: deploy it as `plumbline connect` describes.',
    ],
  },
  {
    when: /audience/i,
    wrong: 'the login address is not the one of this org',
    actions: [
      'Use https://login.salesforce.com for production, https://test.salesforce.com for a sandbox, or the My Domain address.',
    ],
  },
  {
    when: /inactive user|user.*(inactive|frozen)/i,
    wrong: 'the integration user is inactive or frozen',
    actions: ['In Setup, Users, activate or unfreeze the integration user.'],
  },
  {
    when: /expired|revoked/i,
    wrong: 'the authorisation has expired or was revoked',
    actions: [
      'Salesforce keeps five approvals per user and app and revokes the oldest without notice: use a user of its own for Plumbline.',
      'Run `plumbline connect` again.',
    ],
  },
  {
    when: /invalid_client|client identifier|client credentials|invalid_app_access/i,
    wrong: 'the org does not know the app, or refuses its secret or certificate',
    actions: [
      'Compare the consumer key with the one that External Client App Manager shows; a new app takes up to 10 minutes to be known.',
      'Check that the uploaded certificate is the one of this key and has not expired.',
      'For client credentials, check that the flow is enabled and a run-as user is set.',
    ],
  },
  {
    when: /unsupported_grant_type|no client credentials user/i,
    wrong: 'this way of logging in is not enabled for the app',
    actions: [
      'In the app, enable the JWT bearer flow (or client credentials, with a run-as user).',
      'Client credentials work on the My Domain address only, not on login.salesforce.com.',
    ],
  },
  {
    when: /inactive_org|org.*locked|maintenance/i,
    wrong: 'the org is locked, inactive or gone',
    actions: ['Log in to the org in a browser; it says what to do.'],
  },
  {
    when: /invalid_grant|invalid assertion/i,
    wrong: 'the org does not accept the user, the certificate or the address',
    actions: [
      'Check the user name: in a sandbox it ends with the name of the sandbox.',
      "Check this machine's clock: a token that is a few minutes off is refused.",
      'Check that the uploaded certificate is the one of this key.',
    ],
  },
];

/**
 * What to do about a refused login.
 * @param login `Login.description` of the one that was refused.
 */
export function loginError(status: number, refusal: LoginRefusal, login: string): PlumblineError {
  const said = `${refusal.error}: ${refusal.description}`;
  if (status >= 500 || /already being processed|unknown_error|server_error/i.test(said)) {
    return new RetryError(`The ${login} did not work for the moment (HTTP ${status}).`, []);
  }
  const mend = mends.find(({ when }) => when.test(said));
  return new CredentialsError(
    `Salesforce refused the ${login}: ${mend?.wrong ?? 'it gave another reason'} (${refusal.error}: ${refusal.description}).`,
    mend?.actions ?? ['In Setup, Login History of the integration user names the reason.'],
  );
}
