import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { writeWrapper } from '../../client/src/features/terminal/wrapper.ts';
import { createTranslate } from '../../l10n/index.ts';
import type { GlobalOptions } from '../../server/src/cli/cli.ts';
import { complete } from '../../server/src/cli/complete.ts';
import { createProgram } from '../../server/src/cli/program.ts';
import { readLine } from '../../server/src/cli/typedLine.ts';
import { gpuctl } from './cliRun.ts';

const MAIN = path.join(import.meta.dirname, '../../server/src/cliMain.ts');
const ARN = 'arn:aws:eks:eu-1:1:cluster/demo';
const KUBECONFIG = `apiVersion: v1
clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: u, user: {}}]
contexts:
${[ARN, 'ctx with space', "it's"].map((name) => `- {name: ${JSON.stringify(name)}, context: {cluster: c, user: u}}\n`).join('')}`;
/** What bash has without any settings. */
const BREAKS = ' \t\n"\'><=;|&(:';

describe('what may stand at the cursor', () => {
  const nothing = () => {};
  const program = createProgram(
    createTranslate(() => 'en'),
    '1.2.3',
    { out: nothing, err: nothing },
    async () => {},
  );
  const values = async (...words: string[]) => {
    const found = await complete(program, words, async (what) => [what]);
    return found === 'files' ? found : found.map(({ value }) => value);
  };

  it('comes from where the words before it say', async () => {
    const cases: [string[], GlobalOptions][] = [
      [['-n', 'team-b', 'logs', ''], { namespace: 'team-b' }],
      [['-nteam-b', 'logs', ''], { namespace: 'team-b' }],
      [['logs', '--namespace=team-b', ''], { namespace: 'team-b' }],
      [['--context', 'ctx with space', 'logs', '-f', ''], { context: 'ctx with space' }],
      [['--kubeconfig', 'some file', '--context', ''], { kubeconfig: 'some file' }],
      [['--kubeconfig', 'some file', '--context='], { kubeconfig: 'some file' }],
      [['logs', '--', '--context', ''], {}],
    ];
    for (const [words, expected] of cases) {
      const asked: GlobalOptions[] = [];
      await complete(program, words, async (_, given) => {
        asked.push(given);
        return [];
      });
      assert.deepEqual(asked, [expected], words.join(' '));
    }
  });

  it('is a value behind `=`, too, and `--help` is an option', async () => {
    assert.deepEqual(
      await values('get', 'jobs', '--output=js'),
      ['table', 'wide', 'json', 'yaml'].map((one) => `--output=${one}`),
    );
    assert.deepEqual(await values('get', 'jobs', '-o', ''), ['table', 'wide', 'json', 'yaml']);
    assert.deepEqual(await values('--context=a'), ['--context=contexts']);
    assert.equal(await values('create', '--filename=d'), 'files');
    assert.equal(await values('validate', 'd'), 'files');
    for (const words of [['-'], ['get', '--he']])
      assert.ok((await values(...words)).includes('--help'), words.join(' '));
    assert.ok((await values('help', '')).includes('create'));
    assert.ok(!(await values('')).includes('__complete'));
  });

  it('is asked of the kubeconfig that was named', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-words-'));
    const at = path.join(folder, 'a config');
    writeFileSync(at, KUBECONFIG);
    const { out } = await gpuctl(['__complete', '--', '--kubeconfig', at, '--context', '']);
    assert.equal(out, `${ARN}\nctx with space\nit's\n`);
    rmSync(folder, { recursive: true });
  });
});

describe('a line of bash', () => {
  it('is read into words, and says what is to be put in place of what bash takes for the last one', () => {
    const cases: [line: string, words: string[], value: string, inserted: string | undefined][] = [
      ['gpuctl --context arn:aws:ek', ['gpuctl', '--context', 'arn:aws:ek'], ARN, 'eks:eu-1:1:cluster/demo'],
      ['gpuctl --context=ar', ['gpuctl', '--context=ar'], `--context=${ARN}`, ARN],
      ['gpuctl get --output=', ['gpuctl', 'get', '--output='], '--output=json', 'json'],
      ['gpuctl a\\ b "c d"\'e f\' ', ['gpuctl', 'a b', 'c de f', ''], 'it is', 'it\\ is'],
      ['gpuctl a\\:b', ['gpuctl', 'a:b'], 'a:bc', 'a:bc'],
      ['gpuctl "a \\"b', ['gpuctl', 'a "b'], 'a "b$', 'a \\"b\\$'],
      ["gpuctl 'it", ['gpuctl', 'it'], "it's", "it'\\''s"],
      ["gpuctl ''", ['gpuctl', ''], 'x', 'x'],
      ['gpuctl lo', ['gpuctl', 'lo'], 'get', undefined],
    ];
    for (const [line, words, value, inserted] of cases) {
      const read = readLine(line, BREAKS);
      assert.deepEqual([read.words, read.toInsert(value)], [words, inserted], line);
    }
    assert.equal(readLine('gpuctl --context arn:a', ' ').toInsert(ARN), ARN, 'where `:` ends no word');
  });
});

