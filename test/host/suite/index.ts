import Mocha from 'mocha';

/** Runs the test files in the extension host. The last line it prints is for run.ts. */
export async function runSuite(files: readonly (() => unknown)[]): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: false, reporter: 'spec' });
  const grep = process.env.GPUCTL_SUITE_GREP;
  if (grep) mocha.fgrep(grep);
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
  for (const load of files) load();
  const first = Date.now();
  const failed: string[] = [];
  const stats = await new Promise<Mocha.Stats | undefined>((done) => {
    const runner = mocha.run(() => done(runner.stats));
    runner.on('fail', (test, error: Error) => failed.push(`${test.fullTitle()}: ${error.message}`));
  });
  const { passes = 0, failures = 1, pending = 0 } = stats ?? {};
  const result = { passing: passes, failing: failures, pending, failures: failed, first, last: Date.now() };
  console.log(`\ngpuctl-host-result ${JSON.stringify(result)}`);
  if (failures > 0) throw new Error(`${failures} of ${passes + failures} tests failed`);
}
