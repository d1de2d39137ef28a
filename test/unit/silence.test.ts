/** The log of what has said nothing is not offered first. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { buildJobRow } from '../../client/src/features/jobs/jobRows.ts';
import { createTexts } from '../../client/src/infrastructure/texts.ts';
import type { JobDto, PodDto } from '../../server/src/protocol.ts';

interface Item {
  command: string;
  when: string;
  group: string;
}
const { contributes } = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  contributes: { menus: { 'view/item/context': Item[] } };
};
/** Whether an entry for the log is there on a row, as an icon or in the menu. */
const hasLog = (context: string | undefined, isInline: boolean) =>
  contributes.menus['view/item/context'].some(({ command, when, group }) => {
    const pattern = /viewItem =~ \/(.+)\/$/.exec(when)?.[1];
    const isSuch = command === 'gpuctl.job.log' && group.startsWith('inline') === isInline;
    return isSuch && pattern !== undefined && new RegExp(pattern).test(context ?? '');
  });
const pod = (own: Partial<PodDto>): PodDto => ({
  ...{ name: 'p', phase: 'waiting', state: 'waiting', restarts: 0 },
  ...own,
});
const rowOf = (own: Partial<JobDto>) => {
  const job: JobDto = {
    ...{ ref: { namespace: 'team', name: 'sft' }, uid: 'u', kind: 'training', phase: 'waiting', state: 'waiting' },
    ...{ gpus: 8, podsWanted: 2, podsRunning: 0, restarts: 0, pods: [] },
    ...own,
  };
  return buildJobRow(job, { texts: createTexts(() => 'en'), now: 0 }, false);
};

describe('the log of a job', () => {
  test('is no icon on what has said nothing, and stays in its menu', () => {
    for (const own of [{}, { held: true as const }, { pods: [pod({})] }]) {
      const { context } = rowOf(own);
      assert.deepEqual([hasLog(context, true), hasLog(context, false)], [false, true], context);
    }
    const [silent] = rowOf({ pods: [pod({})] }).children ?? [];
    assert.equal(hasLog(silent?.context, true), false);
  });

  test('is an icon on what runs, has ended or was started once', () => {
    const startedAt = '2026-11-23T12:00:00Z';
    const running = pod({ phase: 'running', startedAt });
    const spoken: Partial<JobDto>[] = [
      { phase: 'running', pods: [running] },
      { phase: 'failed' },
      { phase: 'succeeded' },
      { pods: [pod({ restarts: 1 })] },
    ];
    for (const own of spoken) assert.equal(hasLog(rowOf(own).context, true), true);
    assert.equal(hasLog(rowOf({ phase: 'running', pods: [running] }).children?.at(-1)?.context, true), true);
  });
});
