/** Several documents at once: what is said of them before and after, in which order they go, and how a person is asked. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  isToRetry,
  type Outcome,
  toOutcomePage,
  toOutcomeSentence,
  toOutcomes,
} from '../../client/src/features/submit/outcomePage.ts';
import { buildSubmitRows, toListNote, toListTitle } from '../../client/src/features/submit/submitRows.ts';
import { createTexts } from '../../client/src/infrastructure/texts.ts';
import { message } from '../../l10n/index.ts';
import { checkFile, documentsOf } from '../../server/src/kinds/checkedFile.ts';
import { NO_LEVELS } from '../../server/src/kinds/levels.ts';
import { lookAtFiles } from '../../server/src/language/lookAtSubmit.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import { textInPool } from '../../server/src/operations/pools/poolProposal.ts';
import type { Cluster } from '../../server/src/operations/ports.ts';
import type { Session } from '../../server/src/operations/session.ts';
import { placeIn, type ReadFile } from '../../server/src/operations/submit/chosenDocuments.ts';
import type { Plan } from '../../server/src/operations/submit/plan.ts';
import { askAll } from '../../server/src/operations/submit/submitAsks.ts';
import {
  type Asked,
  type DocumentToSubmit,
  submitDocuments,
} from '../../server/src/operations/submit/submitDocuments.ts';
import type { LookDto, SubmitAnswer, SubmitAsk } from '../../server/src/protocol.ts';
import { ClusterState } from '../../server/src/state/clusterState.ts';
import { toWorkload } from '../../server/src/state/project.ts';
import { fourteenFree, outlookOn } from './nodesAndPods.ts';
import { sayIn } from './openText.ts';

const training = (name: string, gpus: number, more = '') => `kind: training
job: {name: ${name}${more}}
environment: {image: x:1, command: [a]}
resources: {gpu: ${gpus}, pool: training-pool}
`;
const POOL_TEXT = 'kind: pool\npool: {name: p}\nnodes: {n1: {gpuType: A100-80G}}\n';
const QUOTA_TEXT = 'kind: quota\nquota: {name: q}\nnamespace: {team: {cpu: 4, memory: 8Gi, acceleratorCount: 2}}\n';
const file = (name: string, ...documents: string[]) => ({
  uri: `file:///work/${name}`,
  languageId: 'gpuctl',
  text: documents.join('---\n'),
});

/** A session on a state that is held. */
function holding(state: ClusterState, unknown = false): Session {
  const capacityUnknown = unknown ? message('session.capacity.not-connected') : undefined;
  const target = { context: 'prod', cluster: 'prod-a' };
  const status = { target, phase: 'connected', namespace: 'default', podsKnown: true, capacityUnknown };
  return { state, status, namespace: 'default', outlook: outlookOn(state) } as unknown as Session;
}
const look = (session: Session, ...files: ReturnType<typeof file>[]) =>
  lookAtFiles(session, files, NO_LEVELS, sayIn('en'));

describe('the line over the list', () => {
  test('names the pool that all goes to, and where not all files were looked at', () => {
    const english = createTexts(() => 'en');
    assert.equal(toListNote({ pool: undefined, cap: undefined }, english), undefined);
    assert.equal(toListNote({ pool: 'eval', cap: undefined }, english), 'to eval');
    assert.match(toListNote({ pool: 'eval', cap: 500 }, english) ?? '', /^to eval · .*500/);
    assert.match(toListNote({ pool: '', cap: undefined }, english) ?? '', /^to \S/);
  });
});

