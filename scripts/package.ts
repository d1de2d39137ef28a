/**
 * `npm run package`: builds the extension for people and packs it into `out/gpuctl-<version>.vsix`. Refuses a package
 * without licence or read-me, with files that nobody needs, or above its size.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';

const root = path.join(import.meta.dirname, '..');
const MAX_BYTES = 1_500_000;
const MAX_PICTURE_BYTES = 300_000;
/** Everything that may be in the package; `.vscodeignore` chooses, this makes sure. */
const ALLOWED =
  /^(dist\/(extension|server|gpuctl)\.cjs|dist\/server\/[\w-]+\.mjs|dist\/webview\/[\w-]+\.(js|css)|(schemas|snippets|client\/syntaxes|l10n)\/[\w.-]+\.json|media\/[\w./-]+|docs\/(findings[\w.-]*\.md|images\/[\w-]+\.png)|package(\.nls(\.[\w-]+)?)?\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0).padStart(6)} KB`;
const sizeOf = (file: string) => statSync(path.join(root, file)).size;

function findProblems(files: string[]): string[] {
  const problems = files
    .filter((file) => !ALLOWED.test(file))
    .map((file) => `${file} does not belong into the package.`);
  for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md', 'package.nls.json', 'package.nls.zh-cn.json'])
    if (!files.includes(file)) problems.push(`${file} is missing.`);
  const text = (file: string) => (existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : '');
  if (!/Apache License\s+Version 2\.0, January 2004/.test(text('LICENSE'))) problems.push('LICENSE is not Apache 2.0.');
  for (const [, target] of text('README.md').matchAll(/\]\((?!https?:|#)([^)#]+)/g))
    if (!existsSync(path.join(root, target as string)))
      problems.push(`README.md points at ${target}, which is missing.`);
  const pictures = files
    .filter((file) => /\.(png|svg|gif|jpg)$/.test(file))
    .reduce((sum, file) => sum + sizeOf(file), 0);
  if (pictures > MAX_PICTURE_BYTES)
    problems.push(`Pictures have ${kilobytes(pictures)}, more than ${kilobytes(MAX_PICTURE_BYTES)}.`);
  return problems;
}

async function main(): Promise<boolean> {
  for (const args of [
    ['scripts/generate.ts', '--check'],
    ['esbuild.mjs', '--production'],
  ])
    if (spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status !== 0) return false;
  const files = (await listFiles({ cwd: root, packageManager: PackageManager.None })).sort();
  for (const file of files) console.log(`${kilobytes(sizeOf(file))}  ${file}`);
  const problems = findProblems(files);
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const vsix = `out/gpuctl-${version}.vsix`;
  if (problems.length === 0) {
    mkdirSync(path.join(root, 'out'), { recursive: true });
    rmSync(path.join(root, vsix), { force: true });
    await createVSIX({
      cwd: root,
      packagePath: path.join(root, vsix),
      dependencies: false,
      rewriteRelativeLinks: false,
    });
    const size = sizeOf(vsix);
    const unpacked = files.reduce((sum, file) => sum + sizeOf(file), 0);
    console.log(`\n${vsix}: ${kilobytes(size).trim()}, ${files.length} files, ${kilobytes(unpacked).trim()} unpacked`);
    if (size > MAX_BYTES) problems.push(`The package is larger than ${kilobytes(MAX_BYTES).trim()}.`);
  }
  for (const problem of problems) console.error(`✗ ${problem}`);
  return problems.length === 0;
}

process.exitCode = (await main()) ? 0 : 1;
