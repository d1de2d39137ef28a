/** Every line of the catalogue of troubles: raw text in, stable code and sentences in both languages out. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { catalogue, type Message, toText } from '../../l10n/index.ts';
import type { KubeObject } from '../../server/src/model/kubeObject.ts';
import { type AroundPod, describePod } from '../../server/src/operations/describePod.ts';
import { type EventRecord, EventStore, toEvent } from '../../server/src/state/events.ts';
import { EXIT_ROWS, REMOVAL_ROWS, START_ROWS } from '../../server/src/state/explain/containers.ts';
import { POD_EVENT_ROWS } from '../../server/src/state/explain/events.ts';
import { IMAGE_ROWS } from '../../server/src/state/explain/images.ts';
import { LOG_ROWS } from '../../server/src/state/explain/logs.ts';
import { readCause } from '../../server/src/state/explain/readCause.ts';
import { readSchedulerText, SCHEDULER_ROWS } from '../../server/src/state/explain/scheduler.ts';
import { toPod } from '../../server/src/state/project.ts';
import { LOGS } from './logExamples.ts';
import { ENDED, EVENTS, type Example, PROBES, REMOVED, SCALING, SCHEDULER, WAITING } from './troubleExamples.ts';

const podWith = (status: object, node?: string) =>
  toPod({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'j-0', namespace: 'd', uid: 'p', labels: { 'batch.kubernetes.io/job-name': 'j' } },
    spec: {
      ...(node && { nodeName: node }),
      containers: [{ resources: { limits: { 'nvidia.com/gpu': '4', memory: '400Gi', cpu: '32' } } }],
    },
    status,
  });
const minutesLater = (minutes: number) => Date.parse('2026-07-31T10:00:00Z') + minutes * 60_000;
const eventOf = ([reason, message]: readonly string[], lastTimestamp = '2026-07-31T10:00:00Z'): EventRecord =>
  toEvent({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `e-${reason}`, namespace: 'd' },
    involvedObject: { uid: 'p', kind: 'Pod', namespace: 'd', name: 'j-0' },
    reason,
    message,
    count: 3,
    lastTimestamp,
  } as KubeObject) as EventRecord;

/** Keys of the sentences that the examples reached. */
const reached = new Set<string>();

/** Numbers that stand by themselves. */
const numbersIn = (text: string) => (text.match(/(?<![\w.])\d+(?:\.\d+)?(?![\w.]*[a-z])/gi) ?? []).sort();

