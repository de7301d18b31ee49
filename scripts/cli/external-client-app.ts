/** A component's file in metadata format, by its path in the deployed folder. */
export type MetadataFiles = ReadonlyMap<string, string>;

export interface ExternalClientApp {
  /** API name: letters, digits and `_`. */
  readonly name: string;
  readonly contactEmail: string;
  /** PEM. */
  readonly certificate: string;
  /** The app's client ID; made here, so that nobody has to copy it out of Setup. */
  readonly consumerKey: string;
}

const permissionSet = 'Plumbline_Integration_User';

/**
 * The External Client App that the worker logs in through, as a deployable folder: local, JWT only, scope `api`,
 * pre-authorised for who has the permission set Plumbline Integration User. Elements and folders: Metadata API 66.0.
 */
export function externalClientApp(app: ExternalClientApp): MetadataFiles {
  const { name } = app;
  const part = (type: string, elements: Readonly<Record<string, string | boolean>>): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="http://soap.sforce.com/2006/04/metadata">\n` +
    Object.entries(elements)
      .map(([element, value]) => `    <${element}>${escaped(String(value))}</${element}>\n`)
      .join('') +
    `</${type}>\n`;
  const components: readonly (readonly [
    type: string,
    fullName: string,
    path: string,
    elements: Readonly<Record<string, string | boolean>>,
  ])[] = [
    [
      'ExternalClientApplication',
      name,
      `externalClientApps/${name}.eca`,
      {
        contactEmail: app.contactEmail,
        description: 'The Plumbline worker logs in through this app.',
        distributionState: 'Local',
        isProtected: false,
        label: 'Plumbline',
      },
    ],
    [
      'ExtlClntAppGlobalOauthSettings',
      `${name}_glbloauth`,
      `extlClntAppGlobalOauthSets/${name}_glbloauth.ecaGlblOauth`,
      {
        callbackUrl: 'https://login.salesforce.com/services/oauth2/success',
        certificate: app.certificate.replaceAll(/-----[A-Z ]+-----|\s/g, ''),
        consumerKey: app.consumerKey,
        externalClientApplication: name,
        isClientCredentialsFlowEnabled: false,
        isCodeCredFlowEnabled: false,
        isConsumerSecretOptional: false,
        isDeviceFlowEnabled: false,
        isNamedUserJwtEnabled: false,
        isPkceRequired: true,
        isSecretRequiredForRefreshToken: true,
        isTokenExchangeEnabled: false,
        label: `${name}_glbloauth`,
      },
    ],
    [
      'ExtlClntAppOauthSettings',
      `${name}_oauth`,
      `extlClntAppOauthSettings/${name}_oauth.ecaOauth`,
      {
        commaSeparatedOauthScopes: 'Api',
        externalClientApplication: name,
        isFirstPartyAppEnabled: false,
        label: `${name}_oauth`,
      },
    ],
    [
      'ExtlClntAppOauthConfigurablePolicies',
      `${name}_oauthPlcy`,
      `extlClntAppOauthPolicies/${name}_oauthPlcy.ecaOauthPlcy`,
      {
        commaSeparatedPermissionSet: permissionSet,
        externalClientApplication: name,
        ipRelaxationPolicyType: 'Enforce',
        isClientCredentialsFlowEnabled: false,
        isGuestCodeCredFlowEnabled: false,
        isTokenExchangeFlowEnabled: false,
        label: `${name}_oauthPlcy`,
        permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
        refreshTokenPolicyType: 'Zero',
        requiredSessionLevel: 'STANDARD',
      },
    ],
    [
      'ExtlClntAppConfigurablePolicies',
      `${name}_plcy`,
      `extlClntAppPolicies/${name}_plcy.ecaPlcy`,
      {
        externalClientApplication: name,
        isEnabled: true,
        isOauthPluginEnabled: true,
        label: `${name}_plcy`,
        startPage: 'None',
      },
    ],
  ];
  const files = new Map(components.map(([type, , path, elements]) => [path, part(type, elements)]));
  const types = components.map(
    ([type, fullName]) =>
      `    <types>\n        <members>${fullName}</members>\n        <name>${type}</name>\n    </types>\n`,
  );
  files.set(
    'package.xml',
    `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="http://soap.sforce.com/2006/04/metadata">\n${types.join('')}    <version>66.0</version>\n</Package>\n`,
  );
  return files;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
