import assert from 'node:assert/strict';
import { test } from 'node:test';
import { message } from '../../l10n/index.ts';
import { digestOf, type Plan } from '../../server/src/operations/submit/plan.ts';

const PLAN: Plan = {
  context: 'c',
  cluster: 'c',
  namespace: undefined,
  kind: 'pool',
  name: 'p',
  outcome: 'changed',
  changes: [],
  asks: [],
  warnings: [],
};

/** The digest of a plan that moves nodes, of which the question lists some. */
function moves(nodes: string[], listed = nodes, jobs = message('settings.jobs.none')): string {
  const args = { count: nodes.length, nodes: listed.join(', '), from: 'a', to: 'p', jobs };
  return digestOf({
    ...PLAN,
    asks: [message('settings.ask.moves', args)],
    changes: nodes.map((name) => ({ do: 'change', object: { apiVersion: 'v1', kind: 'Node', name }, fields: [] })),
  });
}

test('agreeing holds for what was named, and for nothing else', () => {
  assert.equal(moves(['n1']), moves(['n1']));
  assert.notEqual(moves(['n1']), moves(['n1', 'n2']));
  assert.notEqual(moves(['n1']), moves(['n1'], ['n1'], message('settings.jobs.some', { jobs: 1, names: 'x' })));
  assert.notEqual(moves(['n1', 'n2'], ['n1']), moves(['n1', 'n3'], ['n1']), 'also where the question does not list it');
  const user = (name: string) =>
    digestOf({ ...PLAN, asks: [message('submit.ask.other-user', { name: 'j', namespace: 'n', user: name })] });
  assert.notEqual(user('ann'), user('bob'));
});

test('agreeing holds however the job is doing meanwhile', () => {
  const replace = (minutes: number) =>
    digestOf({
      ...PLAN,
      asks: [
        message('submit.ask.replace', {
          name: 'j',
          namespace: 'n',
          state: message('settings.list.more', { names: 'running', count: minutes }),
        }),
      ],
    });
  assert.equal(replace(3), replace(4));
  const part = (now: number) =>
    digestOf({ ...PLAN, asks: [message('submit.ask.in-part', { name: 'j', pods: 4, gpus: 8, now })] });
  assert.equal(part(1), part(2));
});
