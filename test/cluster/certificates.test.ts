/** Certificates of a real API server and its users: replaced, ended, of authorities that only the machine knows, not checked at all. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { toText } from '../../l10n/index.ts';
import { startPair } from '../server/pair.ts';
import { eventually, failure, LoginStage } from './loginStage.ts';
import { job, URI } from './productStage.ts';

const stage = new LoginStage(async () => ({ nodes: 'none' }));
const pem = (file: string) => readFileSync(file).toString('base64');
const namespaces = { apiVersion: 'v1', kind: 'Namespace' };
const admin = () => ({
  'client-certificate-data': pem(stage.pki('admin.crt')),
  'client-key-data': pem(stage.pki('admin.key')),
});

describe('files that the kubeconfig names', () => {
  it('a certificate that is replaced is used within moments, on the open connection', async () => {
    const [cert, key] = [stage.at('user.crt'), stage.at('user.key')];
    copyFileSync(stage.pki('admin.crt'), cert);
    copyFileSync(stage.pki('admin.key'), key);
    const cluster = await stage.connect({ 'client-certificate': cert, 'client-key': key });
    assert.equal(await cluster.whoAmI(), 'admin');
    copyFileSync(stage.pki('restricted.crt'), cert);
    copyFileSync(stage.pki('restricted.key'), key);
    await eventually(async () => assert.equal(await cluster.whoAmI(), 'restricted'), 4_000);
  });

  it('an authority that is replaced is believed within moments', async () => {
    const other = stage.issue('other', '/CN=other', 1);
    const authority = stage.at('ca.crt');
    copyFileSync(other.cert, authority);
    const cluster = await stage.connect(admin(), {
      'certificate-authority-data': undefined,
      'certificate-authority': authority,
    });
    assert.equal((await failure(cluster.list(namespaces))).code, 'connection.untrusted');
    copyFileSync(stage.pki('ca.crt'), authority);
    await eventually(() => cluster.list(namespaces), 4_000);
  });

  it('a file that is missing is named, and the window goes on when it is there', async () => {
    const cert = stage.at('late.crt');
    const user = { 'client-certificate': cert, 'client-key': stage.pki('admin.key') };
    const pair = await startPair({ connection: { kubeconfig: stage.kubeconfig(user) } });
    await pair.open(URI, job('idle', 'true'));
    const { message } = await pair.until('failed', () =>
      pair.connection?.phase === 'failed' ? pair.connection : undefined,
    );
    assert.match(message ?? '', /names the file .*late\.crt, which cannot be read \(ENOENT\)/);
    copyFileSync(stage.pki('admin.crt'), cert);
    await pair.until('connected', () => pair.connection?.phase === 'connected', 8_000);
    await pair.stop();
  });
});

describe('certificates that have ended', () => {
  it('of the user: says whose it is, and whom to ask', async () => {
    const { cert, key } = stage.issue('ended', '/CN=admin/O=system:masters', 0);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const cluster = await stage.connect({ 'client-certificate': cert, 'client-key': key });
    const error = await failure(cluster.list(namespaces));
    assert.deepEqual([error.code, error.status], ['connection.unauthorized', 401]);
    assert.match(toText(error.hint ?? error.say, 'en'), /The certificate in the kubeconfig has expired/);
  });

  it('of the server: says so, and to look at the clock', async () => {
    const { cert, key } = stage.issue('server', '/CN=127.0.0.1', 0, 'subjectAltName=IP:127.0.0.1');
    const server = https.createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (_, response) => {
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const cluster = await stage.connect(admin(), {
      server: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
    const error = await failure(cluster.list(namespaces));
    assert.equal(error.code, 'connection.certificate-expired');
    server.close();
  });
});

describe('whom to believe', () => {
  it('where the kubeconfig names no authority: those of this machine, unless the editor says otherwise', async () => {
    const kubeconfig = stage.kubeconfig(admin(), { 'certificate-authority-data': undefined });
    const module = path.join(import.meta.dirname, '../../server/src/cluster/index.ts');
    const run = async (network: object, authorities: string) => {
      const script = `
        const { createClusters } = await import(${JSON.stringify(module)});
        const cluster = await createClusters({}).connect(${JSON.stringify({ kubeconfig, network })});
        console.log(await cluster.whoAmI().catch(({ code }) => code));
        process.exit(0);`;
      const env = { PATH: process.env.PATH, SSL_CERT_FILE: authorities };
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env });
      return stdout.trim();
    };
    assert.equal(await run({}, stage.pki('ca.crt')), 'admin');
    assert.equal(await run({ systemCertificates: false }, stage.pki('ca.crt')), 'connection.untrusted');
    assert.equal(await run({}, '/nowhere'), 'connection.untrusted');
  });

  it('nobody: it works, and the window says all the time that it is not protected', async () => {
    const kubeconfig = stage.kubeconfig(admin(), {
      'certificate-authority-data': undefined,
      'insecure-skip-tls-verify': true,
    });
    const pair = await startPair({ connection: { kubeconfig } });
    await pair.open(URI, job('idle', 'true'));
    await pair.until('connected', () => pair.connection?.phase === 'connected');
    assert.match(pair.connection?.warning ?? '', /The connection to “demo” is not protected/);
    await pair.stop();
    const checked = await startPair({ connection: { kubeconfig: stage.kubeconfig(admin()) } });
    await checked.open(URI, job('idle', 'true'));
    await checked.until('connected', () => checked.connection?.phase === 'connected');
    assert.equal(checked.connection?.warning, undefined);
    await checked.stop();
  });

  it('somebody without a login is told that, not that a right is missing', async () => {
    const cluster = await stage.connect({});
    const error = await failure(cluster.list(namespaces));
    assert.equal(error.code, 'connection.unauthorized');
    assert.match(toText(error.hint ?? error.say, 'en'), /holds no login/);
  });
});
