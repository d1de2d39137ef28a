/** In the pseudo-locale each word that a view, a page, a list or a notice says is from the catalogue, or is data. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { toMarkdown } from '../../client/src/features/checkCluster/report.ts';
import { buildPage } from '../../client/src/features/jobPage/buildPage.ts';
import { buildNote, type NoteState } from '../../client/src/features/jobPage/note.ts';
import {
  buildJobGroups,
  EVERYTHING,
  GROUPINGS,
  toJobsDescription,
  toJobsNote,
} from '../../client/src/features/jobs/jobGroups.ts';
import { buildNodeItems, buildPoolItems, nodeNames, toQuestion } from '../../client/src/features/pools/bindWords.ts';
import { buildPoolRows } from '../../client/src/features/pools/poolRows.ts';
import { toProposal } from '../../client/src/features/pools/proposalWords.ts';
import { toStatus } from '../../client/src/features/status/statusWords.ts';
import { type Outcome, toOutcomePage, toOutcomeSentence } from '../../client/src/features/submit/outcomePage.ts';
import { buildSubmitRows, toListNote, toListTitle } from '../../client/src/features/submit/submitRows.ts';
import * as newFile from '../../client/src/infrastructure/askRows.ts';
import { createTexts } from '../../client/src/infrastructure/texts.ts';
import type {
  ConnectionDto,
  ConnectionPhase,
  GpuCountDto,
  JobDto,
  JobPageDto,
  JobPhase,
  NodeDto,
  PodDto,
  PoolDto,
  ProposalDto,
  SubmitResultDto,
} from '../../server/src/protocol.ts';

const NOW = new Date(2026, 10, 23, 20, 0).getTime();
const AT = new Date(NOW - 75 * 60_000).toISOString();
const texts = createTexts(() => 'en-xa');
/** A sentence of the server, which is in the person's language already. */
const SAID = '⟦said⟧';

/** What is left of a text without what comes from the catalogue, which may hold values that hold more of it. */
function withoutCatalogue(text: string): string {
  let depth = 0;
  let rest = '';
  for (const letter of text.replaceAll('\\', '')) {
    if (letter === '⟦') depth++;
    else if (letter === '⟧') depth--;
    else if (depth === 0) rest += letter;
  }
  return rest;
}
/** Keys of what nobody reads. Names, pools and such in the data have a digit or a dash. */
const UNSEEN =
  /^(?:id|key|command|context|what|phase|tone|does|datetime|document|job|pod|pool|node|lang|gesture|copy|kind|uri|main|path|yaml)$/;
const isData = (word: string): boolean => /\d|-/.test(word);

/** Every text that is shown of something that a builder made. */
function shownOf(made: unknown): string[] {
  if (typeof made === 'string') return [made];
  if (!made || typeof made !== 'object') return [];
  if (Array.isArray(made)) return made.flatMap(shownOf);
  return Object.entries(made).flatMap(([key, value]) =>
    key === 'icon' || key === 'ask' || (typeof value === 'string' && UNSEEN.test(key)) ? [] : shownOf(value),
  );
}

/** Words of our own that the catalogue does not know. Fails where nothing was said at all. */
function strangeIn(...made: unknown[]): string[] {
  const shown = shownOf(made);
  assert.ok(
    shown.some((text) => text.includes('⟦')),
    'nothing of the catalogue is shown',
  );
  return shown.flatMap((text) =>
    (withoutCatalogue(text).match(/\p{L}[\p{L}\p{N}.-]{2,}/gu) ?? [])
      .filter((word) => !isData(word))
      .map((word) => `${word} in: ${text}`),
  );
}

