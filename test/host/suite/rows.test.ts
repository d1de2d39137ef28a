import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { toBar } from '../../../client/src/features/pools/counts.ts';
import { buildPoolRows as buildRowsOfPools } from '../../../client/src/features/pools/poolRows.ts';
import { toStatus } from '../../../client/src/features/status/statusWords.ts';
import { toShown } from '../../../client/src/infrastructure/liveView.ts';
import type { Row } from '../../../client/src/infrastructure/row.ts';
import { PAGE, type RowElement, RowTree } from '../../../client/src/infrastructure/rowTree.ts';
import { createTexts } from '../../../client/src/infrastructure/texts.ts';
import type { ConnectionDto, GpuCountDto, NodeDto, PoolsDto } from '../../../server/src/protocol.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const english = createTexts(() => 'en');
const chinese = createTexts(() => 'zh-cn');

const gpus = (total: number, used: number, unavailable = 0): GpuCountDto => ({
  type: 'A100-80G',
  total,
  used,
  free: total - used - unavailable,
  unavailable,
  largestBlock: 4,
});
const node = (name: string, own: Partial<NodeDto> = {}): NodeDto => ({
  name,
  ready: true,
  cordoned: false,
  gpus: [gpus(8, 4)],
  holders: [],
  ...own,
});

const buildPoolRows = (data: PoolsDto, texts = english) =>
  buildRowsOfPools(data, { texts, now: NOW, namespace: 'team-a' });

describe('rows of pools', () => {
  it('say what is free, and mark nodes that take no jobs by icon and word', () => {
    const nodes = [
      node('n1', { holders: [{ job: 'a', namespace: 'x', gpus: 4 }] }),
      node('n2', { cordoned: true }),
      node('n3', { ready: false, gpus: [{ ...gpus(0, 0), unavailable: 8 }] }),
    ];
    const [pool] = buildPoolRows({ pools: [{ name: 'training-pool', gpus: [gpus(32, 18)], nodes }] }, english);
    assert.equal(pool?.description, '▓▓▓░░ free 14 · 18/32 A100-80G · at most 4 on one node');
    assert.deepEqual(
      pool?.children?.map(({ icon, description }) => [icon?.name, description]),
      [
        ['server', '▓▓▓▓░░░░ 4/8  a'],
        ['warning', 'cordoned  ▓▓▓▓░░░░ 4/8'],
        ['error', 'not ready  8×A100-80G'],
      ],
    );
  });

  it('say the total where the use is not known, and nowhere that nothing is used', () => {
    const unknown: GpuCountDto = { type: 'A100-80G', total: 8, unavailable: 0 };
    const pools = [{ name: 'p', gpus: [unknown], nodes: [node('n1', { gpus: [unknown] })] }];
    const [pool] = buildPoolRows({ pools }, english);
    assert.equal(pool?.description, '8×A100-80G · use unknown');
    assert.equal(pool?.spoken, 'p, A100-80G: 8 in all, use unknown, 1 node');
    assert.equal(pool?.children?.[0]?.description, '8×A100-80G · use unknown');
    assert.equal(buildPoolRows({ pools }, chinese)[0]?.description, '8×A100-80G · 使用情况未知');
    const all = JSON.stringify(pool);
    assert.doesNotMatch(all, /▓|░|\b0\b|undefined/);
  });

  it('tell the types of a pool and a node that have several apart, without a picture of them together', () => {
    const slices = { ...gpus(7, 3), type: 'mig-3g.20gb' };
    const mixed = [gpus(1, 1), slices];
    const [pool] = buildPoolRows(
      { pools: [{ name: 'p', gpus: mixed, nodes: [node('n1', { gpus: mixed })] }] },
      english,
    );
    assert.equal(pool?.description, 'free 0 · 1/1 A100-80G, free 4 · 3/7 mig-3g.20gb');
    assert.deepEqual(
      pool?.children?.map(({ description }) => description),
      ['▓▓▓▓▓ free 0 · 1/1', '▓▓░░░ free 4 · 3/7', '1/1 A100-80G, 3/7 mig-3g.20gb'],
    );
  });

  it('say how many GPUs are broken', () => {
    const broken = { ...gpus(6, 2), unhealthy: 2 };
    const [pool] = buildPoolRows({ pools: [{ name: 'p', gpus: [broken], nodes: [] }] }, english);
    assert.match(pool?.tooltip ?? '', /2 of 6 in use, 4 free.*, 2 broken/);
    const all = { ...gpus(0, 0), unhealthy: 8 };
    assert.equal(
      buildPoolRows({ pools: [{ name: 'p', gpus: [all], nodes: [] }] }, english)[0]?.description,
      '8×A100-80G · none usable now',
    );
    const spokenOf = (own: GpuCountDto, texts = english) =>
      buildPoolRows({ pools: [{ name: 'p', gpus: [own], nodes: [node('n1', { gpus: [own] })] }] }, texts).flatMap(
        ({ spoken, children: [child] = [] }) => [spoken, child?.spoken],
      );
    assert.deepEqual(spokenOf(all), [
      'p, A100-80G: 8, all of them broken, 1 node',
      'n1, ready, A100-80G: 8, all of them broken',
    ]);
    assert.match(spokenOf(all, chinese)[1] ?? '', /A100-80G: 8 张，均已故障$/);
    assert.match(spokenOf({ ...all, unavailable: 4 })[1] ?? '', /4, of which none can be used now, 8 broken$/);
  });

  it('say so of a pool whose nodes take no jobs', () => {
    const [pool] = buildPoolRows({ pools: [{ name: 'p', gpus: [gpus(0, 0, 16)], nodes: [] }] }, english);
    assert.equal(pool?.description, '16×A100-80G · none usable now');
  });

  it('tell nodes outside of every pool', () => {
    const [pool] = buildPoolRows({ pools: [{ name: '', gpus: [], nodes: [node('cpu-1', { gpus: [] })] }] }, english);
    assert.equal(`${pool?.label}, ${pool?.description}`, 'no pool, 1 node · no GPU');
  });

  it('draw a bar in which one used and one free GPU can be seen', () => {
    const bars = [gpus(32, 0), gpus(32, 1), gpus(32, 31), gpus(32, 32), gpus(0, 0)].map((count) => toBar(count, 8));
    assert.deepEqual(bars, ['░░░░░░░░', '▓░░░░░░░', '▓▓▓▓▓▓▓░', '▓▓▓▓▓▓▓▓', '']);
  });
});

