/** Of what jobs that the person started is told, once, and when they are forgotten. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Awaited, follow, isWanted } from '../../client/src/features/jobs/awaited.ts';
import type { AwaitedJobDto, JobDto } from '../../server/src/protocol.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();
const ref = { namespace: 'team-a', name: 'sft' };
const awaited = (own: Partial<Awaited> = {}): Awaited => ({ context: 'prod', job: ref, since: ago(300), ...own });
const job = (own: Partial<JobDto> = {}): JobDto => ({
  ...{ ref, uid: 'u1', kind: 'training', phase: 'running', state: 'running', gpus: 1 },
  ...{ podsWanted: 1, podsRunning: 1, restarts: 0, pods: [] },
  ...own,
});
const seen = (own: Partial<JobDto> | null, canRun?: true): Pick<AwaitedJobDto, 'is' | 'canRun'> => ({
  is: own && job(own),
  ...(canRun && { canRun }),
});
/** What is told in a row of looks at one job, a second apart. */
function tell(first: Awaited, ...looks: (Partial<JobDto> | null | [Partial<JobDto>, true])[]): (string | undefined)[] {
  let current: Awaited | undefined = first;
  return looks.map((look, index) => {
    assert.ok(current, `forgotten before look ${index}`);
    const { next, notice } = follow(current, Array.isArray(look) ? seen(...look) : seen(look), NOW + index * 1000);
    current = next;
    return notice?.what ?? (next ? undefined : 'forgotten');
  });
}

describe('a job that is waited for', () => {
  test('is told of when it ends, as it ended, and then is not waited for any more', () => {
    for (const [phase, what] of [
      ['failed', 'failed'],
      ['succeeded', 'completed'],
      ['stopped', 'stopped'],
    ] as const) {
      const { next, notice } = follow(awaited({ uid: 'u1' }), seen({ phase, endedAt: ago(3) }), NOW);
      assert.deepEqual([next, notice?.what, notice?.job.phase], [undefined, what, phase]);
    }
    assert.deepEqual(tell(awaited(), {}, {}, { phase: 'failed' }), [undefined, undefined, 'failed']);
  });

  test('is not told of where it ended long before the window was opened again', () => {
    assert.deepEqual(tell(awaited({ uid: 'u1' }), { phase: 'failed', endedAt: ago(3600) }), ['forgotten']);
    assert.deepEqual(tell(awaited({ uid: 'u1' }), { phase: 'failed', endedAt: ago(300) }), ['failed']);
  });

  test('is not taken for the run that it replaces, nor for the next that somebody else starts', () => {
    const fresh = awaited({ since: ago(1) });
    const old = { uid: 'u0', phase: 'failed', endedAt: ago(60) } as const;
    assert.deepEqual(tell(fresh, old, { uid: 'u1' }, { uid: 'u1', phase: 'succeeded' }), [
      undefined,
      undefined,
      'completed',
    ]);
    assert.deepEqual(tell(awaited({ uid: 'u1' }), { uid: 'u2', phase: 'failed' }), ['forgotten']);
  });

  test('may be over before it was ever seen to run', () => {
    assert.deepEqual(tell(awaited({ since: ago(12) }), { phase: 'succeeded', endedAt: ago(11) }), ['completed']);
  });

  test('is given time to appear, and is forgotten without a word when it is deleted', () => {
    assert.deepEqual(tell(awaited({ since: ago(5) }), null), [undefined]);
    assert.deepEqual(tell(awaited({ since: ago(90) }), null), ['forgotten']);
    assert.deepEqual(tell(awaited({ since: ago(5), uid: 'u1' }), null), ['forgotten']);
  });

  test('can run now: once, where it is held and there is room', () => {
    const held = { phase: 'waiting', held: true } as const;
    assert.deepEqual(tell(awaited(), held, [held, true], held, [held, true]), [
      undefined,
      'canRun',
      undefined,
      undefined,
    ]);
  });

  test('runs now: where it waited for a minute, and not where it only started', () => {
    const waiting = { phase: 'waiting' } as const;
    assert.deepEqual(tell(awaited(), waiting, {}), [undefined, undefined]);
    assert.deepEqual(tell(awaited({ uid: 'u1', waitingSince: ago(61) }), waiting, {}, {}), [
      undefined,
      'runs',
      undefined,
    ]);
  });

  test('does not start for a reason that no waiting mends: once', () => {
    const stuck = { phase: 'waiting', trouble: { code: 'job.image.not-found' } } as const;
    const patient = { phase: 'waiting', trouble: { code: 'job.wait.gpus' } } as const;
    assert.deepEqual(tell(awaited(), patient, stuck, stuck), [undefined, 'trouble', undefined]);
    assert.deepEqual(
      tell(awaited(), { phase: 'stopped', deleting: true }),
      [undefined],
      'replaced, or deleted by a person',
    );
    const retries = { phase: 'waiting', trouble: { code: 'job.crash.gpu-memory' } } as const;
    assert.deepEqual(tell(awaited(), retries), [undefined], 'its end is told, not each try');
    assert.deepEqual(tell(awaited(), { ...retries, kind: 'inference' }), ['trouble'], 'a service has no end');
  });

  test('a service is not waited for once all of it runs: it has no end', () => {
    const service = { kind: 'inference', podsWanted: 3 };
    assert.deepEqual(tell(awaited(), { ...service, podsRunning: 1 }, { ...service, podsRunning: 3 }), [
      undefined,
      'forgotten',
    ]);
  });

  test('is told of as the setting says', () => {
    const levels = (what: 'failed' | 'trouble' | 'completed' | 'canRun') =>
      (['all', 'failures', 'off'] as const).map((level) => isWanted({ what, job: job() }, level));
    assert.deepEqual(levels('failed'), [true, true, false]);
    assert.deepEqual(levels('trouble'), [true, true, false]);
    assert.deepEqual(levels('completed'), [true, false, false]);
    assert.deepEqual(levels('canRun'), [true, false, false]);
  });
});
