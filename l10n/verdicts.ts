import type { Text } from './text.ts';

/** Whether a job can run now, what keeps it, and what helps. */
export const verdictTexts = {
  'finding.capacity.preempts': {
    en: 'Fits only by pushing out jobs of lower priority: {victims}.',
    zh: '只有挤出优先级更低的任务才能运行：{victims}。',
  },
  'finding.capacity.preempts.none': {
    en: 'Fits only by pushing out jobs of lower priority.',
    zh: '只有挤出优先级更低的任务才能运行。',
  },
  'finding.capacity.short': {
    en: 'Not enough {resource} for now: {pool} has room for {places} of {wanted} parts of the job. Each needs {perPod}, and at most {largest} are free on one node.',
    zh: '{resource}暂时不足：{pool} 只放得下 {wanted} 份中的 {places} 份（每份需要 {perPod}，单节点最多空闲 {largest}）',
  },
  'finding.capacity.short.one': {
    en: 'Not enough {resource} for now: the job asks for {perPod}, and no node of {pool} has more than {largest} free.',
    zh: '{resource}暂时不足：请求 {perPod}，而 {pool} 单节点最多空闲 {largest}',
  },
  'finding.capacity.short.pods': {
    en: 'No room for now: the nodes of {pool} take no more jobs, each runs as many as it may.',
    zh: '暂时放不下：{pool} 的节点运行的任务数都已达到上限',
  },
  'finding.capacity.too-large': {
    en: 'Impossible: even when it is empty, {pool} has room for {places} of {wanted} parts of the job. Each needs {perPod}, and the largest node has {largest}.',
    zh: '无法满足：即使全部空闲，{pool} 也只放得下 {wanted} 份中的 {places} 份（每份需要 {perPod}，最大的节点有 {largest}）。',
  },
  'finding.capacity.too-large.one': {
    en: 'Impossible: {perPod} {count|is|are} asked for on one node, and the largest of {pool} has {largest}.',
    zh: '无法满足：单节点请求 {perPod}，而 {pool} 最大的节点只有 {largest}。',
  },
  'finding.capacity.too-large.pods': {
    en: 'Impossible: even when it is empty, {pool} has room for {places} of {wanted} parts of the job: a node runs at most {largest} at once.',
    zh: '无法满足：即使全部空闲，{pool} 也只放得下 {wanted} 份中的 {places} 份（单节点最多同时运行 {largest} 份）。',
  },
  'finding.capacity.racks-full': {
    en: 'Not together for now: the rack of {pool} with the most room takes {most} of {wanted} nodes. With `sameRack: preferred` it would start at once.',
    zh: '暂时放不进同一机架：{pool} 中最空的机架放得下 {wanted} 个节点中的 {most} 个。改为 `sameRack: preferred` 即可立刻运行',
  },
  'finding.capacity.no-rack': {
    en: 'Impossible: no rack of {pool} takes {wanted} such nodes; the largest takes {most}. Ask for fewer nodes, or use `sameRack: preferred`.',
    zh: '无法满足：{pool} 没有机架能容纳 {wanted} 个这样的节点，最多 {most} 个。请减少节点，或改用 `sameRack: preferred`。',
  },
  'finding.capacity.no-rack.unknown': {
    en: 'Nothing tells in which rack the nodes of {pool} stand. Name their label in the pool (`site.rackLabel`), or use `sameRack: preferred`.',
    zh: '无法得知 {pool} 的节点在哪个机架。请在资源池中写明标签（`site.rackLabel`），或改用 `sameRack: preferred`。',
  },
  'finding.capacity.quota': {
    en: 'Over the quota of namespace {namespace} for now: {used} of its {hard} {count|is|are} in use, {asked} more {more|is|are} asked for. Wait until jobs there end, or ask for less.',
    zh: '暂时超出命名空间 {namespace} 的配额：已用 {used}，上限 {hard}，还请求 {asked}。请等待其中的任务结束，或减少请求。',
  },
  'finding.capacity.quota.pods': {
    en: 'Over the quota of namespace {namespace} for now: {used} of at most {hard} {count|runs|run} there, {asked} more {more|is|are} asked for (each node or replica counts as one). Wait until jobs there end, or ask for less.',
    zh: '暂时超出命名空间 {namespace} 的配额：已有 {used} 个任务，上限 {hard}，还请求 {asked} 个（每个节点或副本计为一个）。请等待其中的任务结束，或减少请求。',
  },
  'finding.capacity.quota.never': {
    en: 'Over the quota of namespace {namespace}: {asked} {more|is|are} asked for, and it may have {hard}. Ask for less, or have `{quota}` raised.',
    zh: '超出命名空间 {namespace} 的配额：请求 {asked}，上限 {hard}。请减少请求，或申请提高 `{quota}`。',
  },
  'finding.capacity.quota-unsaid': {
    en: 'The quota of namespace {namespace} refuses jobs that do not say how much {resource} they need. Write `{key}` in `resources`.',
    zh: '命名空间 {namespace} 的配额会拒绝没有写明{resource}的任务。请在 `resources` 中写明 `{key}`。',
  },
  'finding.capacity.not-together': {
    en: 'Fits alone, but not beside the jobs above it in this file, which take what it needs.',
    zh: '单独可以运行，但此文件中排在前面的任务会占用它所需的资源。',
  },
  'finding.capacity.unknown': {
    en: 'Unknown whether this fits: {reason}',
    zh: '无法判断是否放得下：{reason}',
  },
  'verdict.likely-at': { en: '{said} Likely after {time}{or}.', zh: '{said}。预计 {time} 后可运行{or}。' },
  'verdict.once-ended': {
    en: '{said} It fits once {jobs} {count|ends|end}{or}.',
    zh: '{said}。{jobs} 结束后可运行{or}。',
  },
  'verdict.other-pool': {
    en: '{said} {pool} would do: {free} × {type} free.',
    zh: '{said}。可改用 {pool}（空闲 {free} 张 {type}）。',
  },
  'verdict.or-pool': { en: ', or use {pool} ({free} × {type} free)', zh: '，或改用 {pool}（空闲 {free} 张 {type}）' },
  'verdict.holder': { en: '{job} ({gpus} {gpus|GPU|GPUs})', zh: '{job}（{gpus} 张 GPU）' },
  'verdict.holder.elsewhere': {
    en: '{job} in {namespace} ({gpus} {gpus|GPU|GPUs})',
    zh: '{namespace} 的 {job}（{gpus} 张 GPU）',
  },
  'verdict.more': { en: '{list} and {count} more', zh: '{list} 及另外 {count} 个' },
  'verdict.resource.cpu': { en: 'CPU', zh: 'CPU 资源' },
  'verdict.resource.memory': { en: 'memory', zh: '内存' },
  'verdict.resource.pods': { en: 'jobs', zh: '任务数' },
  'verdict.resource.disk': { en: 'disk space', zh: '磁盘空间' },
  'verdict.resource.gpus': { en: 'GPUs', zh: 'GPU 卡' },
  'verdict.amount.cpu': { en: '{count} {count|core|cores}', zh: '{count} 核 CPU' },
  'verdict.amount.pods': { en: '{count} {count|job|jobs}', zh: '{count} 个任务' },
  'verdict.amount.gpus': { en: '{count} {count|GPU|GPUs}', zh: '{count} 张 GPU' },
  'verdict.amount.bytes': { en: '{amount} of {of}', zh: '{amount} {of}' },
  'verdict.amount.other': { en: '{count} {of}', zh: '{count} 个 {of}' },
  'verdict.cores': { en: '{count} {count|core|cores}', zh: '{count} 核' },
  'fix.pool': { en: 'Use `{pool}`: {free} × {type} free', zh: '改用 `{pool}`：空闲 {free} 张 {type}' },
  'fix.type': { en: 'Use {type}: {free} free', zh: '改用 {type}：空闲 {free} 张' },
  'fix.priority.push': {
    en: 'Set `priority: {priority}`: pushes out {victims}',
    zh: '设 `priority: {priority}`：挤出 {victims}',
  },
  'fix.priority.wait': {
    en: 'Set `priority: low`: waits and pushes nobody out',
    zh: '设 `priority: low`：排队等待，不挤出任何任务',
  },
  'fix.queue': {
    en: 'Wait in the queue `{queue}`, if namespace {namespace} has it',
    zh: '在队列 `{queue}` 中等待（前提是命名空间 {namespace} 有此队列）',
  },
  'fix.same-rack': { en: 'Set `sameRack: preferred`', zh: '设 `sameRack: preferred`' },
  'fix.amount': { en: 'Ask for `{key}: {value}`, which fits now', zh: '改为 `{key}: {value}`，目前放得下' },
} as const satisfies Record<string, Text>;
