import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Flags } from '@oclif/core';
import { PlumblineCommand } from '../../frame/command.ts';

export default class LocalUp extends PlumblineCommand {
  static override summary =
    'Start a local org with the package in it, a local Iterable and a worker. No account, no network.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --once --json',
  ];
  static override flags = {
    once: Flags.boolean({ summary: 'Run the main job once and end.' }),
    records: Flags.integer({ summary: 'Leads to bring.', min: 1 }),
  };

  override async run(): Promise<void> {
    const { flags } = await this.parse(LocalUp);
    const root = fileURLToPath(new URL('../../../..', import.meta.url));
    const words = [
      ...(flags.once ? ['--once'] : []),
      ...(flags.records === undefined ? [] : ['--records', String(flags.records)]),
      ...(this.jsonEnabled() ? ['--json'] : []),
    ];
    const child = spawn(process.execPath, ['scripts/front-door/start.ts', ...words], { cwd: root, stdio: 'inherit' });
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => child.kill(name));
    const [code] = (await once(child, 'exit')) as [number | null];
    process.exitCode = code ?? 1;
  }

  protected override toSuccessJson(): undefined {
    return undefined;
  }

  /** The child has printed its own answer. */
  override logJson(json: unknown): void {
    if (json !== undefined) super.logJson(json);
  }
}
