import type { Text } from './text.ts';

/** Whether a job fits, in few words: in the line above a document, behind its keys, in hovers and beside proposals. */
export const fitTexts = {
  'fix.fits-now': { en: '{fix}, fits now', zh: '{fix}，现在可运行' },
  'fit.no-pool': { en: 'the nodes in no pool', zh: '未分池的节点' },
  'fit.nodes.more': { en: '{nodes} and {count} more', zh: '{nodes} 及另外 {count} 个' },

  'lens.fits': {
    en: 'fits now: {nodes} · {asked} of {free} free {what} ({share} % of {pool})',
    zh: '现在可运行：{nodes} · 空闲 {free} 张 {what}，用 {asked} 张（占 {pool} 的 {share} %）',
  },
  'lens.fits.no-gpus': { en: 'fits now: {nodes}', zh: '现在可运行：{nodes}' },
  'lens.not-together': { en: 'fits alone, not beside the jobs above', zh: '单独可运行，与上面的任务一起放不下' },
  'lens.preempts': { en: 'fits by pushing out {count} jobs', zh: '挤出 {count} 个任务后可运行' },
  'lens.preempts.one': { en: 'fits by pushing out {job}', zh: '挤出 {job} 后可运行' },
  'lens.preempts.some': { en: 'fits by pushing out other jobs', zh: '挤出其他任务后可运行' },
  'lens.busy': {
    en: 'busy: needs {asked}, {free} of {total} {what} free',
    zh: '资源不足：需 {asked} 张，{what} 空闲 {free}/{total}',
  },
  'lens.fragmented': {
    en: 'fragmented: needs {perNode} on one node, {free} {what} free, at most {largest} together',
    zh: '资源碎片化：单节点需 {perNode} 张，{what} 共空闲 {free} 张，单节点最多 {largest} 张',
  },
  'lens.fragmented.nodes': {
    en: 'fragmented: {nodes} of {wanted} nodes {nodes|has|have} {perNode} {what} free',
    zh: '资源碎片化：需 {wanted} 个空闲 {perNode} 张 {what} 的节点，只有 {nodes} 个',
  },
  'lens.short': { en: 'busy: not enough {resource} for now', zh: '{resource}暂时不足' },
  'lens.short.pods': { en: 'busy: the nodes take no more jobs for now', zh: '节点运行的任务数已达上限' },
  'lens.racks-full': { en: 'busy: no rack has {wanted} nodes free', zh: '没有机架空出 {wanted} 个节点' },
  'lens.unavailable': {
    en: 'waits for nodes that take no jobs at the moment',
    zh: '等待目前不接收任务的节点恢复',
  },
  'lens.until': { en: '{said} · likely after {time}', zh: '{said} · 预计 {time} 后' },
  'lens.queued': { en: 'waits in queue {queue}', zh: '在队列 {queue} 中等待' },
  'lens.queued.room': { en: 'queue {queue} decides, there is room now', zh: '由队列 {queue} 决定，目前有空位' },
  'lens.quota': {
    en: 'over quota: {asked} {resource} asked, {used} of {hard} in use',
    zh: '超出配额：请求{resource} {asked}，已用 {used}/{hard}',
  },
  'lens.quota.never': {
    en: 'over quota: {asked} {resource} asked, {hard} allowed',
    zh: '超出配额：请求{resource} {asked}，上限 {hard}',
  },
  'lens.quota.unsaid': { en: 'refused by a quota: no {key} is named', zh: '会被配额拒绝：未写明 {key}' },
  'lens.impossible': { en: 'impossible here: {why}', zh: '无法满足：{why}' },
  'lens.impossible.total': { en: '{pool} has {total} {what}', zh: '{pool} 共有 {total} 张 {what}' },
  'lens.impossible.node': { en: 'no node has {perNode} {what}', zh: '没有节点有 {perNode} 张 {what}' },
  'lens.impossible.nodes': {
    en: '{nodes} of {wanted} nodes are large enough',
    zh: '需 {wanted} 个这样的节点，只有 {nodes} 个',
  },
  'lens.impossible.resource': { en: 'no node has so much {resource}', zh: '没有节点有这么多{resource}' },
  'lens.impossible.places': {
    en: 'room for {places} of {wanted} even when empty',
    zh: '全部空闲时也只放得下 {wanted} 份中的 {places} 份',
  },
  'lens.impossible.rack': { en: 'no rack has {wanted} such nodes', zh: '没有机架有 {wanted} 个这样的节点' },
  'lens.impossible.racks-unknown': { en: 'its racks are not known', zh: '机架未知' },
  'lens.impossible.what': { en: '{pool} has no {what}', zh: '{pool} 没有 {what}' },
  'lens.impossible.pool': { en: 'there is no pool {pool}', zh: '没有资源池 {pool}' },
  'lens.unknown': { en: 'unknown whether it fits', zh: '无法判断是否放得下' },
  'lens.to-pool': { en: '{said}\nClick to see the pool.', zh: '{said}\n点击查看资源池。' },
  'lens.to-fixes': { en: '{said}\nClick for what would fit.', zh: '{said}\n点击查看可行的改法。' },
  'lens.to-check': { en: '{said}\nClick to check the cluster.', zh: '{said}\n点击检查集群。' },

  'fit.sentence': {
    en: 'Fits now on {nodes}: {asked} of the {free} free {what}, {share} % of {pool}.',
    zh: '现在可在 {nodes} 上运行：空闲 {free} 张 {what}，用 {asked} 张，占 {pool} 的 {share} %。',
  },
  'fit.sentence.no-gpus': { en: 'Fits now on {nodes}.', zh: '现在可在 {nodes} 上运行。' },
  'fit.sentence.queued': {
    en: 'The queue {queue} decides when it starts. Without it: {alone}.',
    zh: '由队列 {queue} 决定何时开始。若不排队：{alone}。',
  },

  'inlay.free': { en: '{free} of {total} free', zh: '空闲 {free}/{total}' },
  'inlay.fits': { en: '{room}, fits on {nodes}', zh: '{room}，可放在 {nodes}' },
  'inlay.fits.short': { en: '{room}: {nodes}', zh: '{room}：{nodes}' },
  'inlay.preempts': { en: '{room}, fits by pushing out', zh: '{room}，需挤出其他任务' },
  'inlay.together': { en: '{room}, at most {largest} on one node', zh: '{room}，单节点最多 {largest}' },
  'inlay.pool': { en: '{free} of {total} GPUs free', zh: 'GPU 空闲 {free}/{total}' },
  'inlay.pool.unusable': { en: 'none of its {count} GPUs takes jobs now', zh: '{count} 张 GPU 目前都不接收任务' },
  'inlay.pool.tooltip': { en: 'What jobs may use of {pool} at this moment.', zh: '{pool} 目前可供任务使用的数量。' },

  'hover.room.node': { en: 'Node', zh: '节点' },
  'hover.room.type': { en: 'Type', zh: '型号' },
  'hover.room.free': { en: 'Free', zh: '空闲' },
  'hover.room.holders': { en: 'Held by', zh: '占用者' },
  'hover.room.of': { en: '{free} of {total}', zh: '{free}/{total}' },
  'hover.room.closed': { en: 'takes no jobs', zh: '不接收任务' },
  'hover.room.holder': { en: '{job} ({gpus})', zh: '{job}（{gpus} 张）' },
  'hover.room.holder.since': { en: '{job} ({gpus}, since {time})', zh: '{job}（{gpus} 张，自 {time}）' },
  'hover.room.more': { en: '… and {count} more {count|node|nodes}', zh: '……另有 {count} 个节点' },
  'hover.pool.unavailable': {
    en: '{type}: {unavailable} more on nodes that take no jobs at the moment',
    zh: '{type}：另有 {unavailable} 张位于目前不接收任务的节点上',
  },

  'completion.fits': { en: '✓ {free}', zh: '✓ {free}' },
  'completion.now': { en: 'fits now', zh: '现在可运行' },
  'completion.now.largest': { en: 'fits now, most on one node', zh: '现在可运行，单节点最多' },
  'completion.now.nodes': { en: 'fits on {nodes} nodes', zh: '分到 {nodes} 个节点可运行' },
  'completion.now.pushes': { en: 'fits, pushes out {victims}', zh: '可运行，会挤出 {victims}' },
  'completion.now.pushes.some': { en: 'fits, pushes others out', zh: '可运行，会挤出其他任务' },
  'completion.now.waits': { en: 'waits', zh: '需等待' },
  'completion.now.never': { en: 'impossible here', zh: '无法满足' },
  'completion.default.now': { en: 'default · {now}', zh: '默认值 · {now}' },
} as const satisfies Record<string, Text>;
