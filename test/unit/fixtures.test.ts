/**
 * The findings, proved by documents: `test/fixtures/rules/<code>.yaml` holds documents that draw the finding and documents that do not.
 * A finding is marked below its line by a comment whose carets stand under the marked text: `#      ^^^ warning key.unknown`; carets
 * right behind the `#` mark from the first column on. Of a range over several lines its first line is marked. A first line
 * `# options: {…}` gives what else the documents are checked with; see `Options`. Only findings of the file's own code are compared.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { message, toText } from '../../l10n/index.ts';
import { type KnownRights, withAccessFindings } from '../../server/src/capacity/accessRules.ts';
import { type Live, withLiveFindings } from '../../server/src/capacity/liveRules.ts';
import { checkFile, documentsOf, type PlacedDocument } from '../../server/src/kinds/checkedFile.ts';
import { FINDINGS, findingNamed } from '../../server/src/kinds/findingList.ts';
import { isJob } from '../../server/src/kinds/kind.ts';
import type { Levels } from '../../server/src/kinds/levels.ts';
import type { FileMode } from '../../server/src/kinds/recognise.ts';
import { toTextChanges } from '../../server/src/model/edits.ts';
import type { Finding, TextChange } from '../../server/src/model/finding.ts';
import { toPod } from '../../server/src/state/project.ts';
import { toQuota } from '../../server/src/state/projectLimits.ts';
import { type NodeOptions, node, outlookOn, pod, stateOf } from './nodesAndPods.ts';

const folder = path.join(import.meta.dirname, '../fixtures/rules');
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

/** The one finding that takes more than a file; `test/server/navigation.test.ts` fires it. */
const OF_SEVERAL_FILES = 'job.twice-in-workspace';

interface Options {
  /** How documents are recognised; `gpuctl` where it is left out. */
  mode?: FileMode;
  levels?: Levels;
  /** `crlf` ends the lines as Windows does. */
  eol?: 'crlf';
  /** Nodes by name, how many of their GPUs others use, and of which priority these are; without, nobody pushes them out. */
  cluster?: Record<string, NodeOptions & { used?: number; usedMemory?: string; priority?: number }>;
  /** What the namespace may have, by the names of a quota. */
  quota?: Record<string, string>;
  /** Nothing can be judged. */
  unknown?: true;
  /** Namespaces that the person may not submit to, and pools that are for others only. */
  lacks?: { namespaces?: string[]; pools?: string[] };
}

interface Fixture {
  text: string;
  /** `line:from-to severity code`, lines from 1, columns from 0. */
  marks: string[];
  options: Options;
}

function readFixture(file: string): Fixture {
  const lines = readFileSync(path.join(folder, file), 'utf8').replace(/\n$/, '').split('\n');
  const options = /^# options: (.*)$/.exec(lines[0] ?? '')?.[1];
  const kept: string[] = [];
  const marks: string[] = [];
  for (const line of options ? lines.slice(1) : lines) {
    const [, blanks, carets, severity, code] = /^#( *)(\^+) +(\w+) +(\S+)$/.exec(line) ?? [];
    if (carets === undefined) kept.push(line);
    else {
      const from = blanks ? blanks.length + 1 : 0;
      const to = from + carets.length + (blanks ? 0 : 1);
      marks.push(`${kept.length}:${from}-${to} ${severity} ${code}`);
    }
  }
  const given = JSON.parse(options ?? '{}') as Options;
  return { text: `${kept.join(given.eol === 'crlf' ? '\r\n' : '\n')}\n`, marks, options: given };
}

function toLive({ cluster, quota, unknown }: Options): Live | undefined {
  if (unknown) return { unknown: message('session.capacity.no-nodes', { cluster: 'prod' }) };
  if (!cluster) return undefined;
  const nodes = Object.entries(cluster).map(([name, options]) => node(name, options));
  const pods = Object.entries(cluster).flatMap(([name, { used, usedMemory, priority }]) =>
    used
      ? [
          {
            ...toPod(pod(`on-${name}`, name, used, undefined, {}, undefined, usedMemory)),
            ...(priority !== undefined && { priority }),
          },
        ]
      : [],
  );
  const state = stateOf(nodes, []);
  state.applyPods([{ type: 'reset', items: pods }]);
  const metadata = { name: 'team', namespace: 'default' };
  const item = quota && toQuota({ apiVersion: 'v1', kind: 'ResourceQuota', metadata, status: { hard: quota } });
  if (item) state.applyQuotas([{ type: 'set', item }]);
  return outlookOn(state);
}

