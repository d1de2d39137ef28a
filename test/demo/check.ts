import { openWorkbench, type Workbench } from '../ui/driver.ts';
import type { Demo } from './demo.ts';

// What test/demo/workspace/1-first-job.gpuctl.yaml says.
const JOB = 'first-job';
const LAST_LINE = 'done: y =';
// What test/demo/workspace/3-notebook.gpuctl.yaml says.
const NOTEBOOK = 'my-notebook';
/** Time for a first compilation of the cluster, and for the job from submit to its end, in milliseconds. */
const CLUSTER_LIMIT = 30 * 60_000;
const JOB_LIMIT = 120_000;

/** Walks the whole path of a new person in a headless browser and says each step with its time. Resolves to the exit code. */
export async function checkDemo(demo: Demo, say: (line: string) => void): Promise<number> {
  if (!demo.host) throw new Error('The check needs the browser host.');
  const begin = Date.now();
  let workbench: Workbench | undefined;
  let number = 0;
  const step = async (what: string, action: (workbench: Workbench) => Promise<string | undefined>) => {
    const start = Date.now();
    number += 1;
    const name = `${number}-${what.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
    const detail = workbench ? await workbench.step(name, () => action(workbench as Workbench)) : undefined;
    say(`✓ ${seconds(start)}  ${what}${detail ? `: ${detail}` : ''}`);
  };
  try {
    workbench = await openWorkbench(demo.host, { shotPrefix: 'check-' });
    say(`✓ ${seconds(begin)}  VS Code ${demo.host.install.version} is open on the samples`);
    await step('The first sample is open', async ({ editor }) => {
      await editor.line('kind: training').waitFor();
      await editor.lens('Submit').waitFor();
      return (await editor.lenses()).join(' | ');
    });
    let clusterState = 'the cluster is still being prepared';
    demo.clusterReady.then(
      () => (clusterState = 'the cluster is ready already'),
      () => {},
    );
    await step('A mistake is found while it is typed', async (window) => {
      await window.editor.typeAfter('kind: training', 'x');
      await window.editor.squiggles('error').first().waitFor();
      const finding = (await window.problems('training')).find((row) => row.includes('[Ln'));
      await window.editor.undo();
      await window.editor.squiggles('error').first().waitFor({ state: 'detached' });
      return `${finding} (${clusterState})`;
    });
    await step('The cluster is ready', async () => {
      return await within(CLUSTER_LIMIT, 'the cluster', demo.clusterReady);
    });
    await step('Pools are seen', async (window) => {
      const pools = await window.view('Pools', 'GPU');
      await pools.row('training-pool').waitFor();
      return (await pools.rows()).map(({ label, description }) => `${label} ${description}`).join(', ');
    });
    await step('The job is submitted by its lens', async ({ editor, dialogs }) => {
      await editor.lens('Submit').click();
      await dialogs.notification(`Submitted ${JOB}`).waitFor();
      return (await dialogs.notifications()).join(' ');
    });
    await step('It runs', async (window) => {
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.spokenRow(`${JOB}, running`).waitFor({ timeout: JOB_LIMIT });
      return (await jobs.rows()).find(({ label }) => label === JOB)?.description;
    });
    await step('Its log is read to the last line', async (window) => {
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.contextMenu(JOB, 'Show Log');
      const lines = await window.output(LAST_LINE, JOB_LIMIT);
      return lines.find((line) => line.includes(LAST_LINE));
    });
    await step('It succeeds', async (window) => {
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.row('Ended').waitFor({ timeout: JOB_LIMIT });
      await jobs.expand('Ended');
      await jobs.spokenRow(`${JOB}, completed`).waitFor({ timeout: JOB_LIMIT });
      return (await jobs.rows()).find(({ label }) => label === JOB)?.description;
    });
    await step('It is deleted after a question', async (window) => {
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.contextMenu(JOB, 'Delete');
      const { message } = await window.dialogs.modal();
      await window.shot('delete-question');
      await window.dialogs.answerModal('Delete');
      await jobs.row(JOB).waitFor({ state: 'detached', timeout: JOB_LIMIT });
      return message;
    });
    await step('A notebook answers in the browser', async (window) => {
      await window.openFile('3-notebook.gpuctl.yaml');
      await window.page.keyboard.press('Control+Home');
      await window.editor.lens('Submit').click();
      const jobs = await window.view('Jobs', 'GPU');
      await jobs.spokenRow(`${NOTEBOOK}, running`).waitFor({ timeout: JOB_LIMIT });
      const opening = window.page.context().waitForEvent('page', { timeout: JOB_LIMIT });
      await jobs.contextMenu(NOTEBOOK, 'Open Notebook in Browser');
      const browser = await opening;
      const heading = browser.getByRole('heading', { name: 'A Jupyter Server is running.' });
      await heading.waitFor({ timeout: JOB_LIMIT });
      const said = await heading.innerText();
      await browser.close();
      return said;
    });
    await workbench.close();
    say(`✓ ${seconds(begin)}  in all; pictures are in test/ui/screenshots`);
    return 0;
  } catch (error) {
    say(`✗ ${seconds(begin)}  step ${number} failed: ${error instanceof Error ? error.message : error}`);
    await workbench?.close().catch(() => {});
    return 1;
  }
}

function seconds(start: number): string {
  return `${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s`;
}

async function within<T>(limit: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`${what} was not ready after ${limit / 60_000} min`)), limit);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
