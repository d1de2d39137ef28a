/** Whom the machine trusts, where Node cannot be told. */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import { promisify } from 'node:util';

it('a Node that cannot be told whom the machine trusts goes on with its own list', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gpuctl-authorities-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const authority = path.join(folder, 'ca.crt');
  const files = ['-keyout', path.join(folder, 'ca.key'), '-out', authority];
  const what = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=company'];
  execFileSync('openssl', [...what, ...files], { stdio: 'pipe' });
  const module = path.join(import.meta.dirname, '../../server/src/cluster/systemAuthorities.ts');
  // Node 24.0 to 24.4 read the authorities, but take none.
  const script = `
    const { default: tls } = await import('node:tls');
    const { trustSystemAuthorities } = await import(${JSON.stringify(module)});
    let asked = 0;
    Object.defineProperty(tls, 'setDefaultCACertificates', { get: () => void asked++ });
    await trustSystemAuthorities();
    console.log(asked);`;
  const env = { PATH: process.env.PATH, SSL_CERT_FILE: authority };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env });
  assert.equal(stdout.trim(), '1');
});