const toRights = ({ lacks: { namespaces = [], pools = [] } = {} }: Options): KnownRights => ({
  cluster: 'prod',
  missingToSubmit: (model) => {
    const namespace = (isJob(model) ? model.namespace : undefined) ?? 'default';
    return namespaces.includes(namespace) ? { verb: 'create', resource: 'jobs', namespace } : undefined;
  },
  mayUsePool: (pool) => !pools.includes(pool),
});

/** What an author sees of a text, by document. */
function check(text: string, options: Options): { placed: PlacedDocument; findings: readonly Finding[] }[] {
  const { mode = 'gpuctl', levels } = options;
  const file = checkFile(text, mode, undefined, levels);
  const live = toLive(options);
  return documentsOf(file).map((placed) => {
    const known = [...placed.document.findings, ...(file.together.get(placed.document) ?? [])];
    const withLive = withLiveFindings(known, placed.document, live, levels ?? {}, file);
    return { placed, findings: withAccessFindings(withLive, placed.document, toRights(options), levels ?? {}) };
  });
}

/** A finding as marks are written; of several lines the first. */
function toMark(text: string, offset: number, { range, severity, code }: Finding): string {
  const start = offset + range.start;
  const before = text.slice(0, start);
  const column = start - before.lastIndexOf('\n') - 1;
  const marked = text.slice(start, offset + range.end).split(/\r?\n/)[0] ?? '';
  return `${before.split('\n').length}:${column}-${column + marked.length} ${severity} ${code}`;
}

const applied = (text: string, offset: number, changes: readonly TextChange[]): string =>
  [...changes]
    .sort((a, b) => b.range.start - a.range.start)
    .reduce((all, { range, text }) => all.slice(0, offset + range.start) + text + all.slice(offset + range.end), text);

describe('fixtures of findings', () => {
  for (const file of files) {
    const code = file.replace(/\.yaml$/, '');
    test(code, () => {
      const { text, marks, options } = readFixture(file);
      const documents = check(text, options);
      const found = documents.flatMap(({ placed, findings }) =>
        findings.filter((one) => one.code === code).map((one) => toMark(text, placed.offset, one)),
      );
      assert.deepEqual(found.sort(), marks.filter((mark) => mark.endsWith(` ${code}`)).sort());
      const { severity } = findingNamed(code) ?? {};
      assert.ok(
        marks.some((mark) => mark.includes(` ${severity} `)),
        `the severity that the list gives, ${severity}, has to be among them`,
      );
      assert.deepEqual(found.length, marks.length, 'only the findings that the file is named after are marked');
      const firing = documents.filter(({ findings }) => findings.some((one) => one.code === code));
      assert.ok(firing.length > 0, 'a document has to draw the finding');
      assert.ok(firing.length < documents.length, 'a document must not draw the finding');
      for (const { placed, findings } of firing)
        for (const finding of findings.filter((one) => one.code === code)) tryFixes(finding, placed, text, options);
    });
  }

  test('are there for every finding, and for nothing else', () => {
    const codes = FINDINGS.map(({ code }) => code).filter((code) => code !== OF_SEVERAL_FILES);
    assert.deepEqual(files.map((file) => file.replace(/\.yaml$/, '')).sort(), [...codes].sort());
  });
});

/** Each fix can be made, leaves good YAML, and the finding is gone afterwards. */
function tryFixes(finding: Finding, { document, offset }: PlacedDocument, text: string, options: Options): void {
  const count = (all: string) =>
    check(all, options)
      .flatMap(({ findings }) => findings)
      .filter(({ code }) => code === finding.code).length;
  for (const { title, edits, changes } of finding.fixes ?? []) {
    const name = `the fix “${toText(title, 'en')}”`;
    const made = edits ?? toTextChanges(changes ?? [], document.tree());
    assert.ok(made?.length, `${name} changes nothing`);
    const after = applied(text, offset, made);
    const broken = check(after, options).flatMap(({ findings }) => findings.filter(({ code }) => /^yaml/.test(code)));
    if (!finding.code.startsWith('yaml.')) assert.deepEqual(broken, [], `${name} breaks the text:\n${after}`);
    assert.ok(count(after) < count(text), `${name} does not mend it:\n${after}`);
  }
}
