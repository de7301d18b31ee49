import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Args, Flags } from '@oclif/core';
import { openOrg } from '../frame/ask.ts';
import { PlumblineCommand, orgFlags } from '../frame/command.ts';

export default class Connect extends PlumblineCommand {
  static override summary = 'Give the worker its login to an org, or the credentials of a connection.';
  static override description = `Without a connection: makes a key pair here, stores the private key in a file that only you can read, and writes the External Client App with its certificate for an admin to deploy.

With the name of a connection: asks for its credentials, stores them bound to this org and connection, and checks them.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> --target-org my-org --username plumbline@example.com --contact-email admin@example.com',
    '<%= config.bin %> <%= command.id %> iterable --target-org my-org',
  ];
  static override args = { connection: Args.string({ description: 'Name of a connection in the org.' }) };
  static override flags = {
    ...orgFlags,
    username: Flags.string({ summary: 'User name of the integration user that the worker logs in as.' }),
    'contact-email': Flags.string({ summary: 'Whom Salesforce writes to about the app.', dependsOn: ['username'] }),
    'login-url': Flags.string({
      summary: 'Where the worker asks for sessions.',
      default: 'https://login.salesforce.com',
    }),
    'output-dir': Flags.string({
      char: 'd',
      summary: 'Folder for the metadata of the app.',
      default: '.plumbline/external-client-app',
    }),
  };

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Connect);
    await using org = await openOrg(flags);
    const { orgId } = await org.records.identity();
    if (args.connection !== undefined) return await this.#connectSystem(org, orgId, args.connection);
    if (flags.username === undefined || flags['contact-email'] === undefined) {
      this.error(
        'To connect the org itself, give --username and --contact-email; to connect a system, name its connection.',
        { exit: 2 },
      );
    }
    return await this.#connectOrg({
      orgId,
      now: org.clock.now(),
      username: flags.username,
      contactEmail: flags['contact-email'],
      loginUrl: flags['login-url'],
      folder: flags['output-dir'],
    });
  }

  async #connectOrg(given: {
    readonly orgId: string;
    readonly now: number;
    readonly username: string;
    readonly contactEmail: string;
    readonly loginUrl: string;
    readonly folder: string;
  }): Promise<unknown> {
    const { makeKeyPair } = await import('../../salesforce/index.ts');
    const { externalClientApp } = await import('../external-client-app.ts');
    const { readSecrets, secretsFile, writeSecrets } = await import('../secrets.ts');
    const keys = await makeKeyPair(`plumbline-${given.orgId}`, given.now);
    // As long as the keys that Setup makes, and from letters and digits alone.
    const consumerKey = `3MVG9${randomBytes(40).toString('hex')}`;
    const app = { name: 'Plumbline', contactEmail: given.contactEmail, certificate: keys.certificate, consumerKey };
    for (const [path, content] of externalClientApp(app)) {
      const file = join(given.folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    const file = secretsFile(process.env);
    const secrets = readSecrets(file);
    const { username, loginUrl } = given;
    const login = { kind: 'jwt' as const, clientId: consumerKey, username, privateKey: keys.privateKey, loginUrl };
    writeSecrets(file, {
      orgs: { ...secrets.orgs, [given.orgId]: { connections: {}, ...secrets.orgs[given.orgId], login } },
    });
    const steps = [
      'sf project deploy start --target-org <admin>',
      'sf org assign permset --name Plumbline_Admin --target-org <admin>',
      `sf org assign permset --name Plumbline_Integration_User --on-behalf-of ${username} --target-org <admin>`,
      `sf project deploy start --metadata-dir ${given.folder} --target-org <admin>`,
      `plumbline check --org-id ${given.orgId}`,
    ];
    this.log(`The private key is in ${file}; the app with its certificate is in ${given.folder}.`);
    this.log(`The certificate ends on ${new Date(keys.expiresAt).toISOString().slice(0, 10)}. Now, as an admin:`);
    steps.forEach((step, index) => this.log(`  ${index + 1}. ${step}`));
    return {
      orgId: given.orgId,
      username,
      clientId: consumerKey,
      secretsFile: file,
      folder: given.folder,
      expiresAt: keys.expiresAt,
      steps,
    };
  }

  async #connectSystem(org: Awaited<ReturnType<typeof openOrg>>, orgId: string, name: string): Promise<unknown> {
    const { draftOf, readDraftRows } = await import('../../control/index.ts');
    const { SettingsError } = await import('../../engine/index.ts');
    const { promptSecret } = await import('../frame/prompt-secret.ts');
    const { readSecrets, secretsFile, writeSecrets } = await import('../secrets.ts');
    const { connectSystem, systems } = await import('../systems.ts');
    const { connections } = draftOf(await readDraftRows(org.records));
    const connection = connections.find((each) => each.name === name);
    if (connection === undefined) {
      throw new SettingsError(`The org has no connection named "${name}".`, [
        `It has: ${connections.map((each) => each.name).join(', ') || 'none'}.`,
        'Apply a configuration first: plumbline config apply config/syncs/iterable.yaml',
      ]);
    }
    const system = systems.system(connection.system);
    const given: Record<string, string> = {};
    for (const secret of system.secrets) {
      this.logToStderr(secret.whereFrom);
      given[secret.name] = await promptSecret(secret.label);
    }
    const file = secretsFile(process.env);
    const secrets = readSecrets(file);
    const ofOrg = secrets.orgs[orgId] ?? { connections: {} };
    writeSecrets(file, {
      orgs: { ...secrets.orgs, [orgId]: { ...ofOrg, connections: { ...ofOrg.connections, [name]: given } } },
    });
    const { target } = connectSystem(connection, orgId, process.env, {
      transport: org.transport,
      clock: org.clock,
      random: Math.random,
    });
    const account = target === undefined ? undefined : (await target.check()).account;
    this.log(
      `Stored in ${file}, for this org and connection only.${account === undefined ? '' : ` ${system.label} answers: ${account}`}`,
    );
    return { orgId, connection: name, secretsFile: file, account: account ?? null };
  }
}
