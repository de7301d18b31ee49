import { Command, Flags } from '@oclif/core';
import { PlumblineError } from '../../engine/index.ts';
import type { LoginOptions } from '../login.ts';
import { errorJson, exitCodeOf, exitCodes } from './exit-codes.ts';
import { InterruptedError } from './interrupt.ts';

/** What every command has: `--json`, errors with what to do next, exit codes that scripts can use. */
export abstract class PlumblineCommand extends Command {
  static override enableJsonFlag = true;

  protected override async catch(error: Error & { exitCode?: number }): Promise<unknown> {
    if (this.jsonEnabled()) {
      process.exitCode = exitCodeOf(error);
      this.logJson(this.toErrorJson(error));
      return undefined;
    }
    if (!(error instanceof PlumblineError || error instanceof InterruptedError)) return await super.catch(error);
    process.exitCode = exitCodeOf(error);
    this.logToStderr(`Error: ${error.message}`);
    if (error instanceof PlumblineError) for (const action of error.actions) this.logToStderr(`  → ${action}`);
    return undefined;
  }

  protected override toErrorJson(error: unknown): unknown {
    return errorJson(error);
  }

  /** Ends with `code` once everything is written. */
  protected endWith(code: keyof typeof exitCodes): void {
    process.exitCode = exitCodes[code];
  }

  /** Lines of columns, wide enough for what is in them. */
  protected logTable(heading: readonly string[], rows: readonly (readonly string[])[]): void {
    const widths = heading.map((title, column) =>
      Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
    );
    for (const row of [heading, ...rows]) {
      this.log(
        row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '),
      );
    }
  }
}

/** Which org, and as whom. */
export const orgFlags = {
  'target-org': Flags.string({
    char: 'o',
    summary: 'Alias or user name of an org that the sf CLI is logged in to.',
    helpGroup: 'ORG',
  }),
  'instance-url': Flags.string({ summary: 'URL of the org, with an access token.', helpGroup: 'ORG' }),
  'access-token': Flags.string({
    summary: 'Access token; better given as PLUMBLINE_ACCESS_TOKEN, where other users of this machine cannot see it.',
    helpGroup: 'ORG',
  }),
  'org-id': Flags.string({ summary: 'ID of an org that "connect" has stored a login for.', helpGroup: 'ORG' }),
};

export interface OrgFlagValues {
  readonly 'target-org'?: string | undefined;
  readonly 'instance-url'?: string | undefined;
  readonly 'access-token'?: string | undefined;
  readonly 'org-id'?: string | undefined;
  /** Set by commands that never run under the worker's own login. */
  readonly personal?: boolean;
}

export function loginOptions(flags: OrgFlagValues): LoginOptions {
  return {
    ...(flags['target-org'] === undefined ? {} : { targetOrg: flags['target-org'] }),
    ...(flags['instance-url'] === undefined ? {} : { instanceUrl: flags['instance-url'] }),
    ...(flags['access-token'] === undefined ? {} : { accessToken: flags['access-token'] }),
    ...(flags['org-id'] === undefined ? {} : { orgId: flags['org-id'] }),
    ...(flags.personal === undefined ? {} : { personal: flags.personal }),
  };
}
