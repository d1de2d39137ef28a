import type { Text } from './text.ts';

/** What the view of pools, its commands and the status bar say. */
export const poolTexts = {
  'ui.pools.count': { en: 'free {free} · {used}/{total} {type}', zh: '空闲 {free} · {used}/{total} {type}' },
  'ui.pools.count.type': { en: 'free {free} · {used}/{total}', zh: '空闲 {free} · {used}/{total}' },
  'ui.pools.block': { en: 'at most {block} on one node', zh: '单节点最多 {block}' },
  'ui.pools.broken': { en: '{count} broken', zh: '{count} 张故障' },
  'ui.pools.quota': { en: 'Quota of {namespace}', zh: '{namespace} 的配额' },
  'ui.pools.quota.name': { en: 'Quota', zh: '配额' },
  'ui.pools.quota.used': { en: '{used}/{hard}', zh: '{used}/{hard}' },
  'ui.pools.quota.unknown': { en: 'at most {hard}, use unknown', zh: '上限 {hard}，使用情况未知' },
  'ui.pools.quota.full': { en: 'used up', zh: '已用完' },
  'ui.pools.quota.spoken': { en: '{what}: {used} of {hard} used', zh: '{what}：已用 {used}，上限 {hard}' },
  'ui.pools.check': { en: 'Check What You May Do Here…', zh: '检查您在此处的权限…' },
  'ui.pools.drop': {
    en: 'Drop a gpuctl file here to submit it to this pool.',
    zh: '将 gpuctl 文件拖到此处即可提交到该资源池。',
  },
  'ui.node.closed': { en: 'takes no jobs', zh: '不接收任务' },
  'ui.node.closed.why': {
    en: 'It is set aside: only what is meant for it runs there.',
    zh: '该节点被预留，仅运行专门指定到它的程序。',
  },
  'ui.node.holder.other': { en: 'Not a job of gpuctl.', zh: '不是由 gpuctl 提交的任务。' },
  'ui.node.holder.unseen': {
    en: 'You may not see the jobs of this namespace.',
    zh: '您无权查看该命名空间的任务。',
  },
  'ui.node.holder.since': { en: 'Since', zh: '开始时间' },

  'ui.bind.pick.nodes': { en: 'Nodes to put into {pool}', zh: '要加入 {pool} 的节点' },
  'ui.bind.pick.any': { en: 'Nodes to put into another pool', zh: '要移到其他资源池的节点' },
  'ui.bind.pick.pool': { en: 'Pool for {nodes}', zh: '{nodes} 要加入的资源池' },
  'ui.bind.look': { en: 'Show Pools', zh: '查看资源池' },
  'ui.bind.pick.title': { en: 'Put Nodes into a Pool', zh: '将节点加入资源池' },
  'ui.bind.none': { en: 'There is no node to do this with.', zh: '没有可执行此操作的节点。' },
  'ui.bind.no-pools': {
    en: 'There is no other pool. Submit a file of kind pool to make one.',
    zh: '没有其他资源池。请提交一个 kind 为 pool 的文件来创建。',
  },
  'ui.bind.held': { en: 'used by {jobs}', zh: '使用者：{jobs}' },
  'ui.bind.idle': { en: 'idle', zh: '空闲' },
  'ui.bind.question': {
    en: 'Put {count|node|nodes} {nodes} into pool {pool} of cluster {cluster}?',
    zh: '将节点 {nodes} 加入集群 {cluster} 的资源池 {pool}？',
  },
  'ui.bind.confirm': { en: 'Put into Pool', zh: '加入资源池' },
  'ui.bind.progress': { en: 'Looking what changes for {nodes}', zh: '正在查看 {nodes} 的变更' },
  'ui.bind.moving': { en: 'Moving {nodes}', zh: '正在移动 {nodes}' },
  'ui.bind.done': {
    en: '{nodes} {count|belongs|belong} to pool {pool} of {cluster} now.',
    zh: '{nodes} 现在属于 {cluster} 的资源池 {pool}。',
  },
  'ui.bind.nothing': {
    en: 'Nothing to change: {nodes} {count|is|are} in that pool already.',
    zh: '无需更改：{nodes} 已在该资源池中。',
  },
  'ui.unbind.pick': { en: 'Nodes to take out of their pools', zh: '要移出资源池的节点' },
  'ui.unbind.question': {
    en: 'Take {count|node|nodes} {nodes} out of {count|its pool|their pools} in cluster {cluster}?',
    zh: '将节点 {nodes} 移出集群 {cluster} 中的资源池？',
  },
  'ui.unbind.confirm': { en: 'Take out of Pool', zh: '移出资源池' },
  'ui.unbind.done': {
    en: '{nodes} {count|belongs|belong} to no pool of {cluster} now.',
    zh: '{nodes} 现在不属于 {cluster} 的任何资源池。',
  },
  'ui.unbind.nothing': {
    en: 'Nothing to change: {nodes} {count|belongs|belong} to no pool.',
    zh: '无需更改：{nodes} 不属于任何资源池。',
  },
  'ui.nodes.more': { en: '{names} and {count} more', zh: '{names} 等（另有 {count} 个）' },

  'ui.propose.pick.pool': { en: 'Pool to submit to', zh: '要提交到的资源池' },
  'ui.propose.pick.file': { en: 'File to submit to {pool}', zh: '要提交到 {pool} 的文件' },
  'ui.propose.other': { en: 'Another File…', zh: '其他文件…' },
  'ui.propose.not-yaml': {
    en: 'Only gpuctl files can be submitted: {file} is none.',
    zh: '只能提交 gpuctl 文件，{file} 不是。',
  },
  'ui.propose.nowhere': { en: 'Drop the file on a pool.', zh: '请将文件拖到某个资源池上。' },
  'ui.propose.none': { en: 'There is no job in {file}.', zh: '{file} 中没有任务。' },
  'ui.propose.more': { en: '… and {count} more {count|job|jobs}', zh: '……另有 {count} 个任务' },
  'ui.propose.question': { en: 'Submit {name} to {pool}?', zh: '将 {name} 提交到 {pool}？' },
  'ui.propose.question.several': {
    en: 'Submit the {count} jobs of {file} to {pool}?',
    zh: '将 {file} 中的 {count} 个任务提交到 {pool}？',
  },
  'ui.propose.where': { en: 'Cluster {cluster}, namespace {namespace}', zh: '集群 {cluster}，命名空间 {namespace}' },
  'ui.propose.moves': { en: 'Its pool would be {to}, not {from}.', zh: '其资源池将由 {from} 改为 {to}。' },
  'ui.propose.gets': { en: 'Its pool would be {to}; it names none.', zh: '其资源池将设为 {to}（目前未指定）。' },
  'ui.propose.same': { en: 'It names this pool already.', zh: '它已指定该资源池。' },
  'ui.propose.file-stays': {
    en: '“Submit” leaves the file as it is.',
    zh: '“提交”不会更改文件。',
  },
  'ui.propose.saves': {
    en: '“Change File and Submit” also saves the other changes in it.',
    zh: '“更改文件并提交”还会保存其中的其他更改。',
  },
  'ui.propose.submit': { en: 'Submit', zh: '提交' },
  'ui.propose.change': { en: 'Change File and Submit', zh: '更改文件并提交' },
  'pool.propose.no-cluster': {
    en: 'Whether it fits there is not known: no cluster is connected.',
    zh: '无法判断是否放得下：尚未连接集群。',
  },
  'pool.propose.cannot-change': {
    en: 'The pool of {name} cannot be changed here: write it into the file.',
    zh: '无法在此更改 {name} 的资源池，请在文件中修改。',
  },

  'ui.status.free': { en: '{pool}: {free} free', zh: '{pool} 空闲 {free}' },
  'ui.status.freeUnknown': { en: '{pool}: free unknown', zh: '{pool} 空闲未知' },
  'ui.status.noGpus': { en: '{pool}: no GPU', zh: '{pool} 无 GPU' },
  'ui.status.absent': { en: '{pool}: not there', zh: '{pool} 不存在' },
  'ui.status.why.chosen': { en: 'The pool {pool}, as you chose:', zh: '资源池 {pool}（由您选择）：' },
  'ui.status.why.document': { en: 'The pool {pool} of the open file:', zh: '打开的文件所用的资源池 {pool}：' },
  'ui.status.why.job': { en: 'The pool {pool} of your last job:', zh: '您最近任务所用的资源池 {pool}：' },
  'ui.status.why.only': { en: 'The pool {pool}, the only one:', zh: '唯一的资源池 {pool}：' },
  'ui.target.pool': { en: 'Pool in the Status Bar…', zh: '状态栏中的资源池…' },
  'ui.target.pool.title': { en: 'Pool in the Status Bar', zh: '状态栏中的资源池' },
  'ui.target.pool.automatic': { en: 'As the Open File Says', zh: '以打开的文件为准' },
  'ui.target.pool.automatic.about': {
    en: 'else that of your last job, else the only one',
    zh: '否则取您最近任务的资源池，再否则取唯一的资源池',
  },
} as const satisfies Record<string, Text>;
