import assert from 'node:assert/strict';
import { test } from 'node:test';

import { message, toText } from '../../l10n/index.ts';
import { EXIT, exitCodeOf } from '../../server/src/cli/exit.ts';
import { GpuctlError } from '../../server/src/operations/error.ts';
import { Refusals } from '../../server/src/operations/refusals.ts';

test('what is in the way of a plan is told in the order in which it was tried, whoever answers first', async () => {
  const refusals = new Refusals();
  const refuse = (name: string, milliseconds: number) =>
    refusals.gather(async () => {
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      throw new GpuctlError('refused', message('settings.where.node', { name }), { status: 403 });
    });
  await Promise.all([refuse('first', 20), refuse('second', 1), refuse('first', 1)]);
  assert.throws(
    () => refusals.throw(),
    (error) => error instanceof GpuctlError && toText(error.say, 'en') === 'Node first Node second',
  );
});

test('several refusals by the cluster end the command line as one does', async () => {
  const codeOf = async (...errors: GpuctlError[]) => {
    const refusals = new Refusals();
    for (const error of errors) await refusals.gather(() => Promise.reject(error));
    try {
      refusals.throw();
    } catch (error) {
      return exitCodeOf(error as GpuctlError);
    }
    return EXIT.ok;
  };
  const say = (name: string) => message('settings.where.node', { name });
  const refused = (name: string) => new GpuctlError('connection.forbidden', say(name), { status: 403 });
  const taken = (name: string) => new GpuctlError('settings.name-taken', say(name));
  assert.equal(await codeOf(refused('a')), EXIT.cluster);
  assert.equal(await codeOf(refused('a'), refused('b')), EXIT.cluster);
  assert.equal(await codeOf(taken('a'), refused('b')), EXIT.cluster);
  assert.equal(await codeOf(taken('a'), taken('b')), EXIT.failed);
});