describe('what a view shows', () => {
  const options = { toRows: (): Row[] => [{ id: 'a', label: 'a' }], toNote: () => undefined, guides: true };
  const connection = (own: Partial<ConnectionDto>): ConnectionDto => ({
    phase: 'connected',
    context: 'prod',
    capacity: { known: true },
    ...own,
  });
  const shown = (own: Partial<ConnectionDto>, { trusted = true } = {}) => {
    const { rows, message } = toShown(options, 'some', connection(own), trusted, english, NOW);
    return [rows.map((row) => row.id).join(' '), message];
  };

  it('is the welcome of the manifest without trust', () => {
    assert.deepEqual(shown({}, { trusted: false }), ['', undefined]);
  });

  it('is one line until the first list is there', () => {
    assert.deepEqual(shown({ phase: 'connecting' }), ['a', 'Connecting…']);
    const none = toShown(options, undefined, connection({ phase: 'connecting' }), true, english, NOW);
    assert.deepEqual(none, { rows: [], message: 'Connecting to prod…' });
  });

  it('is the reason and what helps, where there never was a connection', () => {
    const failed = connection({ phase: 'failed', message: 'No answer.' });
    const { rows, message } = toShown(options, undefined, failed, true, english, NOW);
    assert.deepEqual(
      rows.map(({ id }) => id),
      ['gpuctl.connection.reconnect', 'gpuctl.target.select', 'gpuctl.kubeconfig.open'],
    );
    assert.equal(message, 'No answer.');
    assert.deepEqual(shown({ phase: 'failed', message: 'No answer.' }), ['a', 'No answer.'], 'what is known stays');
    assert.deepEqual(shown({ phase: 'none', message: 'No kubeconfig.' }), [
      'gpuctl.kubeconfig.open gpuctl.target.select',
      'No kubeconfig.',
    ]);
  });

  it('is what is known with its age, where the connection was lost', () => {
    const offline = {
      phase: 'offline',
      asOf: new Date(2026, 10, 23, 9, 5).toISOString(),
      message: 'No answer.',
    } as const;
    const now = new Date(2026, 10, 23, 9, 30).getTime();
    const { rows, message } = toShown(options, 'some', connection(offline), true, english, now);
    assert.deepEqual([rows.length, message], [1, 'As of 09:05. No answer.']);
    assert.equal(toShown(options, 'some', connection(offline), true, chinese, now).message, '截至 09:05。No answer.');
  });

  it('says the same in the status bar', () => {
    const label = (own: Partial<ConnectionDto>) => toStatus(connection(own), undefined, english, NOW).label;
    assert.equal(label({ namespace: 'team-a' }), 'prod · team-a');
    const unknown = { known: false, reason: 'You may not list nodes.' } as const;
    assert.equal(label({ capacity: unknown }), 'prod · capacity unknown');
    assert.equal(label({ phase: 'offline' }), 'prod · offline');
    assert.equal(label({ phase: 'none', context: undefined as never }), 'GPU: no cluster');
  });
});