/** Both languages are whole, and tell the same numbers. */
function checkTexts(state: Message, hint: Message | undefined, hasHint = true): void {
  const [en, zh] = [toText(state, 'en'), toText(state, 'zh-cn')];
  assert.deepEqual(numbersIn(zh), numbersIn(en), `${zh} has the numbers of: ${en}`);
  assert.equal(hint !== undefined, hasHint, `a next action for: ${en}`);
  for (const text of [en, zh, ...(hint ? [toText(hint, 'en'), toText(hint, 'zh-cn')] : [])])
    assert.doesNotMatch(text, /\{\w+\}|undefined|NaN|\[object/);
  assert.match(zh + (hint ? toText(hint, 'zh-cn') : ''), /\p{Script=Han}/u);
  reached.add(state.key);
}

function check(
  status: object,
  [, raw, code, sentence]: Example,
  { node, ...around }: AroundPod & { node?: string } = {},
): void {
  const { state, trouble } = describePod(podWith(status, node), { now: minutesLater(1), ...around });
  assert.equal(toText(state, 'en'), sentence);
  assert.equal(trouble?.code, code);
  assert.equal(trouble.raw, raw, 'what was said is one look away');
  checkTexts(state, trouble.hint, code !== 'job.wait.unschedulable');
}

describe('the scheduler', () => {
  for (const example of SCHEDULER) {
    const [reason, message, , sentence] = example;
    test(`${message.slice(0, 100)} → ${sentence}`, () => {
      const condition = { type: 'PodScheduled', status: 'False', reason, message };
      check({ phase: 'Pending', conditions: [condition] }, example);
      assert.doesNotMatch(sentence, /preemption/i);
    });
  }

  test('counts are taken apart, whatever taints hold; what is said of preemption is left out', () => {
    const text =
      "0/9 nodes are available: 1 node(s) had untolerated taint {team: a, 2 b}, 3 Insufficient cpu, 7 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/9 nodes are available: 2 No preemption victims found for incoming pod, 7 Preemption is not helpful for scheduling.";
    const { nodes, reasons } = readSchedulerText(text);
    assert.equal(nodes, 9);
    assert.deepEqual(reasons.at(-1), { count: 7, text: "node(s) didn't match Pod's node affinity/selector" });
    assert.deepEqual(reasons.at(-2), { count: 3, text: 'Insufficient cpu' });
    assert.ok(!JSON.stringify(reasons).includes('reemption'));
  });

  test('is joined with what the pool has', () => {
    const told = (message: string, room: object) => {
      const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message };
      const pod = podWith({ phase: 'Pending', conditions: [condition] });
      const { state, trouble } = describePod(pod, {
        room: { pool: 'training-pool', types: 'A100-80G (32)', total: 32, free: 0, largest: 0, ...room },
      });
      checkTexts(state, trouble?.hint);
      return toText(state, 'en');
    };
    const lack = '0/9 nodes are available: 9 Insufficient nvidia.com/gpu.';
    assert.equal(
      told(lack, { free: 2, largest: 2 }),
      'needs 4 GPUs on one node, training-pool has 2 free (largest block 2)',
    );
    assert.equal(told(lack, {}), 'needs 4 GPUs on one node, training-pool has none free of 32');
    assert.equal(
      told(lack, { free: 9, largest: 8 }),
      'waiting for 4 free GPUs on one node',
      'what became free a moment ago explains nothing',
    );
    const other = "0/9 nodes are available: 9 node(s) didn't match Pod's node affinity/selector.";
    assert.equal(
      told(other, { total: 0 }),
      'waiting: no node matches its pool and GPU type; training-pool has A100-80G (32)',
    );
    const cordoned =
      "0/9 nodes are available: 1 node(s) were unschedulable, 8 node(s) didn't match Pod's node affinity/selector.";
    assert.equal(told(cordoned, {}), 'waiting: 1 node takes no new jobs (cordoned)');
    assert.match(told(cordoned, { total: 0 }), /^waiting: no node matches/);
  });
});

