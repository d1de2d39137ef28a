/** Proves that lint refuses every import that points the wrong way: `biome.json` against the table below. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

const root = path.join(import.meta.dirname, '../..');
const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome');

/** Whom each room of the server may know beside itself. */
const MAY_KNOW: Record<string, string[]> = {
  model: [],
  tools: ['model'],
  kinds: ['model', 'tools'],
  frameworks: ['model', 'tools', 'kinds', 'state'],
  state: ['model', 'tools', 'kinds'],
  capacity: ['model', 'tools', 'kinds', 'frameworks', 'state'],
  operations: ['model', 'tools', 'kinds', 'frameworks', 'state', 'capacity'],
  cluster: ['model', 'tools', 'kinds', 'frameworks', 'state', 'capacity'],
  language: ['model', 'tools', 'kinds', 'frameworks', 'state', 'capacity', 'operations'],
  requests: ['model', 'tools', 'kinds', 'frameworks', 'state', 'capacity', 'operations', 'language'],
  cli: ['model', 'tools', 'kinds', 'frameworks', 'state', 'capacity', 'operations'],
};

interface Case {
  from: string;
  /** A module, or a file of the project. */
  imports: string;
  allowed: boolean;
}
const cases: Case[] = [
  { from: 'server/src/cluster/a.ts', imports: 'server/src/operations/ports.ts', allowed: true },
  { from: 'server/src/cluster/deep/a.ts', imports: 'server/src/operations/error.ts', allowed: true },
  { from: 'server/src/protocol.ts', imports: 'l10n/index.ts', allowed: false },
  { from: 'server/src/protocol.ts', imports: 'node:fs', allowed: false },
  { from: 'server/src/protocol.ts', imports: 'server/src/protocol/jobs.ts', allowed: true },
  { from: 'server/src/protocol/a.ts', imports: 'server/src/protocol/jobs.ts', allowed: true },
  { from: 'server/src/protocol/a.ts', imports: 'server/src/state/records.ts', allowed: false },
  { from: 'server/src/protocol/a.ts', imports: 'l10n/index.ts', allowed: false },
  { from: 'server/src/server.ts', imports: 'server/src/cluster/x.ts', allowed: true },
  { from: 'server/src/server.ts', imports: 'server/src/language/x.ts', allowed: true },
  { from: 'server/src/server.ts', imports: 'server/src/main.ts', allowed: false },
  { from: 'server/src/server.ts', imports: 'client/src/extension.ts', allowed: false },
  { from: 'server/src/main.ts', imports: 'server/src/server.ts', allowed: true },
  { from: 'server/src/main.ts', imports: 'client/src/extension.ts', allowed: false },
  { from: 'l10n/a.ts', imports: 'l10n/index.ts', allowed: true },
  { from: 'l10n/a.ts', imports: 'server/src/model/x.ts', allowed: false },
  { from: 'l10n/a.ts', imports: 'node:fs', allowed: false },
  { from: 'client/src/extension.ts', imports: 'client/src/features/jobs/index.ts', allowed: true },
  { from: 'client/src/infrastructure/a.ts', imports: 'client/src/features/jobs/index.ts', allowed: false },
  { from: 'client/src/features/jobs/a.ts', imports: 'client/src/features/jobs/b.ts', allowed: true },
  { from: 'client/src/features/jobs/a.ts', imports: 'client/src/infrastructure/a.ts', allowed: true },
  { from: 'client/src/features/jobs/a.ts', imports: 'client/src/features/pools/index.ts', allowed: false },
  { from: 'client/src/features/jobs/a.ts', imports: 'client/src/extension.ts', allowed: false },
  { from: 'test/server/a.ts', imports: 'server/src/cluster/x.ts', allowed: true },
];
for (const from of ['client/src/extension.ts', 'client/src/infrastructure/a.ts', 'client/src/features/jobs/a.ts']) {
  cases.push({ from, imports: 'server/src/protocol.ts', allowed: true });
  cases.push({ from, imports: 'l10n/index.ts', allowed: true });
  cases.push({ from, imports: 'server/src/server.ts', allowed: false });
  cases.push({ from, imports: 'server/src/model/finding.ts', allowed: false });
}
for (const [room, known] of Object.entries(MAY_KNOW)) {
  for (const from of [`server/src/${room}/a.ts`, `server/src/${room}/deep/a.ts`]) {
    for (const other of Object.keys(MAY_KNOW))
      cases.push({ from, imports: `server/src/${other}/x.ts`, allowed: other === room || known.includes(other) });
    cases.push({ from, imports: 'l10n/index.ts', allowed: true });
    cases.push({ from, imports: 'server/src/server.ts', allowed: false });
    cases.push({ from, imports: 'server/src/main.ts', allowed: false });
    cases.push({ from, imports: 'client/src/extension.ts', allowed: false });
  }
}

describe('arrows between rooms', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gpuctl-arrows-'));
  const complaints = new Set<string>();
  /** Each file imports one module a line; the key of a complaint is `file:line`. */
  const lines = new Map<string, string[]>();
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  const specifier = ({ from, imports }: Case) => {
    if (!imports.endsWith('.ts')) return imports;
    const relative = path.posix.relative(path.posix.dirname(from), imports);
    return relative.startsWith('.') ? relative : `./${relative}`;
  };

  before(() => {
    const { vcs: _, $schema: __, ...config } = JSON.parse(readFileSync(path.join(root, 'biome.json'), 'utf8'));
    write('biome.json', JSON.stringify(config));
    for (const entry of cases) {
      const text = lines.get(entry.from) ?? [];
      lines.set(entry.from, [...text, `import '${specifier(entry)}';`]);
    }
    for (const [file, text] of lines) write(file, text.join('\n'));
    const register =
      "commands.registerCommand('a', () => 1);\nvscode.commands.registerTextEditorCommand('a', () => 1);\n";
    write('client/src/features/jobs/command.ts', register);
    write('client/src/infrastructure/command.ts', register);
    const only = ['--only=style/noRestrictedImports', '--only=nursery/noJsRestrictedProperties'];
    const args = [biome, 'lint', ...only, '--reporter=github', '--max-diagnostics=none', '.'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    for (const [, file, line] of stdout.matchAll(/^::error .*?file=([^,]+),line=(\d+)/gm))
      complaints.add(`${path.relative(folder, file as string)}:${line}`);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('lets pass what may be known and refuses the rest', () => {
    const seen = new Map<string, number>();
    const wrong = cases.filter(({ from, allowed }) => {
      const line = (seen.get(from) ?? 0) + 1;
      seen.set(from, line);
      return complaints.has(`${from}:${line}`) === allowed;
    });
    assert.deepEqual(wrong, []);
    assert.ok(cases.filter(({ allowed }) => !allowed).length > 100);
  });

  it('refuses commands that go round the error boundary', () => {
    assert.ok(complaints.has('client/src/features/jobs/command.ts:1'));
    assert.ok(complaints.has('client/src/features/jobs/command.ts:2'));
    assert.ok(!complaints.has('client/src/infrastructure/command.ts:1'));
  });
});
