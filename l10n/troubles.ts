import type { Text } from './text.ts';

/** Why a job cannot start or was ended from outside, and what to do. Each stands alone or behind “rank 1”. */
export const troubleTexts = {
  'job.image.named': { en: 'its image “{image}”', zh: '镜像“{image}”' },
  'job.image.unnamed': { en: 'its image', zh: '镜像' },
  'job.image.name': { en: 'cannot fetch {what}: that is no name of an image', zh: '无法拉取{what}：名称无效' },
  'hint.job.image.name': {
    en: 'Correct `environment.image`: registry/name:tag, in lower case.',
    zh: '请修正 `environment.image`：仓库/名称:标签，使用小写。',
  },
  'job.image.not-found': {
    en: 'cannot fetch {what}: there is no such name or tag',
    zh: '无法拉取{what}：没有这个名称或标签',
  },
  'hint.job.image.not-found': {
    en: 'Correct name and tag in `environment.image`.',
    zh: '请修正 `environment.image` 中的名称和标签。',
  },
  'job.image.denied': {
    en: 'cannot fetch {what}: its registry refuses access',
    zh: '无法拉取{what}：镜像仓库拒绝访问',
  },
  'hint.job.image.denied': {
    en: 'Check the name; if the image is private, name its login in `environment.imagePullSecret`.',
    zh: '请检查名称；若为私有镜像，请在 `environment.imagePullSecret` 中指定登录凭据。',
  },
  'job.image.rate-limit': {
    en: 'cannot fetch {what}: its registry was asked too often',
    zh: '无法拉取{what}：镜像仓库的拉取次数已达上限',
  },
  'hint.job.image.rate-limit': {
    en: 'It is tried again; a mirror or a login to the registry avoids the limit.',
    zh: '会自动重试；使用镜像加速或登录仓库可避免限制。',
  },
  'job.image.host': {
    en: 'cannot fetch {what}: its registry {host} is not known',
    zh: '无法拉取{what}：无法解析镜像仓库 {host}',
  },
  'hint.job.image.host': {
    en: 'Correct the registry in `environment.image`, or use one that the nodes can reach.',
    zh: '请修正 `environment.image` 中的仓库，或使用节点可访问的仓库。',
  },
  'job.image.network': {
    en: 'cannot fetch {what}: its registry does not answer',
    zh: '无法拉取{what}：镜像仓库没有响应',
  },
  'hint.job.image.network': {
    en: 'It is tried again. If it lasts, use a mirror that the nodes can reach.',
    zh: '会自动重试。若持续失败，请使用节点可访问的镜像源。',
  },
  'job.image.certificate': {
    en: 'cannot fetch {what}: the nodes do not trust the certificate of its registry',
    zh: '无法拉取{what}：节点不信任镜像仓库的证书',
  },
  'hint.job.image.certificate': {
    en: 'Ask the administrator to install the authority of the registry on the nodes.',
    zh: '请管理员在节点上安装该仓库的 CA 证书。',
  },
  'job.image.platform': {
    en: 'cannot fetch {what}: it was not built for {platform}',
    zh: '无法拉取{what}：没有适用于 {platform} 的版本',
  },
  'hint.job.image.platform': {
    en: 'Build it for {platform}, or use another image.',
    zh: '请为 {platform} 构建，或使用其他镜像。',
  },
  'job.image.disk': {
    en: 'cannot fetch {what}: the disk of its node is full',
    zh: '无法拉取{what}：节点磁盘已满',
  },
  'hint.job.image.disk': {
    en: 'Use a smaller image, or tell the administrator.',
    zh: '请使用更小的镜像，或联系管理员。',
  },
  'job.image.not-on-node': {
    en: 'cannot start: {what} is not on its node and may not be fetched',
    zh: '无法启动：{what}不在节点上，且不允许拉取',
  },
  'hint.job.image.not-on-node': {
    en: 'Ask the administrator to put it there, or use another image.',
    zh: '请管理员预先放置镜像，或使用其他镜像。',
  },
  'job.image.unfetched': { en: 'cannot fetch {what}', zh: '无法拉取{what}' },
  'hint.job.image.unfetched': {
    en: 'Check `environment.image`; it is tried again.',
    zh: '请检查 `environment.image`；会自动重试。',
  },

  'job.start.no-secret': { en: 'cannot start: the secret “{name}” is missing', zh: '无法启动：缺少密钥“{name}”' },
  'job.start.no-config': {
    en: 'cannot start: the settings “{name}” are missing',
    zh: '无法启动：缺少配置“{name}”',
  },
  'hint.job.start.no-secret': {
    en: 'Make it: kubectl create secret generic {name} --from-literal=KEY=VALUE, or correct the name. The job then starts by itself.',
    zh: '请创建：kubectl create secret generic {name} --from-literal=键=值，或修正名称。之后任务会自动启动。',
  },
  'hint.job.start.no-config': {
    en: 'Make it in the namespace of the job, or correct the name. The job then starts by itself.',
    zh: '请在任务的命名空间中创建它，或修正名称。之后任务会自动启动。',
  },
  'job.start.no-key': {
    en: 'cannot start: the {kind} “{name}” has no key “{key}”',
    zh: '无法启动：{kind}“{name}”中没有键“{key}”',
  },
  'hint.job.start.no-key': {
    en: 'Add the key, or correct its name in the file.',
    zh: '请添加该键，或修正文件中的名称。',
  },
  'job.start.no-program': {
    en: 'cannot start: its image has no program “{program}”',
    zh: '无法启动：镜像中没有程序“{program}”',
  },
  'hint.job.start.no-program': {
    en: 'Correct `environment.command`, or use an image that has the program.',
    zh: '请修正 `environment.command`，或使用包含该程序的镜像。',
  },
  'job.start.not-executable': {
    en: 'cannot start: “{program}” may not be run',
    zh: '无法启动：“{program}”没有执行权限',
  },
  'hint.job.start.not-executable': {
    en: 'Run it by its interpreter (`[bash, …]`, `[python, …]`), or make it executable.',
    zh: '请用解释器运行（`[bash, …]`、`[python, …]`），或赋予执行权限。',
  },
  'job.start.no-folder': {
    en: 'cannot start: there is no folder “{folder}” to work in',
    zh: '无法启动：没有工作目录“{folder}”',
  },
  'hint.job.start.no-folder': {
    en: 'Correct the working directory, or mount storage there.',
    zh: '请修正工作目录，或在该处挂载存储。',
  },
  'job.start.driver': {
    en: 'cannot start: the GPU driver of its node does not work with containers',
    zh: '无法启动：所在节点的 GPU 驱动无法用于容器',
  },
  'hint.job.start.driver': {
    en: 'This is a fault of the node: tell the administrator, or use another pool.',
    zh: '这是节点的故障：请联系管理员，或换一个资源池。',
  },
  'job.start.runtime': {
    en: 'cannot start: its node has no container runtime “{runtime}”',
    zh: '无法启动：所在节点没有容器运行时“{runtime}”',
  },
  'hint.job.start.runtime': {
    en: 'Ask the administrator to set it up, or use another pool.',
    zh: '请管理员配置，或换一个资源池。',
  },
  'job.start.network': { en: 'cannot start: its node gives it no network', zh: '无法启动：所在节点未能分配网络' },
  'hint.job.start.network': {
    en: 'It is tried again; if it lasts, tell the administrator.',
    zh: '会自动重试；若持续如此，请联系管理员。',
  },
  'job.start.failed': { en: 'cannot be started', zh: '容器无法启动' },
  'hint.job.start.failed': {
    en: 'The details say what its node objects to.',
    zh: '详细信息说明了节点报告的原因。',
  },

  'job.storage.host-path': {
    en: 'cannot start: its node has no “{folder}” as it is asked for',
    zh: '无法启动：所在节点没有符合要求的“{folder}”',
  },
  'hint.job.storage.host-path': {
    en: 'Correct the path in `storage`, or have the folder made on all nodes of the pool.',
    zh: '请修正 `storage` 中的路径，或在资源池的所有节点上创建该目录。',
  },
  'job.storage.in-use': {
    en: 'waiting for its storage: another node has it ({volume})',
    zh: '等待存储：另一节点正在使用（{volume}）',
  },
  'hint.job.storage.in-use': {
    en: 'End the job that uses it, or use storage that several nodes may share.',
    zh: '请结束正在使用它的任务，或使用可多节点共享的存储。',
  },
  'job.storage.attach': {
    en: 'waiting for its storage: the volume {volume} cannot be attached',
    zh: '等待存储：无法挂接卷 {volume}',
  },
  'job.storage.late': {
    en: 'waiting for its storage: {volumes} could not be mounted in time',
    zh: '等待存储：{volumes} 未能及时挂载',
  },
  'job.storage.mount': {
    en: 'waiting for its storage: the volume {volume} cannot be mounted',
    zh: '等待存储：无法挂载卷 {volume}',
  },
  'hint.job.storage.attach': {
    en: 'It is tried again; if it lasts, tell the administrator.',
    zh: '会自动重试；若持续如此，请联系管理员。',
  },
  'hint.job.storage.late': {
    en: 'It is tried again; if it lasts, tell the administrator.',
    zh: '会自动重试；若持续如此，请联系管理员。',
  },
  'hint.job.storage.mount': {
    en: 'It is tried again; if it lasts, the details tell the administrator why.',
    zh: '会自动重试；若持续如此，请将详细信息提供给管理员。',
  },

  'job.ready.starting': { en: 'running, but does not answer yet', zh: '运行中，但尚未响应' },
  'hint.job.ready.starting': {
    en: 'A large model takes minutes to load: the log tells how far it is.',
    zh: '加载大模型需要几分钟：日志会显示进度。',
  },
  'job.ready.no-answer': { en: 'running, but does not answer', zh: '运行中，但没有响应' },
  'hint.job.ready.no-answer': {
    en: 'Compare the port and the path of its health check with what the program offers.',
    zh: '请核对健康检查的端口和路径与程序提供的是否一致。',
  },
  'job.ready.hung': {
    en: 'is started anew, since it does not answer any more',
    zh: '因不再响应而被重新启动',
  },
  'hint.job.ready.hung': {
    en: 'Its log tells what it was doing; give it more time if it only loads.',
    zh: '请查看日志；若只是仍在加载，请延长等待时间。',
  },

  'job.rollout.stuck': {
    en: 'does not get further: not all replicas became ready in time',
    zh: '没有进展：部分副本未能按时就绪',
  },
  'hint.job.rollout.stuck': {
    en: 'The replicas that are not ready tell why.',
    zh: '请查看未就绪的副本说明的原因。',
  },
  'job.rollout.refused': { en: 'waiting: {why}', zh: '等待中：{why}' },

  'job.node.preempted': { en: 'stopped by a job of higher priority', zh: '被更高优先级的任务抢占' },
  'hint.job.node.preempted': {
    en: 'It runs again when there is room; resume it, or raise its `priority`.',
    zh: '有空位时会再次运行；可恢复任务，或提高 `priority`。',
  },
  'job.node.memory': { en: 'evicted: its node ran low on memory', zh: '被驱逐：节点内存不足' },
  'job.node.memory.used': {
    en: 'evicted: its node ran low on memory; it used {used}, {asked} were asked for',
    zh: '被驱逐：节点内存不足；已用 {used}，申请 {asked}',
  },
  'hint.job.node.memory': {
    en: 'Ask for as much `memory` as it uses.',
    zh: '请按实际使用量设置 `memory`。',
  },
  'job.node.disk': { en: 'evicted: too little disk space', zh: '被驱逐：磁盘空间不足' },
  'job.node.disk.limit': {
    en: 'evicted: it wrote more than {limit} to the disk of its node',
    zh: '被驱逐：写入节点磁盘超过 {limit}',
  },
  'hint.job.node.disk': {
    en: 'Write checkpoints and caches to `storage`, not to the disk of the node.',
    zh: '请将检查点和缓存写入 `storage`，而非节点磁盘。',
  },
  'job.node.evicted': { en: 'evicted from its node', zh: '被节点驱逐' },
  'job.node.drained': { en: 'evicted: its node is being emptied', zh: '被驱逐：节点正在腾空' },
  'job.node.shutdown': { en: 'stopped: its node was shut down', zh: '已停止：所在节点关机' },
  'job.node.lost': { en: 'stopped: its node failed', zh: '已停止：所在节点故障' },
  'hint.job.node.evicted': { en: 'Resume it from its last checkpoint.', zh: '请从最后一个检查点恢复。' },
  'hint.job.node.drained': { en: 'Resume it from its last checkpoint.', zh: '请从最后一个检查点恢复。' },
  'hint.job.node.shutdown': { en: 'Resume it from its last checkpoint.', zh: '请从最后一个检查点恢复。' },
  'hint.job.node.lost': { en: 'Resume it from its last checkpoint.', zh: '请从最后一个检查点恢复。' },
  'job.node.silent': { en: 'unknown: its node does not answer', zh: '未知：所在节点没有响应' },
  'hint.job.node.silent': {
    en: 'If it lasts, tell the administrator.',
    zh: '若持续如此，请联系管理员。',
  },
  'job.node.timed-out': { en: 'stopped: its time limit is over', zh: '已停止：超过时限' },
  'hint.job.node.timed-out': {
    en: 'Raise `timeout`, and resume it from its last checkpoint.',
    zh: '请增大 `timeout`，并从最后一个检查点恢复。',
  },
  'job.node.no-devices': {
    en: 'refused by its node: {asked} {asked|GPU was|GPUs were} asked for, {available} {available|is|are} left there',
    zh: '被所在节点拒绝：申请 {asked} 张 GPU，该节点剩余 {available} 张',
  },
  'job.node.unhealthy': { en: 'refused by its node: its GPUs are not healthy', zh: '被所在节点拒绝：GPU 状态异常' },
  'hint.job.node.unhealthy': {
    en: 'Tell the administrator; submit it again for another node.',
    zh: '请联系管理员；重新提交会选择其他节点。',
  },
  'hint.job.node.no-devices': {
    en: 'Submit it again; if it lasts, tell the administrator that GPUs of this node are faulty.',
    zh: '请重新提交；若持续如此，请告知管理员该节点 GPU 可能有故障。',
  },
  'job.node.full': { en: 'refused by its node: too little {resource} is left', zh: '被所在节点拒绝：{resource} 不足' },
  'job.node.changed': {
    en: 'refused by its node: it does not belong to the pool or type any more',
    zh: '被所在节点拒绝：该节点已不属于所需的资源池或类型',
  },
  'job.node.refused': { en: 'refused by its node', zh: '被所在节点拒绝' },
  'hint.job.node.full': { en: 'Submit it again.', zh: '请重新提交。' },
  'hint.job.node.changed': { en: 'Submit it again.', zh: '请重新提交。' },
  'hint.job.node.refused': {
    en: 'Submit it again; the details say what its node objects to.',
    zh: '请重新提交；详细信息说明了节点拒绝的原因。',
  },
} as const satisfies Record<string, Text>;
