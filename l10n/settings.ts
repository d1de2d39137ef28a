import type { Text } from './text.ts';

/** What submitting and deleting pools and quotas says. */
export const settingsTexts = {
  'settings.more-unknown-nodes': {
    en: '{count} more {count|node|nodes} of the document {count|is|are} not in this cluster. Nothing is done for {count|it|them}.',
    zh: '文档中另有 {count} 个节点不在此集群中，不会对它们做任何事。',
  },
  'settings.pool-name': {
    en: 'A pool cannot be called “{name}”: lower-case letters, digits, “-” and “.” are possible, and “default” stands for the nodes that belong to no pool.',
    zh: '资源池不能命名为“{name}”：只能使用小写字母、数字、“-”和“.”，且“default”表示未分池的节点。',
  },
  'settings.gpu-type': {
    en: 'The GPU type “{type}” of node {node} cannot be written on a node: letters, digits, “-”, “_” and “.” are possible, at most 63.',
    zh: '节点 {node} 的 GPU 型号“{type}”无法写到节点上：只能使用字母、数字、“-”、“_”和“.”，最多 63 个字符。',
  },
  'settings.name-taken': {
    en: 'The {kind} “{name}” in namespace {namespace} was not made by gpuctl and stays untouched.',
    zh: '命名空间 {namespace} 中的 {kind}“{name}”不是由 gpuctl 创建的，不会改动。',
  },
  'settings.name-taken.hint': {
    en: 'Choose another name in the document, or ask the administrator of “{cluster}” to remove that one.',
    zh: '请在文档中换一个名称，或请“{cluster}”的管理员移除它。',
  },
  'settings.document-stays': {
    en: 'The document of pool “{name}” in the cluster cannot be read or changed here; it may list other nodes than the pool has. What counts are the labels of the nodes.',
    zh: '集群中资源池“{name}”的文档无法在此读取或修改，其中列出的节点可能与实际不符。以节点的标签为准。',
  },
  'settings.no-such-node': {
    en: 'There is no node {node} in cluster {cluster} any more.',
    zh: '集群 {cluster} 中已没有节点 {node}。',
  },
  'settings.other-cluster': {
    en: 'Nothing was changed: this was chosen in {context}, and {now} is open now.',
    zh: '未做任何更改：操作是针对 {context} 选择的，而当前打开的是 {now}。',
  },
  'settings.secret-hidden': {
    en: 'What looks like a secret is not kept with the pool “{name}”: everybody who uses the pool could read it. A setting with a login in it does not work.',
    zh: '疑似机密的内容不会随资源池“{name}”保存，因为所有使用者都能读到。包含登录信息的设置将不起作用。',
  },
  'settings.other-namespaces-unknown': {
    en: 'Whether the quota “{name}” still limits other namespaces is not known: you may not list quotas in the whole cluster “{cluster}”. Ask its administrator for “list” on “resourcequotas”.',
    zh: '无法确认配额“{name}”是否还限制着其他命名空间：您无权列出整个集群“{cluster}”的配额。请向其管理员申请对“resourcequotas”的“list”权限。',
  },
  'settings.ask.moves': {
    en: '{count|Node|Nodes} {nodes} {count|moves|move} from pool “{from}” to “{to}”. {jobs}',
    zh: '节点 {nodes} 将从资源池“{from}”移到“{to}”。{jobs}',
  },
  'settings.ask.joins': {
    en: '{count|Node|Nodes} {nodes}, until now of no pool, {count|joins|join} “{to}”. {jobs}',
    zh: '节点 {nodes} 目前未分池，将加入资源池“{to}”。{jobs}',
  },
  'settings.ask.leaves': {
    en: '{count|Node|Nodes} {nodes} {count|leaves|leave} pool “{name}”. {jobs}',
    zh: '节点 {nodes} 将离开资源池“{name}”。{jobs}',
  },
  'settings.ask.other-user': {
    en: 'The {kind} “{name}” that is there was submitted by {users}.',
    zh: '已有的 {kind}“{name}”由 {users} 提交。',
  },
  'settings.ask.other-file': {
    en: 'The {kind} “{name}” that is there was submitted from {paths}.',
    zh: '已有的 {kind}“{name}”提交自 {paths}。',
  },
  'settings.ask.unlimited': {
    en: '{count|Namespace|Namespaces} {namespaces} {count|is|are} not limited by the quota “{name}” any more.',
    zh: '命名空间 {namespaces} 将不再受配额“{name}”限制。',
  },
  'settings.ask.opened': {
    en: 'The pool “{name}” was only for those who have a right to it. Everybody may use it then.',
    zh: '资源池“{name}”原来仅限有权限的用户使用，之后所有人都可以使用。',
  },
  'settings.jobs.none': { en: 'No job runs there.', zh: '其上没有正在运行的任务。' },
  'settings.jobs.some': {
    en: '{jobs} {jobs|job runs|jobs run} there ({names}) and {jobs|goes|go} on; what starts anew needs another node of its pool.',
    zh: '其上有 {jobs} 个任务正在运行（{names}），它们会继续；重新启动时则需要原资源池的其他节点。',
  },
  'settings.jobs.unknown': {
    en: 'Whether jobs run there is not known: you may not list them in the whole cluster.',
    zh: '无法确认其上是否有任务在运行：您无权列出整个集群的任务。',
  },
  'settings.list.more': { en: '{names} and {count} more', zh: '{names} 等（另有 {count} 个）' },
  'settings.and': { en: '{first} {rest}', zh: '{first}{rest}' },
  'settings.partly': {
    en: '“{name}” is done only in part: {done} of {total} {total|step|steps}. {failures}',
    zh: '“{name}”只完成了一部分：{total} 步中完成了 {done} 步。{failures}',
  },
  'settings.partly.where': { en: '{where}: {why}', zh: '{where}：{why}' },
  'settings.partly.hint': {
    en: 'Do the same again: what is done stays, the rest is made up.',
    zh: '请再次执行：已完成的会保留，其余会补上。',
  },
  'settings.where.node': { en: 'Node {name}', zh: '节点 {name}' },
  'settings.where.namespace': { en: 'Namespace {name}', zh: '命名空间 {name}' },
  'settings.gone.pool': {
    en: 'There is no pool “{name}” in cluster {cluster}.',
    zh: '集群 {cluster} 中没有资源池“{name}”。',
  },
  'settings.gone.quota': {
    en: 'There is no quota “{name}” in cluster {cluster}.',
    zh: '集群 {cluster} 中没有配额“{name}”。',
  },
} as const satisfies Record<string, Text>;
