import assert from 'node:assert/strict';
import { type StdioOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { findOther, writeWrapper } from '../../client/src/features/terminal/wrapper.ts';
import { createTranslate } from '../../l10n/index.ts';
import { EXIT } from '../../server/src/cli/exit.ts';
import { createProgram } from '../../server/src/cli/program.ts';
import { gpuctl } from './cliRun.ts';

const root = path.join(import.meta.dirname, '../..');
const MAIN = path.join(root, 'server/src/cliMain.ts');
const BROKEN = `kind: training
job: {name: Bad_Name}
environment: {image: "a:1"}
---
apiVersion: v1
kind: ConfigMap
---
kind: trainnig
`;
const GOOD = `kind: training
job: {name: good}
environment: {image: "a:1", command: [python, train.py]}
`;

const nothing = () => {};
const program = (language: 'en' | 'zh-cn') =>
  createProgram(
    createTranslate(() => language),
    '1.2.3',
    { out: nothing, err: nothing },
    async () => {},
  );

describe('gpuctl', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-cli-'));
  const file = (name: string, text: string) => {
    const at = path.join(folder, name);
    mkdirSync(path.dirname(at), { recursive: true });
    writeFileSync(at, text);
    return at;
  };
  after(() => rmSync(folder, { recursive: true }));

  describe('validate', () => {
    it('tells each finding at its place, ends with 3, and leaves the documents of others alone', async () => {
      const at = file('broken.gpuctl.yaml', BROKEN);
      const { code, out, err } = await gpuctl(['validate', at]);
      assert.equal(code, EXIT.documentErrors);
      const lines = out.trimEnd().split('\n');
      assert.deepEqual(
        lines.map((line) => line.replace(/^(\S+: \w+:).*(\[[\w.-]+\])$/, '$1 $2')),
        [`${at}:2:13: error: [value.malformed]`, `${at}:8:7: error: [kind.unknown]`],
      );
      assert.equal(err, '2 documents: 2 errors, 0 warnings\n');
    });

    it('counts lines that end with CR LF, and columns as editors do', async () => {
      const at = file(
        'crlf.gpuctl.yaml',
        GOOD.replace('name: good', 'description: 训练🚀, name: Bad').replaceAll('\n', '\r\n'),
      );
      const { out } = await gpuctl(['validate', at]);
      assert.match(out, /:2:32: error: /);
    });

    it('gives the same as JSON', async () => {
      const at = file('broken.gpuctl.yaml', BROKEN);
      const { out } = await gpuctl(['validate', '-f', at, '-o', 'json']);
      const { items, ...rest } = JSON.parse(out);
      assert.deepEqual(rest, { version: 1, kind: 'findings', documents: 2, errors: 2, warnings: 0 });
      const { message, ...first } = items[0];
      assert.match(message, /Bad_Name/);
      const place = { line: 2, column: 13, endLine: 2, endColumn: 21 };
      assert.deepEqual(first, { file: at, ...place, severity: 'error', code: 'value.malformed' });
    });

    it('ends with 0 where there are warnings only, with `--strict` with 3', async () => {
      const at = file('warned.gpuctl.yaml', `${GOOD}resources: {gpuu: 1}\n`);
      assert.equal((await gpuctl(['validate', at])).code, EXIT.ok);
      assert.equal((await gpuctl(['validate', '--strict', at])).code, EXIT.documentErrors);
    });

    it('reads standard input, folders, and with `-R` the folders in them; each file once', async () => {
      const place = path.join(folder, 'several');
      file('several/a.gpuctl.yaml', GOOD);
      file('several/b.yml', GOOD);
      file('several/notes.txt', BROKEN);
      file('several/deep/c.yaml', GOOD);
      file('several/node_modules/d.yaml', GOOD);
      const count = async (...args: string[]) => (await gpuctl(['validate', ...args], { stdin: GOOD })).err;
      assert.match(await count('-'), /^1 document:/);
      assert.match(await count(place, `${place}/a.gpuctl.yaml`), /^2 documents:/);
      assert.match(await count('-R', place), /^3 documents:/);
      assert.match((await gpuctl(['validate', '-'], { stdin: 'kind: trainnig\n' })).out, /^-:1:7: error: /);
    });

    it('says which of what was named has no gpuctl document, and ends with 1, or 3 where there are errors, too', async () => {
      const empty = path.join(folder, 'empty');
      mkdirSync(empty);
      const none = {
        typo: file('none/typo.yaml', GOOD.replace('training', 'trainning')),
        tab: file('none/tab.yaml', `\t${GOOD}`),
        binary: file('none/binary.yaml', '\u0000\u0001\u0002'),
        foreign: file('none/foreign.yaml', 'apiVersion: v1\nkind: ConfigMap\n'),
        empty,
        folder: path.join(folder, 'none'),
      };
      for (const [what, name] of Object.entries(none)) {
        const { code, out, err } = await gpuctl(['validate', name]);
        assert.deepEqual([code, out], [EXIT.failed, ''], what);
        assert.match(err, /^error: There is no gpuctl document in “[^”]*”: [^\n]*\n$/, what);
        assert.ok(err.includes(`“${name}”`), what);
      }
      assert.equal((await gpuctl(['validate', '-'], { stdin: 'apiVersion: v1\n' })).code, EXIT.failed);
      const good = file('mixed/good.yaml', GOOD);
      file('mixed/foreign.yaml', 'apiVersion: v1\nkind: ConfigMap\n');
      const mixed = await gpuctl(['validate', path.dirname(good)]);
      assert.deepEqual(mixed, { code: EXIT.ok, out: '', err: '1 document: 0 errors, 0 warnings\n' });
      const json = await gpuctl(['validate', good, none.typo, '-o', 'json']);
      assert.deepEqual([json.code, JSON.parse(json.out).documents], [EXIT.failed, 1]);
      const broken = file('broken.gpuctl.yaml', BROKEN);
      assert.equal((await gpuctl(['validate', none.typo, broken])).code, EXIT.documentErrors);
    });

    it('says which file is not there', async () => {
      const { code, err } = await gpuctl(['validate', '/no/such.yaml']);
      assert.equal(code, EXIT.failed);
      assert.equal(err, 'error: There is no file or folder “/no/such.yaml”.\n');
    });
  });

  describe('render', () => {
    it('writes manifests without a cluster, and shows no secret', async () => {
      const at = file(
        'secret.gpuctl.yaml',
        `${GOOD.replace('command', 'env: {API_TOKEN: hunter2hunter2}, command')}resources: {gpu: 2}\n`,
      );
      const { code, out } = await gpuctl(['render', '-f', at]);
      assert.equal(code, EXIT.ok);
      const kinds = parseAllDocuments(out).flatMap((one) => one.toJS()?.kind ?? []);
      assert.deepEqual(kinds, ['Job']);
      assert.ok(!out.includes('hunter2'));
      const list = JSON.parse((await gpuctl(['render', '-f', at, '-o', 'json'])).out);
      assert.deepEqual([list.kind, list.items.length, list.items[0].metadata.name], ['List', 1, 'good']);
    });

    it('renders nothing of files with errors, says where they are, and ends with 3', async () => {
      const { code, out, err } = await gpuctl(['render', '-f', file('broken.gpuctl.yaml', BROKEN)]);
      assert.deepEqual([code, out], [EXIT.documentErrors, '']);
      assert.match(err, /broken\.gpuctl\.yaml:2:13: error: /);
    });
  });

  describe('a mistake in the command line', () => {
    const cases: [string[], RegExp][] = [
      [['valdate'], /no command “valdate”. Did you mean “validate”\?/],
      [['frobnicate'], /no command “frobnicate”/],
      [['help', 'frobnicate'], /no command “frobnicate”/],
      [['get'], /“type” is missing/],
      [['get', 'things'], /“things” is not possible for <type>. Choose one of: jobs, pools, nodes, quotas/],
      [['get', 'jobs', '-o', 'xml'], /“xml” is not possible for --output/],
      [['get', 'jobs', '--wach'], /no option “--wach” here. Did you mean “--watch”\?/],
      [['logs', 'a', 'b'], /more words than this command takes/],
      [['logs', 'a', '--tail', 'x'], /--tail takes a whole number, not “x”/],
      [['scale', 'a'], /“--replicas” is missing/],
      [['validate', '--lang', 'fr'], /“fr” is not possible for --lang/],
      [['get', 'jobs', '-n'], /needs a value/],
      [['create'], /Name it with `-f`/],
      [['delete'], /A name is missing/],
      [['delete', 'node/n1'], /“node” is not possible here. Possible: job, pool, quota/],
    ];
    for (const [args, said] of cases) {
      it(`is told and ends with 2: ${args.join(' ')}`, async () => {
        const { code, out, err } = await gpuctl(args);
        assert.deepEqual([code, out], [EXIT.usage, '']);
        assert.match(err, said);
      });
    }
  });

  describe('a namespace that a document names', () => {
    it('is not that of the flag: nothing is done anywhere', async () => {
      const at = file('dev.gpuctl.yaml', GOOD.replace('name: good', 'name: good, namespace: dev'));
      for (const command of ['create', 'delete', 'diff', 'render']) {
        const { code, out, err } = await gpuctl([command, '-n', 'prod', '-f', at, '--kubeconfig', '/no/kubeconfig']);
        assert.deepEqual([code, out], [EXIT.usage, ''], command);
        assert.match(err, /“good” says that it goes into the namespace dev, but `--namespace` says prod/);
      }
      assert.equal((await gpuctl(['render', '-n', 'dev', '-f', at])).code, EXIT.ok);
    });
  });

  describe('languages', () => {
    const said = async (args: string[], env: NodeJS.ProcessEnv) => (await gpuctl(['valdate', ...args], { env })).err;
    it('follow the flag, then GPUCTL_LANGUAGE, LC_ALL, LC_MESSAGES and LANG', async () => {
      assert.match(await said([], { LANG: 'zh_CN.UTF-8' }), /没有命令/);
      assert.match(await said([], { LC_ALL: 'en_GB.UTF-8', LANG: 'zh_CN.UTF-8' }), /no command/);
      assert.match(await said([], { GPUCTL_LANGUAGE: 'zh-cn', LC_ALL: 'en_GB.UTF-8' }), /没有命令/);
      assert.match(await said(['--lang', 'en'], { GPUCTL_LANGUAGE: 'zh-cn' }), /no command/);
      assert.match(await said(['--lang=zh'], {}), /没有命令/);
    });

    it('have the whole help in Chinese', async () => {
      for (const { commands } of [program('zh-cn')]) {
        for (const command of commands.filter((one) => !one.name().startsWith('__'))) {
          const { out } = await gpuctl([command.name(), '--help', '--lang', 'zh']);
          const prose = out.replace(/^\s+(-|[a-z]+\s).*?(?=\s{2,})/gm, '').replace(/^用法.*$/m, '');
          assert.match(out, /^用法：/);
          const placeholders = out.match(/[<[][a-z]+(?:\.\.\.)?[>\]]/g) ?? [];
          assert.deepEqual(
            [...new Set(placeholders)].filter((one) => one !== '<shell>'),
            [],
            command.name(),
          );
          assert.deepEqual(prose.match(/\b(?:the|of|options|Arguments|Commands|display)\b/gi), null, command.name());
        }
      }
    });
  });

  describe('help', () => {
    it('is shown without words, with `help` and with `--help`, and ends with 0', async () => {
      for (const args of [[], ['help'], ['--help'], ['-h'], ['help', 'help'], ['help', 'apply']]) {
        const { code, out, err } = await gpuctl(args);
        assert.deepEqual([code, err], [EXIT.ok, ''], args.join());
        assert.match(out, /^Usage: gpuctl /);
      }
    });
  });

  describe('the documentation', () => {
    for (const [page, language] of [
      ['docs/cli.md', 'en'],
      ['docs/cli.zh-cn.md', 'zh-cn'],
    ] as const) {
      const text = readFileSync(path.join(root, page), 'utf8');
      it(`has every command, option and exit code: ${page}`, () => {
        const { commands, options } = program(language);
        const shown = commands.filter((one) => !one.name().startsWith('__'));
        const flags = [...options, ...shown.flatMap((one) => one.options)].map(({ long }) => long as string);
        const missing = [
          ...shown.map((one) => `gpuctl ${one.name()}`).filter((command) => !text.includes(command)),
          ...flags.filter((flag) => !text.includes(`${flag}`)),
          ...Object.values(EXIT).filter((code) => !new RegExp(`^\\| ${code} \\|`, 'm').test(text)),
        ];
        assert.deepEqual(missing, []);
      });
    }
  });

  describe('without a cluster', () => {
    it('ends with 5 and says what to do', async () => {
      const { code, err } = await gpuctl(['get', 'jobs', '--kubeconfig', '/no/kubeconfig']);
      assert.equal(code, EXIT.cluster);
      assert.match(err, /No kubeconfig was found. Looked for: \/no\/kubeconfig.*`--kubeconfig`/);
    });

    it('takes the kubeconfig from the environment where no flag names one', async () => {
      const env = { GPUCTL_KUBECONFIG: '/from/the/environment' };
      assert.match((await gpuctl(['get', 'jobs'], { env })).err, /\/from\/the\/environment/);
      assert.match((await gpuctl(['get', 'jobs', '--kubeconfig', '/from/flag'], { env })).err, /\/from\/flag/);
    });

    it('shows the raw cause with `--details` only', async () => {
      const at = file(
        'config',
        'apiVersion: v1\nclusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]\ncontexts: [{name: x, context: {cluster: c}}]\ncurrent-context: x\n',
      );
      const args = ['get', 'jobs', '--kubeconfig', at];
      const { code, err } = await gpuctl(args);
      assert.equal(code, EXIT.cluster);
      assert.doesNotMatch(err, /ECONNREFUSED/);
      assert.match((await gpuctl([...args, '--details'])).err, /ECONNREFUSED/);
    });
  });

  describe('as a program', () => {
    it('ends quietly when nobody reads any more', async () => {
      const many = file(
        'many.gpuctl.yaml',
        Array.from({ length: 3000 }, (_, index) => GOOD.replace('good', `Bad${index}`)).join('---\n'),
      );
      const shell = `"${process.execPath}" "${MAIN}" validate "${many}" 2>err.txt | head -1`;
      const { stdout, status } = spawnSync('sh', ['-c', shell], { cwd: folder, encoding: 'utf8' });
      assert.equal(status, 0);
      assert.equal(stdout.split('\n').length, 2);
      assert.doesNotMatch(readFileSync(path.join(folder, 'err.txt'), 'utf8'), /EPIPE|Error|node:/);
    });

    it('says in one sentence that its output cannot be written, and ends with 1', (t) => {
      if (!existsSync('/dev/full')) return t.skip('there is no /dev/full here');
      const full = openSync('/dev/full', 'w');
      const end = (args: string[], stdio: StdioOptions) =>
        spawnSync(process.execPath, [MAIN, ...args, '--lang', 'en'], { stdio, encoding: 'utf8' });
      const broken = file('broken.gpuctl.yaml', BROKEN);
      for (const args of [
        ['validate', broken],
        ['validate', broken, '-o', 'json'],
        ['--help'],
        ['render', '-f', file('good.gpuctl.yaml', GOOD)],
      ]) {
        const { status, stderr } = end(args, ['ignore', full, 'pipe']);
        const said = 'error: The output cannot be written (ENOSPC), so the command ended early.\n';
        assert.deepEqual([status, stderr], [EXIT.failed, said], args.join(' '));
      }
      assert.equal(end(['validate', broken], ['ignore', 'pipe', full]).status, EXIT.failed);
      closeSync(full);
    });

    it('says that `diff` did not compare, whatever failed', async () => {
      const { code, out, err } = await gpuctl(['diff', '-f', '-'], { stdin: createReadStream(folder) });
      assert.deepEqual([code, out], [EXIT.notCompared, '']);
      assert.match(err, /^error: /);
    });

    it('ends with 130 at Ctrl-C, also while it waits for input', async () => {
      const child = spawn(process.execPath, [MAIN, 'validate', '-'], { stdio: ['pipe', 'ignore', 'pipe'] });
      let err = '';
      child.stderr.setEncoding('utf8').on('data', (chunk) => {
        err += chunk;
      });
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      child.kill('SIGINT');
      const [code] = await once(child, 'exit');
      assert.deepEqual([code, err], [EXIT.interrupted, '']);
    });
  });

  describe('in a shell', () => {
    const bin = path.join(folder, 'a "b" $c', "d'e");
    before(() => writeWrapper(bin, { node: process.execPath, script: MAIN }));

    it('is found by a wrapper in a folder of any name, and is given its words as they are', () => {
      const { stdout } = spawnSync(path.join(bin, 'gpuctl'), ['version', '-o', 'json'], { encoding: 'utf8' });
      assert.equal(JSON.parse(stdout).node, process.versions.node);
      const { stderr } = spawnSync(path.join(bin, 'gpuctl'), ['a $b "c"', '--lang', 'en'], { encoding: 'utf8' });
      assert.match(stderr, /no command “a \$b "c"”/);
    });

    it('knows of another gpuctl that comes first', async () => {
      const other = path.dirname(file('other/gpuctl', '#!/bin/sh\n'));
      assert.equal(await findOther(bin, [bin, other].join(path.delimiter)), undefined, 'cannot be run');
      await writeWrapper(other, { node: 'x', script: 'y' });
      assert.equal(await findOther(bin, ['', bin, other].join(path.delimiter)), path.join(other, 'gpuctl'));
    });
  });
});
