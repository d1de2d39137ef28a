import type { Text } from './text.ts';

/** What jobs and pods are doing, and what operations on jobs say. */
export const jobTexts = {
  'job.state.running': { en: 'running', zh: '运行中' },
  'job.state.running-some-why': { en: 'running {running} of {wanted}, {why}', zh: '运行中 {running}/{wanted}，{why}' },
  'job.state.running-some': { en: 'running {running} of {wanted}', zh: '运行中 {running}/{wanted}' },
  'job.state.starting': { en: 'starting', zh: '正在启动' },
  'job.state.held': { en: 'held, not started yet', zh: '已挂起，尚未启动' },
  'job.state.deleting': { en: 'being deleted', zh: '正在删除' },
  'job.state.stopped': { en: 'stopped', zh: '已停止' },
  'job.state.succeeded': { en: 'completed', zh: '已完成' },
  'job.state.failed': { en: 'failed', zh: '失败' },
  'job.state.failed-why': { en: 'failed: {why}', zh: '失败：{why}' },
  'job.state.failed-rank': { en: 'failed: rank {rank} {why}', zh: '失败：rank {rank} {why}' },
  'job.state.timed-out': { en: 'failed: its timeout is over', zh: '失败：超过了 timeout 时限' },
  'job.state.newer-fails': { en: 'running, but its newest version fails: {why}', zh: '运行中，但最新版本失败：{why}' },
  'job.state.retrying-waits': { en: 'trying again: {why}; now {waits}', zh: '正在重试：{why}；目前{waits}' },
  'job.state.retrying': { en: 'trying again: {why}', zh: '正在重试：{why}' },
  'pod.state.ending': { en: 'ending', zh: '正在结束' },
  'pod.state.starting': { en: 'starting on {node}', zh: '正在 {node} 上启动' },
  'pod.state.running-restarts': {
    en: 'running, {restarts} {restarts|restart|restarts}',
    zh: '运行中，已重启 {restarts} 次',
  },
  'jobs.only-namespace': {
    en: 'Jobs of {namespace} only: you may not list those of other namespaces.',
    zh: '仅显示 {namespace} 的任务：您无权查看其他命名空间的任务。',
  },
  'jobs.hidden': {
    en: 'Jobs may be missing here: you may not list {resources} in {namespace}. Ask for “get, list, watch” on them, or choose another namespace.',
    zh: '此处的任务可能不全：您无权查看命名空间 {namespace} 中的 {resources}。请申请 get、list、watch 权限，或选择其他命名空间。',
  },

  'session.untrusted': {
    en: 'This workspace is not trusted, so no cluster is contacted. Trust the workspace to go on.',
    zh: '此工作区未受信任，因此不会连接集群。请信任此工作区后继续。',
  },
  'session.internal': {
    en: 'Something went wrong inside gpuctl. Please try again; the details help us to mend it.',
    zh: 'gpuctl 内部出现问题。请重试；详细信息有助于我们修复。',
  },
  'session.capacity.connecting': { en: 'The cluster is still being read.', zh: '正在读取集群信息。' },
  'session.capacity.not-connected': { en: 'No cluster is connected.', zh: '尚未连接集群。' },
  'session.capacity.no-nodes': {
    en: 'Free GPUs are unknown: you may not list nodes in cluster {cluster}. Ask for “get, list, watch” on nodes, or submit anyway.',
    zh: '空闲 GPU 未知：您无权查看集群 {cluster} 的节点。请申请节点的 get、list、watch 权限，或直接提交。',
  },
  'session.capacity.no-pods': {
    en: 'Free GPUs are unknown: you may not list the pods of all namespaces in cluster {cluster}. Ask for “get, list, watch” on pods, or submit anyway.',
    zh: '空闲 GPU 未知：您无权查看集群 {cluster} 所有命名空间的 pod。请申请 pod 的 get、list、watch 权限，或直接提交。',
  },

  'submit.no-document': { en: 'There is no gpuctl document here to submit.', zh: '此处没有可提交的 gpuctl 文档。' },
  'submit.has-errors': {
    en: '“{name}” has errors and cannot run like this. They are marked in the file.',
    zh: '“{name}” 存在错误，无法运行。错误已在文件中标出。',
  },
  'submit.name-taken': {
    en: 'The name “{name}” is taken in {namespace} by a {kind} that gpuctl did not make.',
    zh: '{namespace} 中的名称“{name}”已被一个非 gpuctl 创建的 {kind} 占用。',
  },
  'submit.other-name': { en: 'Choose another name.', zh: '请换一个名称。' },
  'submit.quota-unknown': {
    en: 'The quota of {namespace} has no room for it beside the “{name}” that is there now; whether it has once that has ended is not known. {reason}',
    zh: '{namespace} 的配额无法在现有“{name}”之外再容纳它；现有任务结束后是否足够尚不可知。{reason}',
  },
  'submit.missing.claims': {
    en: 'There is no storage claim “{name}” in {namespace}: the job would wait for it for ever.',
    zh: '{namespace} 中没有存储声明“{name}”：任务会一直等待。',
  },
  'submit.missing.secrets': {
    en: 'There is no secret “{name}” in {namespace}: the job would wait for it for ever.',
    zh: '{namespace} 中没有密钥“{name}”：任务会一直等待。',
  },
  'submit.missing.storageClasses': {
    en: 'There is no storage class “{name}” in this cluster: the storage would never be made.',
    zh: '此集群没有存储类“{name}”：存储无法创建。',
  },
  'submit.did-you-mean': { en: 'Did you mean “{guess}”?', zh: '是否指“{guess}”？' },
  'submit.there-are': { en: 'There are: {names}.', zh: '现有：{names}。' },
  'submit.make.claims': {
    en: 'Give the workdir a `size` instead of `claim`, and it is made with the job.',
    zh: '将该 workdir 的 `claim` 改为 `size`，提交任务时会一并创建。',
  },
  'submit.make.secrets': {
    en: 'Make it first: kubectl create secret generic {name} --namespace {namespace} --from-literal=KEY=VALUE',
    zh: '请先创建：kubectl create secret generic {name} --namespace {namespace} --from-literal=键=值',
  },
  'submit.make.storageClasses': {
    en: 'Leave out `storageClass` to have the default one of the cluster.',
    zh: '省略 `storageClass` 可使用集群的默认存储类。',
  },
  'submit.no-priority': {
    en: 'The priority “{priority}” is left out: this cluster does not have it, and you may not make it.',
    zh: '未设置优先级“{priority}”：此集群没有该优先级，且您无权创建。',
  },
  'submit.cluster-warns': { en: 'The cluster says: {text}', zh: '集群提示：{text}' },

  'delete.gone': { en: 'There is no job “{name}” in {namespace} any more.', zh: '{namespace} 中已没有任务“{name}”。' },
  'delete.not-ours': {
    en: '“{name}” in {namespace} was not made by gpuctl and stays untouched.',
    zh: '{namespace} 中的“{name}”不是由 gpuctl 创建的，不会改动。',
  },
  'delete.removes.main': { en: 'the job {name}', zh: '任务 {name}' },
  'delete.removes.pods': {
    en: '{pods} running or waiting {pods|replica, with its log|replicas, with their logs} in the cluster',
    zh: '{pods} 个运行或等待中的副本及其在集群中的日志',
  },
  'delete.removes.next-run': {
    en: 'the next run of “{name}”, which was not made yet',
    zh: '“{name}”尚未创建的下一次运行',
  },
  'delete.removes.owned': { en: '{kind} {name}', zh: '{kind} {name}' },
  'delete.removes.owned.Service': { en: 'its address {name}', zh: '其访问地址 {name}' },
  'delete.removes.owned.Secret': { en: 'its token {name}', zh: '其令牌 {name}' },
  'delete.removes.owned.ConfigMap': { en: 'its settings {name}', zh: '其配置 {name}' },
  'delete.removes.owned.ScaledObject': { en: 'its autoscaling {name}', zh: '其自动伸缩 {name}' },
  'delete.removes.owned.HorizontalPodAutoscaler': { en: 'its autoscaling {name}', zh: '其自动伸缩 {name}' },
  'delete.keeps.storage': { en: 'storage {name}, with its files', zh: '存储 {name} 及其中的文件' },

  'lens.submit': { en: 'Submit', zh: '提交' },
  'lens.target': { en: 'to {cluster} · {namespace}', zh: '到 {cluster} · {namespace}' },
  'lens.target.cluster': { en: 'to {cluster}', zh: '到 {cluster}' },
  'lens.target.none': { en: 'no cluster', zh: '未连接集群' },
  'lens.target.tooltip': { en: 'Choose cluster and namespace', zh: '选择集群和命名空间' },
  'lens.submit.tooltip': {
    en: 'Creates the job in cluster {cluster}, namespace {namespace}',
    zh: '在集群 {cluster} 的命名空间 {namespace} 中创建任务',
  },
  'lens.submit.tooltip.settings': {
    en: 'Makes or changes it in cluster {cluster}',
    zh: '在集群 {cluster} 中创建或更改',
  },
  'lens.errors': { en: '{count} {count|error|errors} to mend first', zh: '请先修正 {count} 个错误' },
} as const satisfies Record<string, Text>;