const pod = (rank: number, own: Partial<PodDto> = {}): PodDto => ({
  ...{ name: `a-${rank}`, rank, node: 'n-1', phase: 'running', state: SAID, restarts: 1, startedAt: AT },
  ...own,
});
const job = (own: Partial<JobDto> = {}): JobDto => ({
  ...{ ref: { namespace: 'ns-1', name: 'job-1' }, uid: 'u-1', kind: 'training', phase: 'running', state: SAID },
  ...{ gpus: 8, gpuType: 'A100-80G', pool: 'pool-1', podsWanted: 2, podsRunning: 1, restarts: 2, run: 3 },
  ...{ step: { at: 1840, of: 12_000 }, createdAt: AT, startedAt: AT, submittedBy: 'user-1' },
  pods: [pod(0), pod(1, { trouble: { code: 'c-1', hint: SAID, detail: 'raw-1' } })],
  ...own,
});
const TROUBLE = { code: 'job.wait.gpus', hint: SAID, detail: 'raw-1' };
const PHASES: JobPhase[] = ['running', 'waiting', 'unknown', 'stopped', 'failed', 'succeeded'];
const KINDS = ['training', 'inference', 'notebook', 'compute'];
const jobs = PHASES.flatMap((phase) =>
  KINDS.flatMap((kind) => [
    job({ ref: { namespace: 'ns-2', name: `${phase}-${kind}` }, phase, kind }),
    job({
      ...{
        ref: { namespace: 'ns-1', name: `${phase}-${kind}-2` },
        phase,
        kind,
        gpus: 0,
        endedAt: AT,
        trouble: TROUBLE,
      },
      ...{ held: true as const, state: '', refused: { log: SAID, stop: SAID, delete: SAID } },
    }),
  ]),
);

const gpus = (own: Partial<GpuCountDto> = {}): GpuCountDto => ({
  ...{ type: 'A100-80G', total: 8, used: 3, free: 5, unavailable: 1, largestBlock: 4 },
  ...own,
});
const { used: _, free: __, ...unknownUse } = gpus();
const node = (own: Partial<NodeDto> = {}): NodeDto => ({
  ...{ name: 'n-1', ready: true, cordoned: false, gpus: [gpus()], rack: 'r-1' },
  holders: [
    { job: 'job-1', namespace: 'ns-1', gpus: 2, since: AT },
    { job: 'job-2', namespace: 'ns-2', gpus: 1, other: 'no-job' },
  ],
  ...own,
});
const pools: PoolDto[] = [
  { name: 'pool-1', gpus: [gpus(), gpus({ type: 'H800-80G' })], nodes: [node(), node({ ready: false })] },
  { name: 'pool-2', gpus: [unknownUse], nodes: [node({ cordoned: true, holders: [] })] },
  { name: '', gpus: [], nodes: [node({ gpus: [] })] },
];

