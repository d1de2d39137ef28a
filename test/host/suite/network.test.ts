import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { toStatus } from '../../../client/src/features/status/statusWords.ts';
import { Configuration } from '../../../client/src/infrastructure/configuration.ts';
import { createTexts } from '../../../client/src/infrastructure/texts.ts';

describe('the editor’s settings of the network', () => {
  const names = ['proxy', 'noProxy', 'proxySupport', 'proxyStrictSSL', 'systemCertificates'];
  const set = (name: string, value: unknown) =>
    vscode.workspace.getConfiguration('http').update(name, value, vscode.ConfigurationTarget.Global);
  const configuration = new Configuration({
    extension: { packageJSON: { version: '0' } },
    workspaceState: { get: (_: string, otherwise: unknown) => otherwise },
  } as unknown as vscode.ExtensionContext);
  after(async () => {
    for (const name of names) await set(name, undefined);
    configuration.dispose();
  });

  it('reach the server, and each change does', async () => {
    assert.equal(configuration.connection.network, undefined);
    let changes = 0;
    configuration.onDidChange(() => changes++);
    await set('proxy', 'http://proxy.example:3128');
    assert.ok(changes > 0);
    await set('noProxy', ['*.lab']);
    await set('proxyStrictSSL', false);
    await set('systemCertificates', false);
    assert.deepEqual(configuration.connection.network, {
      proxy: 'http://proxy.example:3128',
      noProxy: ['*.lab'],
      proxyStrictSSL: false,
      systemCertificates: false,
    });
    assert.deepEqual(configuration.environment, {});
    await set('proxySupport', 'off');
    assert.ok(!JSON.stringify(configuration.connection).includes('proxy.example'));
    await set('proxySupport', undefined);
  });

  it('a proxy with a login goes a way that is never logged', async () => {
    const proxy = 'http://me:hunter2@proxy.example:3128';
    await set('proxy', proxy);
    assert.doesNotMatch(JSON.stringify(configuration.clientOptions), /hunter2/);
    assert.deepEqual(configuration.environment, { HTTPS_PROXY: proxy, HTTP_PROXY: proxy });
  });
});

describe('the network', () => {
  it('where nobody checks who answers, is said in the status bar’s tooltip', () => {
    const connection = {
      phase: 'connected',
      context: 'prod',
      capacity: { known: true },
      warning: 'Not protected.',
    } as const;
    assert.match(
      toStatus(
        connection,
        undefined,
        createTexts(() => 'en'),
        Date.now(),
      ).tooltip,
      /Not protected\\?\./,
    );
  });
});
