/** The environment of a person's terminal, from real shells with real start files. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { runExecPlugin } from '../../server/src/cluster/execPlugin.ts';
import type { ExecEntry } from '../../server/src/cluster/kubeconfig.ts';
import { forgetLoginShell, loginShellEnvironment } from '../../server/src/cluster/loginShell.ts';

const root = mkdtempSync(path.join(tmpdir(), 'gpuctl-shell-'));
after(() => rmSync(root, { recursive: true, force: true }));
let home = root;
beforeEach(() => {
  home = mkdtempSync(path.join(root, 'home-'));
  forgetLoginShell();
});
const startFile = (text: string, name = '.bash_profile') => writeFileSync(path.join(home, name), text);
const env = (more: NodeJS.ProcessEnv = {}) => ({ HOME: home, SHELL: '/bin/bash', PATH: '/usr/bin:/bin', ...more });

describe('the login shell', () => {
  it('gives what its start files add; what was there stays, and the way of the shell comes first', async () => {
    startFile('export PATH="/opt/tools/bin:$PATH" ADDED="a b\\nc" KEPT=theirs\n');
    const found = await loginShellEnvironment(env({ KEPT: 'ours', PATH: '/usr/bin:/bin:/only/ours' }));
    assert.deepEqual([found?.ADDED, found?.KEPT], ['a b\\nc', 'ours']);
    const folders = found?.PATH?.split(':') ?? [];
    assert.equal(folders[0], '/opt/tools/bin');
    assert.ok(folders.includes('/only/ours'));
    assert.equal(new Set(folders).size, folders.length);
    assert.deepEqual(
      Object.keys(found ?? {}).filter((name) => /^ELECTRON|RESOLVING/.test(name)),
      [],
    );
  });

  it('is asked once for many, whatever its start files print', async () => {
    const marks = path.join(home, 'marks');
    startFile(`echo Welcome; echo '{"PATH":"/wrong"}'; echo warning >&2; echo x >> ${marks}\n`);
    const all = await Promise.all([1, 2, 3].map(() => loginShellEnvironment(env())));
    await loginShellEnvironment(env());
    assert.ok(all.every((one) => one?.HOME === home && !one.PATH?.includes('/wrong')));
    assert.equal(readFileSync(marks, 'utf8'), 'x\n');
    forgetLoginShell();
    await loginShellEnvironment(env());
    assert.equal(readFileSync(marks, 'utf8'), 'x\nx\n');
  });

  it('answers where it prints each command before it runs', async () => {
    startFile(`export ADDED=yes\ntrap 'echo -ne "\\033]0;$BASH_COMMAND\\007"' DEBUG\n`);
    assert.equal((await loginShellEnvironment(env(), 3_000))?.ADDED, 'yes');
  });

  it('that hangs is ended, with what it started', async () => {
    const mark = path.join(home, 'late');
    startFile(`(sleep 2; touch ${mark}) & sleep 60\n`);
    const started = Date.now();
    assert.equal(await loginShellEnvironment(env(), 300), undefined);
    assert.ok(Date.now() - started < 1_500);
    await wait(2_200);
    assert.ok(!existsSync(mark));
  });

  it('that asks, fails or is not there gives nothing', async () => {
    startFile('read -r answer; exit 3\n');
    assert.equal(await loginShellEnvironment(env(), 2_000), undefined);
    assert.equal(await loginShellEnvironment(env({ SHELL: '/no/such/shell' })), undefined);
    assert.equal(await loginShellEnvironment(env({ SHELL: '/bin/false' })), undefined);
  });

  it('works as plain sh, too', async () => {
    startFile('export ADDED=sh\n', '.profile');
    assert.equal((await loginShellEnvironment(env({ SHELL: '/bin/sh' })))?.ADDED, 'sh');
  });
});

describe('a login program', () => {
  const run = (entry: ExecEntry) => runExecPlugin(entry, { server: 'https://x' }, env(), new AbortController().signal);

  it('runs a second time only where a program is missing', async () => {
    const runsAfter = async (text: string) => {
      const marks = path.join(mkdtempSync(path.join(home, 'runs-')), 'marks');
      const script = `printf x >> ${marks}; printf '%s' "$1" >&2; exit 1`;
      await assert.rejects(run({ command: '/bin/sh', args: ['-c', script, 'login', text] }));
      return readFileSync(marks, 'utf8').length;
    };
    const lacks = [
      'exec: "aws": executable file not found in $PATH',
      '/bin/login: 3: aws: not found',
      'env: ‘python3’: No such file or directory',
      'error: unknown command "oidc-login" for "kubectl"',
      'Azure CLI not found on path',
    ];
    for (const text of lacks) assert.equal(await runsAfter(text), 2, text);
    const other = [
      'The config profile (ml) could not be found: profile ml not found',
      'cat: /home/u/.token: No such file or directory',
      'Error: unknown command "tokn" for "corp-login"',
    ];
    for (const text of other) assert.equal(await runsAfter(text), 1, text);
  });

  it('is looked for anew by a login shell that did not answer once', async () => {
    writeFileSync(path.join(home, 'corp-login'), `#!/bin/sh\necho '{"status":{"token":"found"}}'\n`, { mode: 0o700 });
    startFile(`[ -e ~/once ] || { touch ~/once; exit 1; }\nPATH="$PATH:$HOME"\n`);
    await assert.rejects(run({ command: 'corp-login' }), { code: 'credentials.plugin-missing' });
    assert.equal((await run({ command: 'corp-login' })).token, 'found');
  });
});