describe('a look at what would be submitted', () => {
  test('is in the order in which it goes, over several files, without what is foreign', () => {
    const foreign = 'apiVersion: v1\nkind: Secret\n';
    const { documents, cluster } = look(
      holding(fourteenFree()),
      file('a.gpuctl.yaml', training('a', 1), POOL_TEXT),
      file('b.yaml', foreign, QUOTA_TEXT, training('b', 1)),
    );
    assert.deepEqual(
      documents.map(({ name, uri, document }) => [name, uri.split('/').at(-1), document]),
      [
        ['q', 'b.yaml', 0],
        ['p', 'a.gpuctl.yaml', 1],
        ['a', 'a.gpuctl.yaml', 0],
        ['b', 'b.yaml', 1],
      ],
    );
    assert.equal(cluster, 'prod-a');
  });

  test('says of each whether it fits beside those before it, and of all how many do', () => {
    const session = holding(fourteenFree()); // free: 0, 4, 3, 7
    const { documents, together } = look(session, file('a.gpuctl.yaml', training('a', 7), training('b', 4)));
    assert.deepEqual(
      documents.map(({ verdict }) => verdict?.icon),
      ['pass', 'pass'],
    );
    assert.equal(together?.text, 'All 2 jobs fit beside each other now.');
    const full = look(session, file('b.gpuctl.yaml', ...['a', 'b', 'c'].map((name) => training(name, 4))));
    assert.equal(full.together?.text, '2 of 3 jobs fit beside each other now; the rest would wait.');
    assert.deepEqual(
      full.documents.map(({ verdict }) => verdict?.text === 'fits alone, not beside those above'),
      [false, false, true],
    );
    const whole = { ...file('b.gpuctl.yaml', ...['a', 'b', 'c'].map((name) => training(name, 4))) };
    const chosen = [1, 2].map((document) => ({ document, kind: 'training', name: 'abc'[document] ?? '' }));
    assert.match(look(session, { ...whole, chosen } as never).together?.text ?? '', /All 2 jobs/);
  });

  test('tells places as they are in the file, where the text is changed for another pool', () => {
    const text = [training('a', 1).replace('resources: {gpu: 1, pool: training-pool}\n', ''), training('bad', 4)]
      .join('---\n')
      .replace('gpu: 4', 'gpu: many');
    const whole = { uri: 'file:///work/a.gpuctl.yaml', languageId: 'gpuctl', text };
    const changed = { ...whole, ...textInPool(whole, 'eval', NO_LEVELS) };
    assert.notEqual(changed.text.split('\n').length, text.split('\n').length);
    const placesIn = (file: ReadFile) =>
      lookAtFiles(holding(fourteenFree()), [file], NO_LEVELS, sayIn('en')).documents.flatMap(({ errors }) =>
        errors ? [[errors.line, errors.character]] : [],
      );
    assert.deepEqual(placesIn(changed), placesIn(whole));
    assert.equal(placesIn(whole).length, 1);
    const renamed = { ...changed, text: changed.text };
    const at = (name: string) => placeIn(renamed, renamed.text.indexOf(name));
    assert.deepEqual(at('bad'), placeIn(whole, text.indexOf('bad')));
    assert.deepEqual(at('kind: training'), { line: 0, character: 0 });
  });

  test('tells the first error with its place, and leaves what has errors out of the verdict', () => {
    const broken = training('bad', 4).replace('gpu: 4', 'gpu: many');
    const { documents, together } = look(holding(fourteenFree()), file('a.gpuctl.yaml', training('a', 1), broken));
    assert.equal(documents[1]?.errors?.count, 1);
    assert.equal(documents[1]?.errors?.line, 8);
    assert.equal(documents[1]?.verdict, undefined);
    assert.equal(together, undefined, 'one job is no company');
  });

  test('says what is there of that name, and what becomes of it', () => {
    const state = fourteenFree();
    const put = (name: string, conditions: object[], kind = 'training') => {
      const item = toWorkload({
        ...{ apiVersion: 'batch/v1', kind: 'Job', spec: { parallelism: 1 }, status: { conditions } },
        metadata: { name, namespace: 'default', uid: name, labels: { 'gpuctl/job-type': kind } },
      });
      assert.ok(item);
      state.applyWorkloads('Job', [{ type: 'set', item }]);
    };
    put('over', [{ type: 'Complete', status: 'True' }]);
    put('runs', []);
    const { documents } = look(
      holding(state),
      file('a.gpuctl.yaml', training('over', 1), training('runs', 1), training('new', 1)),
    );
    assert.match(documents[0]?.there ?? '', /^run again: the last run \(.+\) is deleted$/);
    assert.match(documents[1]?.there ?? '', /^there already \(.+\): is changed$/);
    assert.equal(documents[2]?.there, undefined);
  });

  test('says that nothing is known where that is so', () => {
    const { documents, together } = look(holding(new ClusterState(), true), file('a.gpuctl.yaml', training('a', 1)));
    assert.equal(documents[0]?.verdict, undefined);
    assert.equal(together?.icon, 'question');
  });
});

const texts = createTexts(() => 'en');
const document = (name: string, more: Partial<LookDto> = {}): LookDto => ({
  uri: 'file:///work/a.gpuctl.yaml',
  document: 0,
  kind: 'training',
  name,
  namespace: 'team',
  ...more,
});
const files = new Map([['file:///work/a.gpuctl.yaml', { name: 'jobs/a.gpuctl.yaml', unsaved: true }]]);