describe('a container that waits', () => {
  for (const example of WAITING) {
    const [reason, message, , sentence] = example;
    test(`${reason}: ${message.slice(0, 90)} → ${sentence}`, () =>
      check({ phase: 'Pending', containerStatuses: [{ state: { waiting: { reason, message } } }] }, example, {
        node: 'n1',
      }));
  }

  test('and one of its first steps does', () => {
    const status = {
      phase: 'Pending',
      initContainerStatuses: [
        { state: { waiting: { reason: 'CreateContainerConfigError', message: 'secret "x" not found' } } },
      ],
      containerStatuses: [{ state: { waiting: { reason: 'PodInitializing' } } }],
    };
    assert.equal(toText(describePod(podWith(status, 'n1')).state, 'en'), 'cannot start: the secret “x” is missing');
  });

  test('a back-off without its cause is told by the event of the try', () => {
    const status = {
      phase: 'Pending',
      containerStatuses: [
        { state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "a:1"' } } },
      ],
    };
    const events = [eventOf(['Failed', 'Failed to pull image "a:1": toomanyrequests: limit'])];
    assert.equal(describePod(podWith(status, 'n1'), { events }).trouble?.code, 'job.image.rate-limit');
  });

  test('numbers and words in the name of an image are no answer of its registry', () => {
    const code = (message: string) => {
      const waiting = { reason: 'ErrImagePull', message };
      return describePod(podWith({ phase: 'Pending', containerStatuses: [{ state: { waiting } }] }, 'n1')).trouble
        ?.code;
    };
    const images = ['a/train:build-403', 'a/train:0.1.401', 'r.example/denied/app:1', 'r.example/unauthorized:denied'];
    for (const image of [...images, 'a/x509:1', 'a:403', 'a:404', 'a:502', 'a:EOF']) {
      const pulled = `failed to pull and unpack image "${image}": failed to resolve reference "${image}"`;
      assert.equal(code(`${pulled}: ${image}: not found`), 'job.image.not-found', image);
      assert.equal(code(`${pulled}: dial tcp: i/o timeout`), 'job.image.network', image);
      assert.equal(code(`${pulled}: something new`), 'job.image.unfetched', image);
    }
    const answers: [string, string][] = [
      ['unexpected status code [manifests 1]: 401 Unauthorized', 'job.image.denied'],
      ['received unexpected HTTP status: 403 Forbidden', 'job.image.denied'],
      ['invalid status code from registry 403 (Forbidden)', 'job.image.denied'],
      ['denied: requested access to the resource is denied', 'job.image.denied'],
      ['pull access denied, repository does not exist or may require authorization', 'job.image.denied'],
      ['unauthorized: incorrect username or password', 'job.image.denied'],
      ['StatusCode: 404, page', 'job.image.not-found'],
      ['received unexpected HTTP status: 502 Bad Gateway', 'job.image.network'],
      ['Get "https://r.example/v2/": EOF', 'job.image.network'],
    ];
    for (const [text, expected] of answers) assert.equal(code(`Error response from daemon: ${text}`), expected, text);
  });
});

describe('a pod that was ended from outside, or not taken', () => {
  for (const example of REMOVED) {
    const [reason, message, , sentence] = example;
    test(`${reason}: ${message.slice(0, 90)} → ${sentence}`, () =>
      check({ phase: 'Failed', reason, message }, example, { node: 'n1' }));
  }
});

describe('a program that ended', () => {
  for (const [reason, exitCode, code, sentence] of ENDED)
    test(`${reason} ${exitCode} → ${sentence}`, () => {
      const ended = { phase: 'Failed', containerStatuses: [{ state: { terminated: { reason, exitCode } } }] };
      const { state, trouble } = describePod(podWith(ended, 'n1'));
      assert.deepEqual([toText(state, 'en'), trouble?.code], [sentence, code]);
      checkTexts(state, trouble?.hint);
      assert.equal(trouble?.consequence, exitCode === 143);
    });

  test('one without a limit has none to tell', () => {
    const status = {
      phase: 'Failed',
      containerStatuses: [{ state: { terminated: { reason: 'OOMKilled', exitCode: 137 } } }],
    };
    const pod = toPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'd' }, spec: {}, status });
    const { state, trouble } = describePod(pod);
    assert.equal(toText(state, 'en'), 'ran out of memory');
    checkTexts(state, trouble?.hint);
  });

  test('and is started again and again, says why it ends', () => {
    const crashing = (terminated: object) =>
      podWith(
        {
          phase: 'Running',
          containerStatuses: [
            {
              restartCount: 3,
              state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s' } },
              lastState: { terminated },
            },
          ],
        },
        'n1',
      );
    const said = (terminated: object) => {
      const { state, trouble } = describePod(crashing(terminated));
      checkTexts(state, trouble?.hint);
      return toText(state, 'en');
    };
    assert.equal(said({ reason: 'OOMKilled', exitCode: 137 }), 'ran out of memory (limit 400 GiB), restarted 3 times');
    assert.equal(said({ reason: 'Error', exitCode: 7 }), 'ended with exit code 7, restarted 3 times');
    assert.equal(
      said({ reason: 'Error', exitCode: 1, message: "ModuleNotFoundError: No module named 'vllm'" }),
      'lacks the Python module “vllm” in its image, restarted 3 times',
    );
  });

  test('its last words are in its status, and a secret in them is not told', () => {
    const message = 'HF_TOKEN=hf_abcdefghijklmnopqrstuvwxyz\nValueError: key=sk-abcdefghijklmnopqrstuvwxyz is bad\n';
    const status = {
      phase: 'Failed',
      containerStatuses: [{ state: { terminated: { reason: 'Error', exitCode: 1, message } } }],
    };
    const { state, trouble } = describePod(podWith(status, 'n1'));
    assert.match(toText(state, 'en'), /^ended with exit code 1: ValueError: key=/);
    assert.doesNotMatch(JSON.stringify([state, trouble]), /abcdefghijkl/);
  });
});

