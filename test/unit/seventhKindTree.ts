import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.join(import.meta.dirname, '../..');
const fixture = path.join(root, 'test/fixtures/seventhKind');

/** What is needed to generate, check and run the server and the command line. */
const SOURCES = [
  ...['server', 'l10n', 'schemas', 'scripts', 'snippets', 'docs'],
  ...['package.json', 'package.nls.json', 'package.nls.zh-cn.json', 'tsconfig.json'],
];
const LIST = 'server/src/kinds/index.ts';

/** The document of the seventh kind. */
export const DOCUMENT = path.join(fixture, 'bandwidth.gpuctl.yaml');

/** A copy of the project with a seventh kind. */
export interface SeventhKind {
  root: string;
  /** Lines of the list of kinds that were changed or added, as they are now. */
  changedLines: string[];
  /** What `npm run generate` wrote: paths in the project. */
  generated: string[];
  remove(): void;
}

/** Adds a kind as CONTRIBUTING.md says, in a copy of the project: its folder, its place in the one list, `npm run generate`. */
export async function addSeventhKind(): Promise<SeventhKind> {
  const tree = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-kind-'));
  for (const name of SOURCES) cpSync(path.join(root, name), path.join(tree, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'));

  cpSync(path.join(fixture, 'benchmark'), path.join(tree, 'server/src/kinds/benchmark'), { recursive: true });
  const list = readFileSync(path.join(tree, LIST), 'utf8');
  const longer = list
    .replace(/^(?=import \{ compute \})/m, "import { benchmark } from './benchmark/index.ts';\n")
    .replace(/^(export const KINDS = \[[^\]]*)\]/m, '$1, benchmark]');
  writeFileSync(path.join(tree, LIST), longer);

  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/generate.ts'], { cwd: tree });
  const before = new Set(list.split('\n'));
  return {
    root: tree,
    changedLines: longer.split('\n').filter((line) => !before.has(line)),
    generated: [...stdout.matchAll(/^written: (.*)$/gm)].map(([, file]) => file as string),
    remove: () => rmSync(tree, { recursive: true }),
  };
}
