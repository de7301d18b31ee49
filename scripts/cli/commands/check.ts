import { PlumblineCommand, orgFlags } from '../frame/command.ts';
import { openOrg } from '../frame/ask.ts';

export default class Check extends PlumblineCommand {
  static override summary =
    'Check the login, the package in the org, the rights, the configuration and the credentials of each connection.';
  static override description = 'Exit code 5 when a check does not hold.';
  static override examples = ['<%= config.bin %> <%= command.id %> --target-org my-org'];
  static override flags = { ...orgFlags };

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(Check);
    await using org = await openOrg(flags);
    const { checkOrg } = await import('../checks.ts');
    const checks = await checkOrg(org, process.env);
    for (const check of checks) {
      this.log(`${check.ok ? '✔' : '✖'} ${check.what}: ${check.found}`);
      for (const action of check.actions) this.log(`    → ${action}`);
    }
    if (checks.some((check) => !check.ok)) this.endWith('found');
    return { checks };
  }
}