describe('events', () => {
  for (const example of EVENTS)
    test(`${example[0]}: ${example[1].slice(0, 90)} → ${example[3]}`, () =>
      check(
        { phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'ContainerCreating' } } }] },
        example,
        { node: 'n1', events: [eventOf(example)] },
      ));
  for (const example of PROBES)
    test(`${example[1]} → ${example[3]}`, () =>
      check(
        { phase: 'Running', containerStatuses: [{ state: { running: { startedAt: '2026-07-31T09:00:00Z' } } }] },
        example,
        { node: 'n1', events: [eventOf(example)] },
      ));
  for (const example of SCALING)
    test(`${example[1]} → ${example[3]}`, () => {
      const condition = {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: '0/9 nodes are available: 9 Insufficient nvidia.com/gpu.',
      };
      check({ phase: 'Pending', conditions: [condition] }, example, { events: [eventOf(example)] });
    });

  test('of the scheduler stand for a condition that is not there yet; that no node is added is a hint', () => {
    const events = [
      eventOf(['NotTriggerScaleUp', "pod didn't trigger scale-up: 1 max node group size reached"]),
      eventOf(['FailedScheduling', '0/9 nodes are available: 9 Insufficient nvidia.com/gpu.']),
    ];
    const { state, trouble } = describePod(podWith({ phase: 'Pending' }), { events });
    assert.equal(toText(state, 'en'), 'waiting for 4 free GPUs on one node');
    assert.ok(trouble?.hint);
    assert.match(toText(trouble.hint, 'en'), /adds no node for it \(1 max node group size reached\)/);
    assert.match(toText(trouble.hint, 'zh-cn'), /1 max node group size reached/);
    const unclear = describePod(podWith({ phase: 'Pending' }), { events: events.slice(0, 1) });
    assert.equal(
      toText(unclear.state, 'en'),
      'waiting: the cluster adds no node for it (1 max node group size reached)',
    );
    assert.equal(unclear.trouble?.code, 'job.wait.no-scale-up');
    checkTexts(unclear.state, unclear.trouble.hint);
  });

  test('that look like a secret and are none are understood', () => {
    const status = { phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'ContainerCreating' } } }] };
    const events = [
      eventOf(['FailedMount', 'MountVolume.SetUp failed for volume "token" : secret "hf-token" not found']),
    ];
    const { trouble } = describePod(podWith(status, 'n1'), { events, now: minutesLater(1) });
    assert.equal(trouble?.code, 'job.start.no-secret');
  });

  test('of a start that was not told of again are over', () => {
    const status = { phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'ContainerCreating' } } }] };
    for (const reason of ['FailedMount', 'FailedAttachVolume', 'FailedCreatePodSandBox']) {
      const events = [eventOf([reason, 'MountVolume.SetUp failed for volume "nfs" : network timed out'])];
      const at = (minutes: number) => describePod(podWith(status, 'n1'), { events, now: minutesLater(minutes) });
      assert.ok(at(7).trouble, 'is told of every 5 minutes at least, at the next try');
      assert.equal(at(25).trouble, undefined);
      assert.equal(toText(at(25).state, 'en'), 'starting on n1');
    }
  });

  test('of an autoscaler: the newest counts', () => {
    const message = '0/9 nodes are available: 9 Insufficient nvidia.com/gpu.';
    const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message };
    const told = (upAt: string, notAt: string) => {
      const store = new EventStore();
      const up = eventOf(['TriggeredScaleUp', 'pod triggered scale-up: [{gpu 1->2 (max: 2)}]'], upAt);
      const not = eventOf(['NotTriggerScaleUp', "pod didn't trigger scale-up: 1 max node group size reached"], notAt);
      store.apply([{ type: 'reset', items: [up, not] }]);
      const around = { events: store.of('p'), now: minutesLater(60) };
      return describePod(podWith({ phase: 'Pending', conditions: [condition] }), around).trouble;
    };
    const full = told('2026-07-31T10:10:00Z', '2026-07-31T10:59:00Z');
    assert.equal(full?.code, 'job.wait.gpus');
    assert.match(toText(full.hint as Message, 'en'), /max node group size reached/);
    assert.equal(told('2026-07-31T10:59:00Z', '2026-07-31T10:10:00Z')?.code, 'job.wait.scaling-up');
  });

  test('of a probe that failed before the last start are old', () => {
    const status = {
      phase: 'Running',
      containerStatuses: [{ state: { running: { startedAt: '2026-07-31T11:00:00Z' } } }],
    };
    const { state } = describePod(podWith(status, 'n1'), { events: [eventOf(PROBES[0] as Example)] });
    assert.equal(toText(state, 'en'), 'running');
  });

  test('are held by their object, newest first, the last few; others are dropped', () => {
    const store = new EventStore();
    const at = (n: number, uid = 'p', more = {}): EventRecord => ({
      ...eventOf(['FailedMount', `m${n}`]),
      key: `d/${uid}-${n}`,
      uid,
      lastAt: `2026-07-31T10:00:${String(n).padStart(2, '0')}Z`,
      ...more,
    });
    assert.equal(store.apply([{ type: 'reset', items: [] }]), false);
    assert.ok(store.apply([{ type: 'reset', items: Array.from({ length: 12 }, (_, n) => at(n)) }]));
    assert.deepEqual(
      store.of('p').map(({ message }) => message),
      ['m11', 'm10', 'm9', 'm8', 'm7', 'm6', 'm5', 'm4'],
    );
    store.apply([{ type: 'set', item: at(3, 'p', { count: 9, lastAt: '2026-07-31T11:00:00Z' }) }]);
    assert.deepEqual([store.of('p')[0]?.message, store.of('p')[0]?.count], ['m3', 9]);
    store.apply([
      { type: 'remove', key: 'd/p-3' },
      { type: 'set', item: at(1, 'q') },
    ]);
    assert.deepEqual([store.of('p')[0]?.message, store.of('q').length], ['m11', 1]);
    const object = (change: object) =>
      ({
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: 'e', namespace: 'd' },
        involvedObject: { uid: 'p', kind: 'Pod' },
        reason: 'FailedMount',
        ...change,
      }) as KubeObject;
    assert.equal(toEvent(object({ reason: 'Pulled' })), undefined);
    assert.equal(toEvent(object({ involvedObject: { uid: 'n', kind: 'Node' } })), undefined);
    assert.equal(toEvent(object({ series: { count: 4, lastObservedTime: 't' } }))?.count, 4);
    assert.equal(toEvent(object({ message: 'x'.repeat(9_000) }))?.message.length, 1_000);
  });
});