describe('the list', () => {
  test('has a verdict on each, and those with errors at the end with the first of them', () => {
    const errors = { count: 3, message: '`gpu` must be a number.', line: 6, character: 7 };
    const rows = buildSubmitRows(
      {
        documents: [
          document('bad', { document: 1, errors }),
          document('a', { verdict: { icon: 'pass', text: 'fits on n1', sentence: '' }, there: 'there already' }),
        ],
      },
      files,
      texts,
    );
    assert.deepEqual(
      rows.map(({ label, description, detail, broken }) => [label, description, detail, broken]),
      [
        ['a', 'training · jobs/a.gpuctl.yaml · not saved', '$(pass) fits on n1 · there already', undefined],
        ['Not submitted: has errors', undefined, undefined, undefined],
        [
          '$(error) bad',
          'training · jobs/a.gpuctl.yaml · not saved',
          'line 7: `gpu` must be a number. (2 more errors)',
          true,
        ],
      ],
    );
  });

  test('names cluster and namespaces', () => {
    const documents = [document('a'), document('b', { namespace: 'other' })];
    assert.equal(toListTitle({ cluster: 'prod-a', documents }, texts), 'Submit to prod-a, Namespace team, other');
  });
});

describe('what became of them', () => {
  const wanted = ['a', 'b', 'c', 'd'].map((name, index) => ({ ...document(name), document: index }));
  const failure = { code: 'x', message: 'The quota is full.', hint: 'Ask for more.', actions: [] };
  const outcomes: Outcome[] = toOutcomes(wanted, {
    documents: [
      { ...wanted[0], result: 'created', job: { namespace: 'team', name: 'a' }, warnings: ['It waits.'] },
      { ...wanted[1], result: 'failed', failure },
      { ...wanted[2], result: 'not-agreed' },
    ] as never,
  });

  test('is on one page, what was not submitted first, each with its cause', () => {
    const page = toOutcomePage(outcomes, 'prod-a', files, texts);
    assert.match(page, /^# Submitted to prod\\-a/);
    const [left = '', done = ''] = page.split('## Submitted');
    assert.match(left, /\*\*b\*\* · .*\*failed\* {2}\n {2}The quota is full\\\. Ask for more\\\./);
    assert.match(left, /\*\*d\*\* · .*cancelled/);
    assert.match(done, /\*\*a\*\* · training · team · .*\*submitted\* {2}\n {2}It waits/);
    assert.equal(toOutcomeSentence(outcomes, 'prod-a', texts), '3 of 4 documents were not submitted to prod-a.');
  });

  test('shows what a sentence names in backticks as code, and nothing else as Markdown', () => {
    const wanted = { uri: 'file:///work/a', document: 0, kind: 'training', name: 'a' };
    const failure = { code: 'x', message: 'Set `size_of` of *all* `it', actions: [] };
    const outcome: Outcome = { wanted, result: { ...wanted, result: 'failed', failure } };
    assert.match(toOutcomePage([outcome], 'prod-a', files, texts), /\n {2}Set `size_of` of \\\*all\\\* \\`it$/m);
  });

  test('can be tried again, but for what was declined', () => {
    assert.deepEqual(
      outcomes.filter(isToRetry).map(({ wanted }) => wanted.name),
      ['b', 'd'],
    );
  });
});

const planOf = (name: string, ...keys: ('ended' | 'replace')[]): Plan => ({
  ...{ context: 'prod', cluster: 'prod-a', namespace: 'team', kind: 'training', name, outcome: 'replaced' },
  changes: [],
  asks: keys.map((key) => message(`submit.ask.${key}`, { name, namespace: 'team', state: 'completed' })),
  warnings: [],
});

describe('questions', () => {
  async function ask(plans: Plan[], answer: (ask: SubmitAsk) => SubmitAnswer, signal = new AbortController().signal) {
    const asks: SubmitAsk[] = [];
    const asked = plans.map((plan): Asked => ({ plan, document: {} as never }));
    const desk = {
      ...{ cluster: 'prod-a', say: sayIn('en'), rename: () => ({ do: 'retry' }) as const, signal },
      agree: async (one: SubmitAsk) => {
        asks.push(one);
        return answer(one);
      },
    };
    return { answers: await askAll(asked, desk), asks };
  }
  const names = ['a', 'b', 'c'];

  test('that are the same are asked once, others by themselves', async () => {
    const plans = [planOf('a', 'ended'), planOf('x', 'replace'), planOf('b', 'ended'), planOf('c', 'ended')];
    const { answers, asks } = await ask(plans, ({ all }) => (all ? 'yes' : 'no'));
    assert.deepEqual(answers, ['yes', 'no', 'yes', 'yes']);
    assert.deepEqual(
      asks.map(({ name, all, verb }) => [name, all, verb]),
      [
        ['a', names, 'run-again'],
        ['x', undefined, 'replace'],
      ],
    );
    assert.match(asks[0]?.sentences[0] ?? '', /^3 jobs of these names have ended\./);
  });

  test('are not gone on with once it is called off', async () => {
    const controller = new AbortController();
    const plans = [planOf('a', 'ended'), planOf('x', 'replace'), planOf('y', 'replace', 'ended')];
    const callOff = (): SubmitAnswer => {
      controller.abort();
      return 'yes';
    };
    assert.equal((await ask(plans, callOff, controller.signal)).asks.length, 1);
  });

  test('can be asked one by one all the same', async () => {
    const plans = names.map((name) => planOf(name, 'ended'));
    const { answers, asks } = await ask(plans, ({ all, name }) => (all ? 'each' : name === 'b' ? 'no' : 'yes'));
    assert.deepEqual([answers, asks.length], [['yes', 'no', 'yes'], 4]);
  });
});

describe('submitting several', () => {
  const documentsIn = (text: string): DocumentToSubmit[] => {
    const checked = checkFile(text, 'gpuctl');
    return documentsOf(checked).map(({ document }) => ({
      ...{ file: checked, document, path: undefined, gitCommit: undefined },
    }));
  };
  /** Submits to a cluster that takes its time with the first look at a job, and then fails. */
  async function submit(text: string, signal = new AbortController().signal, before = () => {}) {
    const state = { now: 0, most: 0 };
    const begun: string[] = [];
    const fails = async (ref?: { name?: string }) => {
      const name = ref?.name;
      if (name !== undefined && !begun.includes(name)) begun.push(name);
      before();
      state.most = Math.max(state.most, ++state.now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      state.now--;
      if (signal.aborted) throw new GpuctlError('cancelled', message('connection.cancelled'));
      throw new GpuctlError('connection.refused', message('connection.cancelled'), { status: 500 });
    };
    const cluster = { context: { context: 'prod', cluster: 'prod-a' }, read: fails, list: fails } as unknown as Cluster;
    const session = {
      ...holding(new ClusterState(), true),
      cluster: async () => cluster,
      use: (run: (open: Cluster) => unknown) => run(cluster),
      rights: { doubt: () => {} },
      connectionOptions: {},
    } as unknown as Session;
    const told: string[] = [];
    const results: string[] = [];
    const submitting = submitDocuments(session, documentsIn(text), {
      agree: async () => [],
      done: ({ document }) => told.push(document.model?.name ?? ''),
      signal,
    });
    const error = await (async () => {
      for await (const { document, is } of submitting) results.push(`${document.model?.name} ${is}`);
    })().catch((thrown) => thrown as GpuctlError);
    return { results, told, begun, most: state.most, error };
  }

  test('takes jobs six at a time and tells of them in their order; two of one name wait for each other', async () => {
    const jobs = Array.from({ length: 20 }, (_, index) => training(`j${index}`, 1));
    const { results, told, most } = await submit([...jobs, training('j0', 2)].join('---\n'));
    assert.deepEqual(results.slice(0, 3), ['j0 failed', 'j1 failed', 'j2 failed']);
    assert.equal(told.length, 20 + 1);
    assert.ok(most > 3 && most <= 6 * 3, `${most} requests at once`);
  });

  test('that is called off begins nothing more, waits for what was begun, and tells what was done', async () => {
    const controller = new AbortController();
    const jobs = Array.from({ length: 20 }, (_, index) => training(`j${index}`, 1));
    const { begun, error } = await submit(jobs.join('---\n'), controller.signal, () => controller.abort());
    assert.equal((error as GpuctlError).code, 'cancelled');
    assert.ok(begun.length <= 6, begun.join());
  });

  test('leaves out what needs a quota that failed, and goes on with the rest', async () => {
    const { results } = await submit(
      [training('in-team', 1, ', namespace: team'), training('other', 1), QUOTA_TEXT].join('---\n'),
    );
    assert.deepEqual(results, ['q failed', 'in-team skipped', 'other failed']);
  });
});
