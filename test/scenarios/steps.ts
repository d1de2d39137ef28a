import assert from 'node:assert/strict';
import type { SubmitAsk } from '../../server/src/protocol.ts';
import type { SubmitOutcome } from '../server/pair.ts';
import type { Desk } from './desk.ts';
import type { Step } from './scenario.ts';

/** What is done for a sentence. `words` are what its pattern caught, `outcome` the quoted lines. */
type Do = (desk: Desk, words: string[], outcome: string[]) => Promise<void>;

/** Milliseconds until what is waited for has to be there. */
const PATIENCE = 60_000;

/** Whether a line is as it is written; `…` stands for anything. */
function isLike(written: string, line: string): boolean {
  const parts = written.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(line);
}

/** Exactly these lines, in this order. */
function requireLines(found: readonly string[], written: readonly string[]): void {
  const same = found.length === written.length && found.every((line, index) => isLike(written[index] ?? '', line));
  if (!same) assert.deepEqual(found, written);
}

/** Waits until lines are so. */
async function waitFor(look: () => Promise<string[]>, isSo: (found: string[]) => boolean, what: string): Promise<void> {
  for (const end = Date.now() + PATIENCE; ; await new Promise((resolve) => setTimeout(resolve, 200))) {
    const found = await look();
    if (isSo(found)) return;
    assert.ok(Date.now() < end, `${what}\nafter ${PATIENCE / 1000} s; there is:\n${found.join('\n')}`);
  }
}

/** Waits until each of the written lines is there. */
const waitForLines = (look: () => Promise<string[]>, written: readonly string[]): Promise<void> =>
  waitFor(
    look,
    (found) => written.every((line) => found.some((one) => isLike(line, one))),
    `not there:\n${written.join('\n')}`,
  );

/** Those lines and no other, waited for. */
const waitForExactly = (look: () => Promise<string[]>, written: readonly string[]): Promise<void> =>
  waitFor(
    look,
    (found) => found.length === written.length && found.every((line, index) => isLike(written[index] ?? '', line)),
    `not so:\n${written.join('\n') || '(nothing)'}`,
  );

function requireAsk({ ask, failed }: SubmitOutcome): SubmitAsk {
  assert.equal(failed[0]?.failure.message, undefined);
  assert.ok(ask, 'nothing is asked');
  return ask;
}

function requireSubmitted(done: SubmitOutcome, outcomes: string, warnings: readonly string[]): void {
  const { submitted, failed, ask } = done;
  assert.equal(failed[0]?.failure.message, undefined);
  assert.equal(submitted.map(({ result }) => result).join(', '), outcomes, ask?.sentences.join(' '));
  requireLines(
    submitted.flatMap((one) => one.warnings),
    warnings,
  );
}

/** Sends requests to the ready replicas of a service in turn, all at once; the answers, none twice. */
async function request(desk: Desk, name: string, port: string, path: string, times: number): Promise<string[]> {
  const addresses = await desk.addresses(name);
  const answers = Array.from({ length: addresses.length && times }, async (_, index) => {
    try {
      const answer = await fetch(`http://${addresses[index % addresses.length]}:${port}${path}`);
      return `${answer.status} ${(await answer.text()).trim()}`;
    } catch (error) {
      return String((error as Error).cause ?? error);
    }
  });
  return [...new Set(await Promise.all(answers))].sort();
}

/** Waits until nothing of gpuctl is in the namespace. */
export const nothingIsLeft = (desk: Desk): Promise<void> => waitForExactly(() => desk.leftovers(), []);

/**
 * The sentences that steps are made of; words in backticks are given. A new sentence is a line here.
 */
