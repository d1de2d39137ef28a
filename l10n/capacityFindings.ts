import type { Text } from './text.ts';

/** What is said of pools and of what is free in them. */
export const capacityFindingTexts = {
  'finding.pool.twice-in-file': {
    en: '{count} documents of this file are the pool `{name}`; the last one that is submitted replaces the others. Put its nodes into one.',
    zh: '此文件中有 {count} 个文档是资源池 `{name}`，后提交的会取代先提交的。请把节点合并到一个文档。',
  },
  'finding.pool.node-twice-in-file': {
    en: '{count} pools of this file list the node `{node}`; it can belong to one. The last pool that is submitted takes it.',
    zh: '此文件中有 {count} 个资源池列出了节点 `{node}`，而一个节点只能属于一个资源池。后提交的资源池会得到它。',
  },
  'finding.pool.absent': {
    en: 'No `pool` is named, so only nodes that belong to no pool are used. Name one, or write `pool: default` if that is meant.',
    zh: '没有指定 `pool`，只会使用未分池的节点。请指定资源池；若本意如此，请写 `pool: default`。',
  },
  'finding.pool.absent.known': {
    en: 'No `pool` is named, so only nodes that belong to no pool are used, and none of {pools}. Name one, or write `pool: default` if that is meant.',
    zh: '没有指定 `pool`，只会使用未分池的节点，不会使用 {pools}。请指定资源池；若本意如此，请写 `pool: default`。',
  },
  'finding.pool.unknown-node': {
    en: 'This cluster has no node `{node}`. Nothing is done for it until it joins.',
    zh: '此集群没有节点 `{node}`。在它加入之前不会做任何事。',
  },
  'finding.pool.unknown-node.guess': {
    en: 'This cluster has no node `{node}`. Did you mean `{guess}`?',
    zh: '此集群没有节点 `{node}`。是否想写 `{guess}`？',
  },
  'finding.pool.node-moves': {
    en: '`{node}` belongs to the pool `{from}` now; submitting this moves it to `{to}`.',
    zh: '`{node}` 目前属于资源池 `{from}`，提交后会移到 `{to}`。',
  },
  'finding.gpu-share.whole-gpus': {
    en: 'GPUs are not shared yet: the job takes {gpus} whole {gpus|GPU|GPUs}.',
    zh: '目前还不能共享 GPU：任务会占用 {gpus} 张整卡。',
  },
  'finding.gpu-share.whole-gpus.none': {
    en: 'GPUs are not shared yet, and `gpu` asks for none: the job gets no GPU. Ask for a whole one with `gpu: 1`.',
    zh: '目前还不能共享 GPU，而 `gpu` 没有请求 GPU：任务得不到 GPU。请用 `gpu: 1` 请求一张整卡。',
  },
  'finding.capacity.insufficient-gpus': {
    en: 'Not enough GPUs: {pool} has {free} of {total} {what} free, {asked} {asked|is|are} asked for.',
    zh: '资源不足：{pool} 中 {what} 已用尽（请求 {asked} 张，仅空闲 {free} 张）',
  },
  'finding.capacity.fragmented': {
    en: 'Fragmented: {free} {what} are free in {pool}, but {blocks} (largest block: {largest}).',
    zh: '资源碎片化：{pool} 空闲 {free} 张 {what}，但{blocks}（单节点最多空闲 {largest} 张）',
  },
  'finding.capacity.fragmented.split': {
    en: 'Fragmented: {free} {what} are free in {pool}, but {blocks} (largest block: {largest}). {splitNodes} {splitNodes|node|nodes} × {splitGpus} {splitGpus|GPU|GPUs} would fit now.',
    zh: '资源碎片化：{pool} 空闲 {free} 张 {what}，但{blocks}（单节点最多空闲 {largest} 张）。改为 {splitNodes} 个节点 × {splitGpus} 张即可运行',
  },
  'finding.capacity.blocks': {
    en: 'only {nodes} {nodes|node has|nodes have} {perNode} or more of them, {wanted} are needed',
    zh: '至少空闲 {perNode} 张的节点只有 {nodes} 个，需要 {wanted} 个',
  },
  'finding.capacity.blocks.none': {
    en: 'no node has {perNode} of them together',
    zh: '没有节点同时空闲 {perNode} 张',
  },
  'finding.capacity.unavailable': {
    en: 'Not enough GPUs for now: {away} of the {all} {what} of {pool} {away|is on a node|are on nodes} that {away|takes|take} no jobs at the moment; {asked} {asked|is|are} asked for, {total} can be used. Wait for {away|that node|those nodes}, or ask for less.',
    zh: '暂时不足：{pool} 的 {all} 张 {what} 中有 {away} 张位于目前不接收任务的节点上（请求 {asked} 张，可用 {total} 张）。请等待这些节点恢复，或减少请求',
  },
  'finding.capacity.unavailable.nodes': {
    en: 'Not enough nodes for now: {wanted} with at least {perNode} {what} {wanted|is|are} needed, and of the {all} in {pool} {nodes} {nodes|takes|take} jobs at the moment. Wait for the others, or ask for less on each node.',
    zh: '暂时不足：需要 {wanted} 个至少有 {perNode} 张 {what} 的节点，而 {pool} 的 {all} 个此类节点中目前只有 {nodes} 个接收任务。请等待其余节点恢复，或减少每个节点的请求',
  },
  'finding.capacity.unavailable.no-gpus': {
    en: 'Not enough nodes for now: of the {all} {all|node|nodes} of {pool} that the job would fit on, {nodes} {nodes|takes|take} jobs at the moment. Wait for the others, or use another pool.',
    zh: '暂时不足：{pool} 中放得下该任务的 {all} 个节点，目前只有 {nodes} 个接收任务。请等待其余节点恢复，或改用其他资源池',
  },
  'finding.capacity.too-many': {
    en: 'Impossible: {pool} has {total} {what} in all, {asked} are asked for.',
    zh: '无法满足：{pool} 总共只有 {total} 张 {what}，请求了 {asked} 张',
  },
  'finding.capacity.node-too-small': {
    en: 'Impossible: no node of {pool} has {perNode} {what} (the largest has {largest}). Spread the job over more nodes with `nodeCount`.',
    zh: '无法满足：{pool} 中没有节点拥有 {perNode} 张 {what}（最多 {largest} 张）。请用 `nodeCount` 分到更多节点',
  },
  'finding.capacity.node-too-small.one': {
    en: 'Impossible: no node of {pool} has {perNode} {what} (the largest has {largest}), and this cannot span nodes. Ask for {largest} or fewer.',
    zh: '无法满足：{pool} 中没有节点拥有 {perNode} 张 {what}（最多 {largest} 张），且不能跨节点。请最多请求 {largest} 张',
  },
  'finding.capacity.too-few-nodes.replicas': {
    en: 'Impossible: {pool} has {nodes} {nodes|node|nodes} with at least {perNode} {what}, too few for {wanted} replicas of that size. Lower `replicas`.',
    zh: '无法满足：{pool} 中至少有 {perNode} 张 {what} 的节点只有 {nodes} 个，放不下 {wanted} 个副本。请减小 `replicas`',
  },
  'finding.capacity.too-few-nodes': {
    en: 'Impossible: {pool} has {nodes} {nodes|node|nodes} with at least {perNode} {what}, {wanted} are asked for. Lower `nodeCount`.',
    zh: '无法满足：{pool} 中至少有 {perNode} 张 {what} 的节点只有 {nodes} 个，请求了 {wanted} 个。请减小 `nodeCount`',
  },
  'finding.capacity.no-such-type': {
    en: 'Impossible: {pool} has no {type}; it has {has}.',
    zh: '无法满足：{pool} 没有 {type}；现有 {has}',
  },
  'finding.capacity.no-gpus': { en: 'Impossible: {pool} has no GPUs.', zh: '无法满足：{pool} 没有 GPU' },
  'finding.capacity.no-gpus.others': {
    en: 'Impossible: {pool} has no GPUs of the kind that `gpu` asks for (`{resource}`); it has {has}.',
    zh: '无法满足：{pool} 没有 `gpu` 所请求的 GPU（`{resource}`）；现有 {has}',
  },
  'finding.capacity.no-gpus.broken': {
    en: 'Impossible for now: {pool} has no GPU that works, {count} {count|is|are} broken at the moment.',
    zh: '目前无法满足：{pool} 没有可用的 GPU，有 {count} 张目前处于故障状态',
  },
  'finding.capacity.and-broken': {
    en: '{said} {count} {count|GPU is|GPUs are} broken at the moment.',
    zh: '{said}；另有 {count} 张 GPU 目前处于故障状态',
  },
  'finding.capacity.no-nodes': {
    en: 'Impossible: {pool} has no nodes. Use another pool, or have nodes put into this one.',
    zh: '无法满足：{pool} 没有节点。请改用其他资源池，或为其加入节点',
  },
  'finding.capacity.no-nodes.default': {
    en: 'Impossible: {pool} has no nodes. Name a pool with `pool`.',
    zh: '无法满足：{pool} 没有节点。请用 `pool` 指定资源池',
  },
  'finding.capacity.no-such-pool': {
    en: 'There is no pool `{pool}` in this cluster. There {count|is|are}: {known}.',
    zh: '此集群没有资源池 `{pool}`。现有：{known}',
  },
  'finding.capacity.no-such-pool.guess': {
    en: 'There is no pool `{pool}` in this cluster. Did you mean `{guess}`?',
    zh: '此集群没有资源池 `{pool}`。是否想写 `{guess}`？',
  },
  'finding.capacity.no-such-pool.none': {
    en: 'There is no pool `{pool}` in this cluster, nor any other. Without `pool` the job runs on the nodes that belong to none.',
    zh: '此集群没有资源池 `{pool}`，也没有其他资源池。不写 `pool` 时，任务会在未分池的节点上运行',
  },
  'finding.capacity.default-pool': { en: 'the default pool (nodes in no pool)', zh: '资源池 default' },
  'finding.capacity.of-type': { en: '{type}', zh: '{type} GPU' },
  'finding.capacity.of-any-type': { en: '{count|GPU|GPUs}', zh: 'GPU' },
  'finding.capacity.count': { en: '{type} ({count})', zh: '{type}（{count} 张）' },
  'finding.capacity.count.unlabelled': { en: 'GPUs without a type ({count})', zh: '未标注型号的 GPU（{count} 张）' },
  'finding.capacity.list': { en: '{first}, {rest}', zh: '{first}、{rest}' },
} as const satisfies Record<string, Text>;
