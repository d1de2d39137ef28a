import { execFileSync } from 'node:child_process';
import { createSign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createCluster } from '../../server/src/cluster/cluster.ts';
import { createClusters } from '../../server/src/cluster/index.ts';
import { chooseTarget, type ExecEntry, readKubeconfig, type UserEntry } from '../../server/src/cluster/kubeconfig.ts';
import type { ReflectorTiming } from '../../server/src/cluster/reflector.ts';
import type { GpuctlError } from '../../server/src/operations/error.ts';
import type { Cluster } from '../../server/src/operations/ports.ts';
import type { NetworkOptions } from '../../server/src/protocol.ts';
import { type ClusterOptions, startCluster, type Cluster as TestCluster } from './cluster.ts';

/** A cluster without jobs, and ways to log in to it, for the tests of one file. */
export class LoginStage {
  cluster!: TestCluster;
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-logins-'));
  readonly open: { close(): void }[] = [];
  private files = 0;

  constructor(options: (folder: string) => Promise<ClusterOptions> = async () => ({})) {
    before(async () => {
      this.cluster = await startCluster({ jobsOfOthers: false, ...(await options(this.folder)) });
    });
    after(async () => {
      for (const one of this.open) one.close();
      await this.cluster?.stop();
      rmSync(this.folder, { recursive: true });
    });
  }

  at = (name: string) => path.join(this.folder, name);
  pki = (name: string) => path.join(this.cluster.dir, 'pki', name);

  /** Writes a file of this stage. */
  put(name: string, text: string, mode = 0o600): string {
    writeFileSync(this.at(name), text, { mode });
    return this.at(name);
  }

  /** A kubeconfig with one context `it`; the cluster is called `demo`. */
  kubeconfig(user: UserEntry, cluster: object = {}): string {
    const authority = readFileSync(this.pki('ca.crt')).toString('base64');
    const known = { server: this.cluster.server, 'certificate-authority-data': authority, ...cluster };
    return this.put(
      `kubeconfig-${this.files++}`,
      JSON.stringify({
        'current-context': 'it',
        clusters: [{ name: 'demo', cluster: known }],
        users: [{ name: 'it', user }],
        contexts: [{ name: 'it', context: { cluster: 'demo', user: 'it', namespace: 'ml-team' } }],
      }),
    );
  }

  /** Connects by such a kubeconfig. */
  async connect(user: UserEntry, cluster: object = {}, env: NodeJS.ProcessEnv = {}, network?: NetworkOptions) {
    const options = { kubeconfig: this.kubeconfig(user, cluster), ...(network && { network }) };
    const connection = await createClusters(env).connect(options);
    this.open.push(connection);
    return connection;
  }

  /** The same with watches of other times. */
  async connectWith(timing: ReflectorTiming, user: UserEntry): Promise<Cluster> {
    const target = chooseTarget(await readKubeconfig({ kubeconfig: this.kubeconfig(user) }, {}), undefined, {});
    const connection = createCluster(target, {}, timing);
    this.open.push(connection);
    return connection;
  }

  /** A token of the service account `default`, valid for so many seconds; the cluster's own way gives none below ten minutes. */
  async mint(seconds: number): Promise<string> {
    const api = this.cluster.api();
    const { metadata } = await api.get('/api/v1/namespaces/default/serviceaccounts/default');
    api.close();
    const now = Math.floor(Date.now() / 1000);
    const issuer = 'https://kubernetes.default.svc.cluster.local';
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part({ alg: 'ES256', typ: 'JWT' })}.${part({
      iss: issuer,
      aud: [issuer],
      sub: 'system:serviceaccount:default:default',
      iat: now - 60,
      nbf: now - 60,
      exp: now + seconds,
      'kubernetes.io': { namespace: 'default', serviceaccount: { name: 'default', uid: metadata.uid } },
    })}`;
    const key = { key: readFileSync(this.pki('sa.key')), dsaEncoding: 'ieee-p1363' as const };
    const signature = createSign('SHA256').update(signed).sign(key);
    return `${signed}.${signature.toString('base64url')}`;
  }

  /** A certificate of the cluster's authority, and its key; with `days` 0 it has just ended. */
  issue(name: string, subject: string, days: number, extensions = ''): { cert: string; key: string } {
    const [key, request, cert] = [this.at(`${name}.key`), this.at(`${name}.csr`), this.at(`${name}.crt`)];
    const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
    openssl('req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', request, '-subj', subject);
    const more = extensions ? ['-extfile', this.put(`${name}.ext`, extensions)] : [];
    const by = ['-CA', this.pki('ca.crt'), '-CAkey', this.pki('ca.key'), '-set_serial', String(Date.now())];
    openssl('x509', '-req', '-in', request, ...by, '-days', String(days), '-out', cert, ...more);
    return { cert, key };
  }

  /** A login program, a process of its own, that prints this status each time it runs; `runs` tells how often that was. */
  plugin(name: string, script: string): { exec: ExecEntry; runs: () => number } {
    const marks = this.put(`${name}-${this.files++}.runs`, '');
    const file = this.put(
      name,
      `#!${process.execPath}\nrequire('fs').appendFileSync(${JSON.stringify(marks)}, 'x');\n${script}\n`,
      0o700,
    );
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: file };
    return { exec, runs: () => readFileSync(marks, 'utf8').length };
  }
}

/** A script that prints a file's content as the token of an ExecCredential. */
export const printsToken = (file: string, more = ''): string =>
  `const token = require('fs').readFileSync(${JSON.stringify(file)}, 'utf8');
console.log(JSON.stringify({ kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1', status: { token, ${more} } }));`;

export const failure = (promise: Promise<unknown>): Promise<GpuctlError> =>
  promise.then(
    () => Promise.reject(new Error('did not fail')),
    (error: GpuctlError) => error,
  );

/** Tries until it succeeds, at most so many milliseconds; fails as the last try. */
export async function eventually<T>(attempt: () => Promise<T>, most = 10_000): Promise<T> {
  const end = Date.now() + most;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await wait(100);
    }
  }
}