const SENTENCES: readonly [RegExp, Do][] = [
  [/^As `(\S+)`\.$/, (desk, [user = '']) => desk.become(user)],
  [/^The file `(\S+)` is opened\.$/, (desk, [name = '']) => desk.open(name)],
  [/^`([^`]+)` becomes `([^`]*)`\.$/, (desk, [before = '', after = '']) => desk.type(before, after)],
  [/^The editor says nothing\.$/, (desk) => waitForExactly(() => desk.findings(), [])],
  [/^The editor says:$/, (desk, _, outcome) => waitForExactly(() => desk.findings(), outcome)],
  [/^The quick fix “(.+)” is taken\.$/, (desk, [title = '']) => desk.fix(title)],
  [/^The preview has:$/, (desk, _, outcome) => waitForLines(() => desk.preview(), outcome)],
  [
    /^Submit(?: of document (\d+))?: ((?:created|changed|replaced|unchanged)(?:, \w+)*)[.:]$/,
    async (desk, [document, outcomes = ''], outcome) =>
      requireSubmitted(await desk.submit(document ? Number(document) : undefined), outcomes, outcome),
  ],
  [
    /^Submit(?: of document (\d+))? asks:$/,
    async (desk, [document], outcome) => {
      const { sentences, changes } = requireAsk(await desk.submit(document ? Number(document) : undefined));
      requireLines([...sentences, ...changes], outcome);
    },
  ],
  [
    /^Submit(?: of document (\d+))? is agreed to: (\w+)[.:]$/,
    async (desk, [document, outcomes = ''], outcome) => {
      const done = await desk.submit(document ? Number(document) : undefined, 'yes');
      requireAsk(done);
      requireSubmitted(done, outcomes, outcome);
    },
  ],
  [
    /^Submit is refused:$/,
    (desk, _, outcome) =>
      assert.rejects(desk.submit(), (error: { data?: { message: string } }) => {
        requireLines([error.data?.message ?? String(error)], outcome);
        return true;
      }),
  ],
  [/^The jobs show:$/, (desk, _, outcome) => waitForLines(() => desk.jobLines(), outcome)],
  [/^The pools show:$/, (desk, _, outcome) => waitForLines(() => desk.poolLines(), outcome)],
  [/^The log of `(\S+)` says:$/, (desk, [name = ''], outcome) => waitForLines(() => desk.log(name), outcome)],
  [
    /^(Stop|Start) `(\S+)`\.$/,
    async (desk, [what = '', name = '']) =>
      assert.equal(await desk.change(what === 'Stop' ? 'stop' : 'start', name), 'true'),
  ],
  [/^Resume `(\S+)`\.$/, async (desk, [name = '']) => assert.equal(await desk.change('resume', name), 'next-run')],
  [/^Scale `(\S+)` to (\d+)\.$/, (desk, [name = '', replicas]) => desk.scale(name, Number(replicas))],
  [
    /^Delete `(\S+)`, after a question that says:$/,
    async (desk, [name = ''], outcome) => requireLines(await desk.remove(name), outcome),
  ],
  [/^Nothing is left\.$/, (desk) => nothingIsLeft(desk)],
  [/^What is left:$/, (desk, _, outcome) => waitForExactly(() => desk.leftovers(), outcome)],
  [
    /^In the terminal, `gpuctl ([^`]+)`(?: \(ends with (\d+)\))?:$/,
    async (desk, [command = '', code = '0'], outcome) => {
      const ran = await desk.terminal(command);
      requireLines(`${ran.out}${ran.err}`.trimEnd().split('\n'), outcome);
      assert.equal(String(ran.code), code);
    },
  ],
  [
    /^(?:A request|(\d+) requests at once) to `(\S+)`, port (\d+), `(\S+)`:$/,
    (desk, [times = '1', name = '', port = '', path = ''], outcome) =>
      waitForExactly(() => request(desk, name, port, path, Number(times)), outcome),
  ],
];

/** Takes a step; throws where it does not come out as it is written. */
export async function take({ sentence, outcome }: Step, desk: Desk): Promise<void> {
  for (const [pattern, act] of SENTENCES) {
    const words = pattern.exec(sentence);
    if (words) return act(desk, words.slice(1), outcome);
  }
  throw new Error('This sentence is not known: see SENTENCES in steps.ts.');
}
