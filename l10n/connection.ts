import type { Text } from './text.ts';

/** What is said about the way to a cluster, and a cluster's refusals. */
export const connectionTexts = {
  'connection.refused': {
    en: 'The cluster “{cluster}” refused the connection: nothing listens at {host}.',
    zh: '集群“{cluster}”拒绝连接：{host} 上没有服务在监听。',
  },
  'connection.refused.hint': {
    en: 'Check whether the cluster is running, or whether a tunnel or VPN to it must be started.',
    zh: '请检查集群是否正在运行，或是否需要先启动隧道或 VPN。',
  },
  'connection.timeout': {
    en: 'The cluster “{cluster}” ({host}) did not answer in time.',
    zh: '集群“{cluster}”（{host}）未在规定时间内响应。',
  },
  'connection.unknown-host': {
    en: 'The address {host} of the cluster “{cluster}” is not known.',
    zh: '无法解析集群“{cluster}”的地址 {host}。',
  },
  'connection.unreachable': {
    en: 'There is no way from here to the cluster “{cluster}” ({host}).',
    zh: '无法从此处到达集群“{cluster}”（{host}）。',
  },
  'connection.broken': {
    en: 'The connection to the cluster “{cluster}” ({host}) broke.',
    zh: '与集群“{cluster}”（{host}）的连接已中断。',
  },
  'connection.network.hint': {
    en: 'Check the network and the VPN, then try again.',
    zh: '请检查网络和 VPN，然后重试。',
  },
  'connection.untrusted': {
    en: 'The certificate of {host} is signed by an authority that the kubeconfig does not name.',
    zh: '{host} 的证书由 kubeconfig 未指定的机构签发。',
  },
  'connection.untrusted.hint': {
    en: 'A proxy may be in between, or the cluster was set up anew: ask your cluster administrator for the current kubeconfig.',
    zh: '中间可能有代理，或集群已重新部署：请向集群管理员索取最新的 kubeconfig。',
  },
  'connection.certificate-expired': {
    en: 'The certificate of {host} is not valid today.',
    zh: '{host} 的证书目前不在有效期内。',
  },
  'connection.certificate-expired.hint': {
    en: 'Check the clock of this computer; if it is right, tell your cluster administrator.',
    zh: '请检查本机时间；若时间正确，请联系集群管理员。',
  },
  'connection.wrong-name': {
    en: 'The certificate at {host} was issued for another address.',
    zh: '{host} 的证书是为其他地址签发的。',
  },
  'connection.wrong-name.hint': {
    en: 'Use the address that the certificate names, or set “tls-server-name” in the kubeconfig.',
    zh: '请使用证书中的地址，或在 kubeconfig 中设置“tls-server-name”。',
  },
  'connection.not-tls': {
    en: 'What answers at {host} does not speak the language of a cluster.',
    zh: '{host} 的响应不是集群使用的协议。',
  },
  'connection.not-kubernetes': {
    en: 'What answers at {server} (HTTP {status}) is not a cluster.',
    zh: '{server} 的响应（HTTP {status}）不是来自集群。',
  },
  'connection.not-kubernetes.hint': {
    en: 'Check the address in the kubeconfig; a proxy or a login page may be in between.',
    zh: '请检查 kubeconfig 中的地址；中间可能有代理或登录页面。',
  },
  'connection.proxy': {
    en: 'The proxy on the way to the cluster “{cluster}” did not let the connection through ({reason}).',
    zh: '通往集群“{cluster}”的代理未放行连接（{reason}）。',
  },
  'connection.proxy.hint': {
    en: 'Check “proxy-url” in the kubeconfig, the editor’s setting “http.proxy”, and the variables HTTPS_PROXY and NO_PROXY.',
    zh: '请检查 kubeconfig 中的“proxy-url”、编辑器设置“http.proxy”以及环境变量 HTTPS_PROXY 和 NO_PROXY。',
  },
  'connection.proxy.unreachable': {
    en: 'The proxy {proxy}, through which the way to the cluster “{cluster}” goes, cannot be reached.',
    zh: '无法连接通往集群“{cluster}”的代理 {proxy}。',
  },
  'connection.proxy.login': {
    en: 'The proxy asks for a login: write it as http://name:password@host:port into “proxy-url” or HTTPS_PROXY.',
    zh: '代理要求登录：请以 http://用户名:密码@主机:端口 的形式写入“proxy-url”或 HTTPS_PROXY。',
  },
  'connection.cancelled': { en: 'Cancelled.', zh: '已取消。' },
  'connection.unknown-kind': {
    en: 'gpuctl does not know the kind “{kind}” ({apiVersion}).',
    zh: 'gpuctl 不支持类型“{kind}”（{apiVersion}）。',
  },
  'connection.forbidden.namespace': {
    en: 'You (“{user}”) may not {verb} {resource} in namespace “{namespace}”.',
    zh: '您（“{user}”）无权在命名空间“{namespace}”中{verb} {resource}。',
  },
  'connection.forbidden.cluster': {
    en: 'You (“{user}”) may not {verb} {resource} in the whole cluster “{cluster}”.',
    zh: '您（“{user}”）无权在整个集群“{cluster}”范围内{verb} {resource}。',
  },
  'connection.forbidden.hint': {
    en: 'Ask the administrator of “{cluster}” for a role with the verb “{verb}” on “{resource}” (API group “{group}”).',
    zh: '请向“{cluster}”的管理员申请角色：对“{resource}”（API 组“{group}”）的“{verb}”权限。',
  },
  'connection.forbidden.other': { en: 'The cluster does not allow it: {reason}', zh: '集群不允许此操作：{reason}' },
  'connection.forbidden.other.hint': {
    en: 'Ask the administrator of “{cluster}” what is allowed.',
    zh: '请向“{cluster}”的管理员确认允许的操作。',
  },
  'connection.verb.create': { en: 'create', zh: '创建' },
  'connection.verb.get': { en: 'read', zh: '读取' },
  'connection.verb.list': { en: 'list', zh: '列出' },
  'connection.verb.watch': { en: 'watch', zh: '监视' },
  'connection.verb.update': { en: 'change', zh: '更改' },
  'connection.verb.patch': { en: 'change', zh: '更改' },
  'connection.verb.delete': { en: 'delete', zh: '删除' },
  'connection.verb.use': { en: 'use', zh: '使用' },
  'connection.gpus': { en: 'GPUs', zh: 'GPU' },
  'connection.quota': {
    en: 'The quota “{quota}” does not leave enough. {amounts}.',
    zh: '配额“{quota}”余量不足。{amounts}。',
  },
  'connection.quota.amount': {
    en: '{resource}: {requested} asked for, {used} of {limit} in use',
    zh: '{resource}：申请 {requested}，已用 {used}，上限 {limit}',
  },
  'connection.quota.and': { en: '{first}; {rest}', zh: '{first}；{rest}' },
  'connection.quota.hint': {
    en: 'Ask for less, end a job of yours, or ask for a larger quota.',
    zh: '请减少申请量、结束自己的某个任务，或申请提高配额。',
  },
  'connection.quota-unspecified': {
    en: 'The quota “{quota}” demands that these are given: {fields}.',
    zh: '配额“{quota}”要求必须填写：{fields}。',
  },
  'connection.quota-unspecified.hint': {
    en: 'Add the missing amounts to the resources of the job.',
    zh: '请在任务的资源中补充缺少的数量。',
  },
  'connection.pod-security': {
    en: 'The security level “{level}” of the namespace does not allow: {settings}.',
    zh: '命名空间的安全级别“{level}”不允许：{settings}。',
  },
  'connection.pod-security.hint': {
    en: 'Remove these settings, or ask for a namespace that allows them.',
    zh: '请移除这些设置，或申请允许它们的命名空间。',
  },
  'connection.limit.most': {
    en: 'At most {limit} of {resource} are allowed per {per} here; {asked} was asked for.',
    zh: '此处每个 {per} 最多允许 {limit} 的 {resource}，申请了 {asked}。',
  },
  'connection.limit.least': {
    en: 'At least {limit} of {resource} are demanded per {per} here; {asked} was asked for.',
    zh: '此处每个 {per} 至少需要 {limit} 的 {resource}，申请了 {asked}。',
  },
  'connection.limit.hint': {
    en: 'Change the amount in the resources of the job.',
    zh: '请修改任务资源中的数量。',
  },
  'connection.policy': {
    en: 'The rule “{rule}” of the cluster refused it: {reason}',
    zh: '集群规则“{rule}”拒绝了此操作：{reason}',
  },
  'connection.policy.hint': {
    en: 'Change what the rule objects to, or talk to your cluster administrator.',
    zh: '请修改规则指出的内容，或联系集群管理员。',
  },
  'connection.policy-broken': {
    en: 'The cluster’s own check “{rule}” is out of order, so it refuses everything.',
    zh: '集群自身的检查“{rule}”发生故障，因此拒绝所有操作。',
  },
  'connection.policy-broken.hint': {
    en: 'This is a fault of the cluster, not of your file: tell your cluster administrator, then try again.',
    zh: '这是集群的故障，与您的文件无关：请联系集群管理员后重试。',
  },
  'connection.missing-part.hint': {
    en: 'Use another name, or ask your cluster administrator to create it.',
    zh: '请使用其他名称，或请集群管理员创建它。',
  },
  'connection.namespace-missing': {
    en: 'The namespace “{namespace}” does not exist.',
    zh: '命名空间“{namespace}”不存在。',
  },
  'connection.namespace-ending': {
    en: 'The namespace “{namespace}” is being deleted.',
    zh: '命名空间“{namespace}”正在被删除。',
  },
  'connection.namespace-missing.hint': {
    en: 'Select another namespace, or ask your cluster administrator to create it.',
    zh: '请选择其他命名空间，或请集群管理员创建它。',
  },
  'connection.no-such-api': {
    en: 'The cluster “{cluster}” does not offer what was asked for.',
    zh: '集群“{cluster}”不提供所请求的功能。',
  },
  'connection.no-such-api.hint': {
    en: 'An add-on may not be installed, or the cluster is too old: ask your cluster administrator.',
    zh: '可能未安装相应的扩展，或集群版本过旧：请咨询集群管理员。',
  },
  'connection.not-found': { en: '“{name}” ({kind}) does not exist.', zh: '“{name}”（{kind}）不存在。' },
  'connection.not-found.hint': {
    en: 'Check the name and the namespace; it may have been deleted meanwhile.',
    zh: '请检查名称和命名空间；它可能已被删除。',
  },
  'connection.exists': { en: '“{name}” ({kind}) exists already.', zh: '“{name}”（{kind}）已存在。' },
  'connection.exists.hint': {
    en: 'Choose another name, or delete the existing one first.',
    zh: '请换一个名称，或先删除已有的。',
  },
  'connection.being-deleted': {
    en: '“{name}” ({kind}) is still being deleted.',
    zh: '“{name}”（{kind}）仍在删除中。',
  },
  'connection.being-deleted.hint': { en: 'Try again in a moment.', zh: '请稍后重试。' },
  'connection.conflict': {
    en: '“{name}” ({kind}) was changed by somebody else at the same time.',
    zh: '“{name}”（{kind}）同时被他人修改。',
  },
  'connection.conflict.owner': {
    en: '“{manager}” has set {fields} and would lose it.',
    zh: '“{manager}”已设置 {fields}，此操作会将其覆盖。',
  },
  'connection.unknown-field': {
    en: 'The cluster does not know the field “{field}”.',
    zh: '集群不认识字段“{field}”。',
  },
  'connection.conflict.hint': {
    en: 'Look at it again, then repeat your change.',
    zh: '请重新查看后再次修改。',
  },
  'connection.immutable': {
    en: 'What differs in “{name}” ({kind}) cannot be changed once it exists.',
    zh: '“{name}”（{kind}）创建后，其中有差异的部分无法修改。',
  },
  'connection.immutable.hint': { en: 'Delete it and submit it again.', zh: '请删除后重新提交。' },
  'connection.invalid': {
    en: 'The cluster does not accept “{name}” ({kind}): {problem}',
    zh: '集群不接受“{name}”（{kind}）：{problem}',
  },
  'connection.invalid.hint': { en: 'Correct that value, then submit again.', zh: '请修正该值后重新提交。' },
  'connection.expired': {
    en: 'What is known of the cluster “{cluster}” is too old to go on from.',
    zh: '集群“{cluster}”的已知状态过旧，无法继续。',
  },
  'connection.bad-request': {
    en: 'The cluster does not understand the request: {reason}',
    zh: '集群无法理解该请求：{reason}',
  },
  'connection.bad-request.hint': {
    en: 'gpuctl and the cluster may be of versions that do not fit: compare them with your administrator.',
    zh: 'gpuctl 与集群的版本可能不匹配：请与管理员核对。',
  },
  'connection.refusal': {
    en: 'The cluster “{cluster}” refused (HTTP {status}): {reason}',
    zh: '集群“{cluster}”拒绝了请求（HTTP {status}）：{reason}',
  },
  'connection.busy': {
    en: 'The cluster “{cluster}” has too much to do at the moment.',
    zh: '集群“{cluster}”当前过于繁忙。',
  },
  'connection.unavailable': {
    en: 'The cluster “{cluster}” is not ready to answer (HTTP {status}).',
    zh: '集群“{cluster}”暂时无法响应（HTTP {status}）。',
  },
  'connection.later.hint': { en: 'Try again in a moment.', zh: '请稍后重试。' },
  'connection.server-error': {
    en: 'The cluster “{cluster}” made a mistake: {reason}',
    zh: '集群“{cluster}”发生内部错误：{reason}',
  },
  'connection.server-error.hint': {
    en: 'Try again; if it stays, tell your cluster administrator.',
    zh: '请重试；若问题持续，请联系集群管理员。',
  },
  'connection.node-unreachable': {
    en: 'The node on which it runs cannot be reached by the cluster.',
    zh: '集群无法连接到其所在的节点。',
  },
  'connection.node-unreachable.hint': {
    en: 'The node may be down: look at its state, then try again.',
    zh: '该节点可能已停机：请查看其状态后重试。',
  },
  'connection.log.not-started': {
    en: 'There is no log yet: the container has not started ({reason}).',
    zh: '尚无日志：容器还未启动（{reason}）。',
  },
  'connection.log.not-started.hint': {
    en: 'It will appear as soon as the container runs.',
    zh: '容器运行后日志会立即出现。',
  },
  'connection.log.none': {
    en: 'There is no such log: {reason}',
    zh: '没有这样的日志：{reason}',
  },
  'connection.log.none.hint': {
    en: 'Look at the list of pods for what there is.',
    zh: '请在 Pod 列表中查看现有的内容。',
  },
  'connection.log.torn': {
    en: 'The log stream broke before its end.',
    zh: '日志流在结束前中断。',
  },
  'connection.log.torn.hint': {
    en: 'It goes on from the last line when the cluster answers again.',
    zh: '集群恢复响应后将从最后一行继续。',
  },
  'connection.garbled': {
    en: 'The cluster sent something that cannot be read.',
    zh: '集群发送了无法解析的内容。',
  },
} as const satisfies Record<string, Text>;
