import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateCheckCluster } from '../../../client/src/features/checkCluster/index.ts';
import { toMarkdown } from '../../../client/src/features/checkCluster/report.ts';
import { createTexts } from '../../../client/src/infrastructure/texts.ts';
import { type ClusterReportDto, Requests } from '../../../server/src/protocol.ts';
import { StandIn } from './standIn.ts';
import { eventually } from './window.ts';

const report: ClusterReportDto = {
  context: 'prod',
  cluster: 'prod/a',
  namespace: 'team-a',
  fit: false,
  areas: [
    {
      id: 'storage',
      title: 'Storage',
      lines: [
        {
          id: 'a',
          status: 'good',
          needed: true,
          what: 'Shared',
          found: 'nfs-a_b (nfs.example.com).',
          gives: 'folders',
        },
        {
          id: 'b',
          status: 'missing',
          needed: false,
          what: 'Default',
          found: '<none>',
          gives: 'storage without a `storageClass`',
          how: 'ask',
        },
      ],
    },
  ],
};

describe('Check Cluster', function () {
  this.timeout(60_000);

  it('says of each line how it is in a word, and of what is not good what it gives and how to get it', () => {
    assert.equal(
      toMarkdown(
        report,
        createTexts(() => 'en'),
      ),
      [
        '# Cluster prod/a',
        'Context prod, namespace team\\-a\\.',
        '**Something that is needed is not there, or you may submit no kind of job: see above.**',
        '## Storage',
        [
          '- ✓ good — **Shared \\(needed\\)**: nfs\\-a\\_b \\(nfs\\.example\\.com\\)\\.',
          '- ✗ missing — **Default**: \\<none\\>',
          '  - It would give: storage without a `storageClass`',
          '  - How to get it: ask',
        ].join('\n'),
        '',
      ].join('\n\n'),
    );
    assert.match(
      toMarkdown(
        report,
        createTexts(() => 'zh-cn'),
      ),
      /^# 集群 .*✗ 缺失 — \*\*Default\*\*：\\<none\\>/s,
    );
  });

  it('shows the report as a page to read, and a new one in its place', async () => {
    const server = new StandIn();
    const feature = activateCheckCluster(server.infrastructure);
    const tabs = () =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .filter(({ input }) => input instanceof vscode.TabInputCustom && input.uri.scheme === 'gpuctl-check');
    try {
      for (const fit of [false, true]) {
        const run = server.run('gpuctl.cluster.check');
        await server.answered(Requests.checkCluster.method, { ...report, fit });
        await run;
        const [tab] = await eventually('the page', () => (tabs().length ? tabs() : undefined));
        const input = tab?.input as vscode.TabInputCustom;
        assert.equal(input.viewType, 'vscode.markdown.preview.editor');
        assert.equal(tab?.label.includes('prod-a'), true, tab?.label);
        await eventually('its text', async () => {
          const text = (await vscode.workspace.openTextDocument(input.uri)).getText();
          return text.includes(fit ? 'All that is needed is there' : 'Something that is needed is not there');
        });
      }
      assert.equal(tabs().length, 1);
    } finally {
      await vscode.window.tabGroups.close(tabs());
      feature.dispose();
    }
  });

  it('is a command of the palette that asks for trust', () => {
    const { contributes } = vscode.extensions.getExtension('gpuctl.gpuctl')?.packageJSON ?? {};
    const { title, enablement } = contributes.commands.find(
      ({ command }: { command: string }) => command === 'gpuctl.cluster.check',
    );
    assert.deepEqual([title, enablement], ['Check Cluster', 'isWorkspaceTrusted']);
  });
});