describe('a shell completes', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gpuctl-shells-'));
  const bin = path.join(folder, 'a "b" $c d\'e');
  const work = path.join(folder, 'work');
  const env = { ...process.env, PATH: bin + path.delimiter + process.env.PATH, LANG: 'C', HOME: work };
  const isThere = (shell: string) => spawnSync(shell, ['-c', 'exit']).error === undefined;
  const onlyWith = (shell: string) => {
    const skip = isThere(shell) ? false : `${shell} is not installed`;
    return { skip };
  };

  before(async () => {
    await writeWrapper(bin, { node: process.execPath, script: MAIN });
    mkdirSync(path.join(work, 'functions'), { recursive: true });
    for (const name of ['config', 'a config']) writeFileSync(path.join(work, name), KUBECONFIG);
    writeFileSync(path.join(work, 'data.yaml'), '');
    Object.assign(env, { KUBECONFIG: path.join(work, 'none'), GPUCTL_KUBECONFIG: '' });
  });
  after(() => rmSync(folder, { recursive: true }));

  const run = (shell: string, args: string[]) =>
    spawnSync(shell, args, { env, cwd: work, encoding: 'utf8', timeout: 60_000 });

  it('in bash', onlyWith('bash'), () => {
    const script = `source <(gpuctl completion bash)
COMP_LINE="$1" COMP_POINT=\${#1} COMP_WORDS=(gpuctl); _gpuctl; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const completed = (line: string) => run('bash', ['-c', script, 'bash', line]).stdout.trim().split('\n');
    assert.deepEqual(completed('gpuctl de'), ['describe', 'delete']);
    assert.deepEqual(completed('gpuctl get '), ['jobs', 'pools', 'nodes', 'quotas']);
    assert.deepEqual(completed('gpuctl -n x get jobs -o w'), ['wide']);
    assert.deepEqual(completed('gpuctl create --dr'), ['--dry-run']);
    assert.deepEqual(completed('gpuctl get jobs --output=js'), ['json']);
    assert.deepEqual(completed('gpuctl --kubeconfig config --context arn:aws:e'), ['eks:eu-1:1:cluster/demo']);
    assert.deepEqual(completed('gpuctl --kubeconfig "a config" --context ct'), ['ctx\\ with\\ space']);
    assert.deepEqual(completed('gpuctl --kubeconfig ~/config --context "ct'), ['ctx with space']);
    assert.deepEqual(completed('gpuctl create --filename=d'), [''], 'bash itself knows its files');
  });

  /** What a zsh with completion makes of lines after Tab, in a terminal of its own. */
  function completedByZsh(setUp: string, lines: readonly string[]): string[] {
    const driver = `rm -f told; zmodload zsh/zpty zsh/zselect
awaited() { repeat 300; do [[ -e $1 ]] && return; zselect -t 5; done }
zpty inner zsh -f -i
zpty -w inner "autoload -Uz compinit; compinit -D -u; ${setUp}"
zpty -w inner 'tell() { zle complete-word; print -r -- "$BUFFER" > told.new; zle kill-whole-line; mv told.new told }'
zpty -w inner "zle -N tell; bindkey '^I' tell; touch told"
awaited told
for line in "$@"; do
  rm -f told; zpty -w -n inner "$line"$'\\t'; awaited told; cat told
done`;
    const { stdout, stderr } = run('zsh', ['-f', '-c', driver, 'zsh', ...lines]);
    return stdout
      .split('\n')
      .slice(0, -1)
      .concat(stderr || []);
  }
  const zshCases = [
    ['gpuctl des', 'gpuctl describe '],
    ['gpuctl get jo', 'gpuctl get jobs '],
    ['gpuctl get jobs --output=js', 'gpuctl get jobs --output=json '],
    ['gpuctl create --filename=da', 'gpuctl create --filename=data.yaml '],
    ['gpuctl validate da', 'gpuctl validate data.yaml '],
    ['gpuctl get --he', 'gpuctl get --help '],
    ['gpuctl --kubeconfig config --context arn:aws:e', `gpuctl --kubeconfig config --context ${ARN} `],
    ['gpuctl --kubeconfig "a config" --context ct', 'gpuctl --kubeconfig "a config" --context ctx\\ with\\ space '],
  ] as const;

  it('in zsh', onlyWith('zsh'), () => {
    const told = completedByZsh(
      'source <(gpuctl completion zsh)',
      zshCases.map(([line]) => line),
    );
    assert.deepEqual(
      told,
      zshCases.map(([, expected]) => expected),
    );
  });

  it('in zsh from a folder of functions, at the first Tab', onlyWith('zsh'), () => {
    const { stdout } = run(path.join(bin, 'gpuctl'), ['completion', 'zsh']);
    writeFileSync(path.join(work, 'functions/_gpuctl'), stdout);
    const setUp = 'fpath=($PWD/functions $fpath); compinit -D -u';
    assert.deepEqual(completedByZsh(setUp, ['gpuctl des', 'gpuctl ver']), ['gpuctl describe ', 'gpuctl version ']);
  });

  it('in fish', onlyWith('fish'), () => {
    const script = path.join(work, 'completion.fish');
    writeFileSync(script, run(path.join(bin, 'gpuctl'), ['completion', 'fish']).stdout);
    const completed = (line: string) =>
      run('fish', ['--no-config', '-c', `source ${script}; complete -C $argv[1]`, line])
        .stdout.trim()
        .split('\n')
        .map((one) => one.replace(/\t.*/, ''));
    assert.deepEqual(completed('gpuctl de'), ['delete', 'describe']);
    assert.deepEqual(completed('gpuctl get '), ['jobs', 'nodes', 'pools', 'quotas']);
    assert.deepEqual(completed('gpuctl get jobs --output=js'), ['--output=json']);
    assert.deepEqual(completed('gpuctl create --filename=da'), ['--filename=data.yaml']);
    assert.deepEqual(completed('gpuctl create -f da'), ['data.yaml']);
    assert.deepEqual(completed('gpuctl get --he'), ['--help']);
    assert.deepEqual(completed('gpuctl --kubeconfig config --context arn:aws:e'), [ARN]);
    assert.deepEqual(completed('gpuctl --kubeconfig "a config" --context ct'), ['ctx with space']);
  });
});
