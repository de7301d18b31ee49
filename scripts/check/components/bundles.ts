import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import typescript from 'typescript';

/** A Lightning web component or module: a folder of `lwc`. */
export interface Bundle {
  readonly name: string;
  /** File name → content, as an org takes it: JavaScript in place of TypeScript. */
  readonly files: Readonly<Record<string, string>>;
}

/** Every bundle of a `lwc` folder, its TypeScript compiled by the options of the folder's tsconfig.json. */
export function readBundles(folder: string): readonly Bundle[] {
  const options = compilerOptions(folder);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, files: Object.fromEntries(filesOf(join(folder, name), options)) }));
}

function filesOf(bundle: string, options: typescript.CompilerOptions): [name: string, content: string][] {
  return readdirSync(bundle, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.js'))
    .map(({ name }) => {
      const content = readFileSync(join(bundle, name), 'utf8');
      if (!name.endsWith('.ts')) return [name, content];
      const { outputText } = typescript.transpileModule(content, { compilerOptions: options, fileName: name });
      return [name.replace(/\.ts$/, '.js'), outputText];
    });
}

function compilerOptions(folder: string): typescript.CompilerOptions {
  const file = join(folder, 'tsconfig.json');
  const { config, error } = typescript.readConfigFile(file, (path) => readFileSync(path, 'utf8')) as {
    readonly config?: { readonly compilerOptions: unknown };
    readonly error?: typescript.Diagnostic;
  };
  if (error) throw new Error(`${file}: ${typescript.flattenDiagnosticMessageText(error.messageText, '\n')}`);
  const { options } = typescript.convertCompilerOptionsFromJson(config?.compilerOptions, folder, file);
  return { ...options, noEmit: false };
}
