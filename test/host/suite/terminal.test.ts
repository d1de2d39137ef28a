import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { writeWrapper } from '../../../client/src/features/terminal/wrapper.ts';
import { eventually, show } from './window.ts';

describe('the command line in the terminal', function () {
  this.timeout(60_000);

  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'gpuctl-terminal-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is found by its name, with the cluster of the window, and does not stand before others', async () => {
    await show('terminal.gpuctl.yaml', 'kind: training\njob:\n  name: in-terminal\nenvironment:\n  image: x:1\n');
    const out = path.join(folder, 'out');
    const terminal = vscode.window.createTerminal({ name: 'gpuctl', shellPath: '/bin/sh' });
    try {
      terminal.sendText(
        `{ gpuctl --version; gpuctl validate -f terminal.gpuctl.yaml; echo "code $?"; echo "$PATH"; } >${out} 2>&1; mv ${out} ${out}.done`,
      );
      const text = await eventually('what the terminal wrote', () => read(`${out}.done`));
      assert.match(text, /^\d+\.\d+\.\d+$/m);
      assert.match(text, /^code 0$/m);
      const places = text.trim().split('\n').at(-1)?.split(path.delimiter) ?? [];
      assert.match(places.at(-1) ?? '', /gpuctl\.gpuctl.bin$/, 'after all others');
    } finally {
      terminal.dispose();
    }
  });
});

describe('the wrapper of the command line', () => {
  const windows = { node: 'C:\\Users\\张三\\100%\\Code.exe', script: 'C:\\Users\\张三\\gpuctl.cjs' };
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'gpuctl-wrapper-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('for Windows names no path in a file that is read in the code page of the console', async () => {
    await writeWrapper(folder, windows, 'win32');
    const text = readFileSync(path.join(folder, 'gpuctl.cmd'), 'latin1');
    assert.match(text, /^[\x20-\x7e\r\n]+$/);
    assert.equal(text.split('\r\n')[3], '"%GPUCTL_NODE%" "%GPUCTL_SCRIPT%" %*');
  });

  it('for Windows has one for the shell of Git beside it', async () => {
    await writeWrapper(folder, windows, 'win32');
    const text = readFileSync(path.join(folder, 'gpuctl'), 'utf8');
    assert.equal(text, `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec '${windows.node}' '${windows.script}' "$@"\n`);
  });

  it('elsewhere is one program, also where a path has a quote in it', async () => {
    const script = path.join(folder, "it's.cjs");
    writeFileSync(script, 'console.log(process.argv.slice(2).join("|"))');
    await writeWrapper(folder, { node: process.execPath, script }, 'linux');
    const printed = execFileSync(path.join(folder, 'gpuctl'), ['a b', '$c'], { encoding: 'utf8' });
    assert.equal(printed, 'a b|$c\n');
    assert.deepEqual(readdirSync(folder).sort(), ['gpuctl', "it's.cjs"]);
  });
});

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