describe('the end of a log', () => {
  for (const { name, log, code, sentence, shows, hides } of LOGS)
    test(`${name} → ${sentence}`, () => {
      const cause = readCause(log, { code: 1 });
      assert.ok(cause);
      const { explanation, lines } = cause;
      assert.deepEqual([toText(explanation.state, 'en'), explanation.code], [sentence, code]);
      checkTexts(explanation.state, explanation.hint);
      const text = lines.join('\n');
      assert.ok(text.includes(shows), text);
      if (hides) assert.ok(!text.includes(hides), text);
      assert.ok(lines.length <= 30);
    });

  test('that says nothing of its end is not guessed at', () =>
    assert.equal(readCause('step 1\nstep 2\n', {}), undefined));

  test('a failure that was survived is not the cause', () => {
    const log = `OSError: We couldn't connect to 'https://h.example' to load\nretrying\nstep 100\nModuleNotFoundError: No module named 'x'\n`;
    assert.equal(readCause(log, {})?.explanation.code, 'job.crash.no-module');
  });

  const trace = (error: string) =>
    `Traceback (most recent call last):\n  File "a.py", line 1, in f\n    f()\n${error}\n`;
  const endOf = (log: string) => readCause(log, { code: 1 })?.explanation;

  test('a known failure that was survived is not the cause where a traceback ends the log', () => {
    const survived = [
      'telemetry failed: Temporary failure in name resolution\n',
      'CUDA out of memory. Tried to allocate 2.00 GiB, retrying with a smaller batch\n',
      trace('torch.OutOfMemoryError: CUDA out of memory.'),
    ];
    for (const before of survived) {
      const end = endOf(`${before}step 100\n${trace("KeyError: 'labels'")}`);
      assert.equal(end && toText(end.state, 'en'), "ended with exit code 1: KeyError: 'labels'");
    }
    const chained = `${trace('OSError: a')}\nDuring handling of the above exception, another exception occurred:\n\n${trace('KeyError: 1')}`;
    assert.equal(endOf(`${survived[0]}${chained}`)?.code, 'job.crash.error');
  });

  test('a known failure that the last traceback only follows from is the cause', () => {
    const memory = trace('torch.OutOfMemoryError: CUDA out of memory.');
    for (const between of [
      '\nDuring handling of the above exception, another exception occurred:\n\n',
      '\nThe above exception was the direct cause of the following exception:\n\n',
      'Exception ignored in: <function A.__del__ at 0x7f>\n',
    ])
      assert.equal(endOf(`${memory}${between}${trace('AttributeError: x')}`)?.code, 'job.crash.gpu-memory', between);
    for (const follows of [
      "subprocess.CalledProcessError: Command '['python']' returned non-zero exit status 1.",
      'Exception: WorkerProc initialization failed due to an exception in a background process.',
    ])
      assert.equal(endOf(`${memory}${trace(follows)}`)?.code, 'job.crash.gpu-memory', follows);
  });

  test('a long traceback is cut in its middle, and a secret in it is hidden', () => {
    const frames = Array.from(
      { length: 60 },
      (_, n) => `  File "/app/f${n}.py", line ${n}, in f\n    call(token="hf_abcdefghijklmnopqrstuvwxyz")`,
    );
    const cause = readCause(`Traceback (most recent call last):\n${frames.join('\n')}\nKeyError: 'x'\n`, { code: 1 });
    assert.equal(cause?.lines.length, 30);
    assert.deepEqual(
      [cause.lines[0], cause.lines[2], cause.lines.at(-1)],
      ['Traceback (most recent call last):', '…', "KeyError: 'x'"],
    );
    assert.doesNotMatch(cause.lines.join(), /abcdefghijkl/);
  });

  test('is read in time, whatever one line repeats', () => {
    const repeated = [
      'Watchdog caught collective operation timeout: WorkNCCL(OpType=A',
      'OpType=ALLREDUCE ',
      'NCCL WARN ',
      '/dev/shm ',
      'No space left on device ',
      'RuntimeError: NCCL error ',
      'NVRM: Xid (',
      'CUDA out of memory. Tried to allocate 1 GiB. GPU 0 has a total capacity of 1 GiB ',
    ];
    const began = 'Watchdog caught collective operation timeout: WorkNCCL(';
    for (const part of repeated) {
      const before = process.cpuUsage();
      readCause(began + part.repeat(500_000 / part.length), {});
      const { user, system } = process.cpuUsage(before);
      assert.ok(user + system < 200_000, `${part}: ${user + system} µs`);
    }
  });

  test('is read in time, however long its lines are', () => {
    const began = performance.now();
    readCause(
      `${'x'.repeat(200_000)}\n${'Tried to allocate 1 GiB GPU 0 '.repeat(5_000)}\n${'Exception '.repeat(10_000)}`,
      {},
    );
    assert.ok(performance.now() - began < 2_000);
  });
});

