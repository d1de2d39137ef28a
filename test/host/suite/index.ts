import Mocha from 'mocha';
import type { FileResult } from '../run.ts';

/** Runs the test files, by name, in the extension host. The last line it prints is for run.ts. */
export async function runSuite(files: Readonly<Record<string, () => unknown>>): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: false, reporter: 'spec' });
  const grep = process.env.GPUCTL_SUITE_GREP;
  if (grep) mocha.fgrep(grep);
  for (const [file, load] of Object.entries(files)) {
    mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, file, mocha);
    load();
  }
  const first = Date.now();
  const results: Record<string, FileResult> = {};
  const resultOf = ({ file = '' }: { file?: string }) =>
    (results[file] ??= { passed: 0, failed: 0, skipped: 0, failures: [] });
  await new Promise<void>((done) => {
    const runner = mocha.run(() => done());
    runner.on('pass', (test) => resultOf(test).passed++);
    runner.on('pending', (test) => resultOf(test).skipped++);
    runner.on('fail', (test, error: Error) => {
      const result = resultOf(test);
      result.failed++;
      result.failures.push(`${test.fullTitle()}: ${error.message}`);
    });
  });
  console.log(`\ngpuctl-host-result ${JSON.stringify({ files: results, first, last: Date.now() })}`);
  const failed = Object.values(results).reduce((sum, result) => sum + result.failed, 0);
  if (failed > 0) throw new Error(`${failed} tests failed`);
}