describe('the tree', () => {
  const tree = new RowTree((next, rest) => `${next} of ${rest}`);
  const told: (string[] | undefined)[] = [];
  tree.onDidChangeTreeData((elements: RowElement[] | undefined) => told.push(elements?.map(({ row }) => row.id)));
  const row = (id: string, description = '', children: Row[] = []): Row => ({ id, label: id, description, children });
  const set = (...rows: Row[]) => {
    told.length = 0;
    tree.set(rows);
    return told;
  };

  it('tells VS Code of what changed, and of nothing else', () => {
    set(row('g', '', [row('a'), row('b')]));
    assert.deepEqual(set(row('g', '', [row('a'), row('b')])), []);
    assert.deepEqual(set(row('g', '', [row('a', 'new'), row('b')])), [['a']]);
    assert.deepEqual(set(row('g', '', [row('a', 'new'), row('b'), row('c')])), [['g']]);
  });

  it('keeps the objects of its rows', () => {
    const before = tree.find(({ id }) => id === 'b');
    set(row('g', '', [row('b', 'other')]));
    assert.equal(
      tree.find(({ id }) => id === 'b'),
      before,
    );
  });

  it('is told anew as a whole when a row goes to another parent', () => {
    set(row('g', '', [row('a')]), row('h', '', [row('b')]));
    assert.deepEqual(set(row('g', '', []), row('h', '', [row('a'), row('b')])), [undefined]);
  });

  it('shows a page at a time, keeps its place, and finds what is on a later one', () => {
    const many = (count: number) =>
      row(
        'g',
        '',
        Array.from({ length: count }, (_, index) => row(`m${index}`)),
      );
    const shown = () => tree.getChildren(tree.getChildren()[0]);
    set(many(PAGE));
    assert.equal(shown().length, PAGE);
    set(many(PAGE * 2 + 7));
    assert.equal(shown().length, PAGE + 1);
    assert.equal(shown().at(-1)?.row.label, `${PAGE} of ${PAGE + 7}`);
    told.length = 0;
    shown().at(-1)?.showMore?.();
    assert.deepEqual(told, [['g']]);
    assert.deepEqual([shown().length, shown().at(-1)?.row.label], [PAGE * 2 + 1, '7 of 7']);
    set(many(PAGE * 2 + 8));
    assert.equal(shown().at(-1)?.row.label, '8 of 8');
    const last = tree.find(({ id }) => id === `m${PAGE * 2 + 7}`);
    assert.deepEqual([last?.row.id, last?.parent?.row.id, shown().length], [`m${PAGE * 2 + 7}`, 'g', PAGE * 2 + 8]);
  });

  it('lets a tooltip run what it offers on its row, and nothing else', () => {
    const job = { namespace: 'team-a', name: 'a' };
    set({ ...row('a'), tooltip: 'text', job, links: [{ label: 'Log', command: 'gpuctl.job.log' }] });
    const { tooltip } = tree.getTreeItem(tree.find(({ id }) => id === 'a') ?? assert.fail());
    const { value, isTrusted } = tooltip as vscode.MarkdownString;
    assert.deepEqual(isTrusted, { enabledCommands: ['gpuctl.job.log'] });
    const [, target = ''] = /\[Log\]\(command:gpuctl\.job\.log\?([^)]+)\)/.exec(value) ?? [];
    assert.deepEqual(JSON.parse(decodeURIComponent(target)), [{ job }]);
  });
});