describe('the catalogue of troubles', () => {
  const tables = { SCHEDULER_ROWS, IMAGE_ROWS, START_ROWS, REMOVAL_ROWS, EXIT_ROWS, POD_EVENT_ROWS, LOG_ROWS };

  test('every line has an example', () => {
    const missing = Object.values(tables)
      .flatMap((rows) => rows.map(({ code, text = code }) => text))
      .filter((key) => !reached.has(key));
    assert.deepEqual(missing, []);
  });

  test('every code is told by one table', () => {
    const told = new Map<string, Set<string>>();
    for (const [name, rows] of Object.entries(tables))
      for (const { code } of rows) told.set(code, (told.get(code) ?? new Set()).add(name));
    const shared = [...told].filter(([, names]) => names.size > 1).map(([code]) => code);
    assert.deepEqual(shared, ['job.crash.shared-memory'], 'an exit code and a log tell of the same');
  });

  test('a hint belongs to a code', () => {
    const codes = new Set(Object.values(tables).flatMap((rows) => rows.map(({ code }) => `hint.${code}`)));
    const others = ['hint.job.rollout.stuck', 'hint.job.node.silent', 'hint.job.crash.error'];
    const hints = Object.keys(catalogue).filter((key) => key.startsWith('hint.job.') && !others.includes(key));
    assert.deepEqual(
      hints.filter((key) => !codes.has(key)),
      [],
    );
  });
});