describe('in the pseudo-locale', () => {
  test('rows, tooltips, groups and notes of jobs', () => {
    const context = { texts, now: NOW, namespace: 'ns-1', startTimeout: 10 };
    for (const grouping of GROUPINGS) {
      const choice = { ...EVERYTHING, grouping };
      assert.deepEqual(strangeIn(buildJobGroups({ jobs }, choice, context)), []);
    }
    const choice = { grouping: 'state', mine: true, filter: 'none-1' } as const;
    const data = { jobs, namespaces: ['ns-1'], incomplete: SAID };
    assert.deepEqual(strangeIn(toJobsNote(data, choice, texts), toJobsDescription(choice, texts)), []);
    assert.deepEqual(strangeIn(toJobsNote(data, { ...choice, mine: false }, texts)), []);
  });

  test('rows of pools and nodes, and the questions about them', () => {
    const context = { texts, now: NOW, namespace: 'ns-1' };
    assert.deepEqual(strangeIn(buildPoolRows({ pools, refused: SAID }, context)), []);
    assert.deepEqual(strangeIn(buildPoolRows({ pools: [], unknown: SAID }, context)), []);
    assert.deepEqual(strangeIn(buildNodeItems(pools, texts), buildPoolItems(pools, texts)), []);
    const names = nodeNames(['n-1', 'n-2', 'n-3', 'n-4'], texts);
    const plan = { context: 'c-1', cluster: 'c-1', sentences: [SAID], changes: ['change-1'], warnings: [SAID] };
    for (const pool of ['pool-1', undefined])
      assert.deepEqual(strangeIn(toQuestion(plan as never, { names, count: 4, pool }, texts)), []);
    const one = { name: 'job-1', namespace: 'ns-1', document: 0, kind: 'training', verdict: SAID };
    const proposed = Array.from({ length: 7 }, (_, index) => ({ ...one, ...(index && { from: 'pool-2' }) }));
    const edits = [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '' }];
    for (const list of [[], [one], proposed]) {
      const proposal = { cluster: 'c-1', whole: true, edits, jobs: list } as unknown as ProposalDto;
      assert.deepEqual(strangeIn(toProposal(proposal, { pool: 'pool-1', file: 'file-1', unsaved: true }, texts)), []);
    }
  });

  test('the status bar in each phase of the connection', () => {
    const phases: ConnectionPhase[] = ['off', 'none', 'connecting', 'connected', 'offline', 'failed'];
    for (const phase of phases)
      for (const capacity of [{ known: true }, { known: false, reason: SAID }]) {
        const connection = {
          phase,
          context: 'c-1',
          cluster: 'c-1',
          namespace: 'ns-1',
          capacity,
          asOf: AT,
          warning: SAID,
        };
        for (const why of ['chosen', 'document', 'job', 'only'] as const) {
          const pool = { name: 'pool-1', why, gpus: [gpus(), unknownUse] };
          const status = toStatus(connection as unknown as ConnectionDto, { context: 'c-1', pool }, texts, NOW);
          assert.deepEqual(strangeIn(status), []);
        }
      }
  });

  test('the list of what can be submitted, and what became of it', () => {
    const kinds = [...KINDS, 'pool', 'quota'];
    const look = { icon: 'pass', text: SAID, sentence: SAID };
    const documents = kinds.map((kind, document) => ({
      ...{ uri: 'file-1', document, kind, name: `name-${document}`, namespace: 'ns-1', verdict: look, there: SAID },
      ...(document > 2 && { errors: { count: document - 2, message: SAID, line: 3, character: 0 } }),
    }));
    const files = new Map([['file-1', { name: 'file-1', unsaved: true }]]);
    const rows = buildSubmitRows({ documents }, files, texts).map(({ label, ...row }) => ({
      ...row,
      label: label.replace(/\$\([\w-]+\)/, ''),
      detail: row.detail?.replace(/\$\([\w-]+\)/, ''),
    }));
    assert.deepEqual(strangeIn(rows), []);
    const title = toListTitle({ cluster: 'c-1', documents }, texts);
    assert.deepEqual(strangeIn(title, toListNote({ pool: '', cap: 500 }, texts)), []);
    const results = ['created', 'changed', 'replaced', 'unchanged', 'failed', 'skipped', 'not-agreed', undefined];
    const outcomes = results.map((result, document): Outcome => {
      const wanted = { uri: 'file-1', document, kind: 'training', name: `name-${document}` };
      const more = { warnings: [SAID], failure: { code: 'c-1', message: SAID, actions: [] }, why: SAID };
      const { warnings, ...rest } = more;
      const isDone = document < 4;
      const told = { ...wanted, result, ...(isDone ? { warnings } : rest) } as unknown as SubmitResultDto;
      return { wanted, result: result === undefined ? undefined : told };
    });
    assert.deepEqual(strangeIn(toOutcomePage(outcomes, 'c-1', files, texts)), []);
    assert.deepEqual(strangeIn(toOutcomeSentence(outcomes.slice(0, 3), 'c-1', texts)), []);
  });

  test('the page of a job in each state, and what is said before all else', () => {
    const page = (one: JobDto): JobPageDto => ({
      ...{ revision: 'r-1', job: one, verdict: SAID, moments: [], moreEvents: 3 },
      events: [{ at: AT, count: 2, about: '', text: SAID, reason: 'reason-1', raw: 'raw-1' }],
      gestures: ['log', 'start', 'stop', 'resume', 'scale', 'delete'],
    });
    const why = { code: 'c-1', message: SAID, hint: SAID, rank: 1, pod: 'a-1', endedAt: AT, lines: ['line-1'] };
    const parts = {
      resources: [{ kind: 'kind-1', name: 'name-1' }],
      source: 'source-1',
      path: 'path-1',
      commit: 'c0ffee1',
    };
    for (const one of jobs)
      for (const onlyLooks of [false, true]) {
        const context = { texts, now: NOW, cluster: 'c-1', onlyLooks };
        assert.deepEqual(strangeIn(buildPage({ page: page(one), parts, why, file: 'file-1' }, context)), []);
        assert.deepEqual(strangeIn(buildPage({ page: page(one) }, context)), []);
      }
    const of = { job: { namespace: 'ns-1', name: 'job-1' }, context: 'c-1' };
    const state = { of, trusted: true, known: false, gone: false, elsewhere: false, failure: undefined };
    for (const phase of ['none', 'failed', 'offline', 'connecting', 'connected'] as const)
      for (const more of [{}, { trusted: false }, { elsewhere: true }, { gone: true }]) {
        const connection = { phase, asOf: AT } as unknown as ConnectionDto;
        assert.deepEqual(strangeIn(buildNote({ ...state, connection, ...more } as NoteState, texts, NOW)), []);
      }
  });

  test('the choices for a new file, and the report on a cluster', () => {
    const rows = [
      ...newFile.buildPoolRows(pools, 'typed-1', texts).filter(({ value }) => value !== 'default'),
      ...newFile.buildGpuRows({ gpus: 8, nodes: 2 } as never, '3', texts),
    ];
    assert.deepEqual(strangeIn(rows.map(({ label, description }) => ({ label, description }))), []);
    const line = { id: 'kueue', needed: false, what: SAID, found: SAID, gives: SAID, how: SAID };
    const lines = (['good', 'missing', 'unknown'] as const).map((status) => ({ ...line, status }));
    for (const fit of [true, false]) {
      const areas = [{ id: 'area-1', title: SAID, lines }];
      assert.deepEqual(
        strangeIn(toMarkdown({ context: 'c-1', cluster: 'c-1', namespace: 'ns-1', fit, areas }, texts)),
        [],
      );
    }
  });

  test('notices, questions, lists and notes in logs that are made in the window itself hold no words of their own', () => {
    const root = path.join(import.meta.dirname, '../..');
    const read =
      /\b(?:title|placeholder|placeHolder|label|description|detail|tooltip|message|prompt|question|text)\s*[:=]\s*/;
    const said =
      /\b(?:show(?:Information|Warning|Error)Message|setStatusBarMessage|appendNote|report)\(\s*(?:\{ message: )?/;
    const literal = /(?:'([^'\n]*)'|`([^`]*)`)/;
    const places = new RegExp(`(?:${read.source}|${said.source})${literal.source}`, 'g');
    const files = globSync('client/src/**/*.ts', { cwd: root });
    const strange = files.flatMap((file) =>
      [...readFileSync(path.join(root, file), 'utf8').matchAll(places)].flatMap(([, plain, template]) => {
        const words = (plain ?? template ?? '').replace(/\$\{[^}]*\}|\$\([\w-]+\)/g, '').match(/\p{L}{3,}/gu) ?? [];
        return words.map((word) => `${file}: ${word}`);
      }),
    );
    assert.ok(files.length > 50);
    // As it is written in documents: the nodes that belong to no pool.
    assert.deepEqual(strange, ['client/src/infrastructure/askRows.ts: default']);
  });

  test('a word that is not from the catalogue is found', () => {
    assert.deepEqual(strangeIn({ label: '⟦óƙ⟧', tooltip: '⟦óƙ⟧ · running' }), ['running in: ⟦óƙ⟧ · running']);
  });
});
