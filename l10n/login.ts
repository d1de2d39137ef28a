import type { Text } from './text.ts';

/** What is said about the kubeconfig and about logging in. */
export const loginTexts = {
  'connection.kubeconfig.none': {
    en: 'No kubeconfig was found. Looked for: {files}.',
    zh: '未找到 kubeconfig。已查找：{files}。',
  },
  'connection.kubeconfig.none.hint': {
    en: 'Put the file that your cluster administrator gave you there, or name its path in the setting “gpuctl.kubeconfig”.',
    zh: '请将集群管理员提供的文件放到该位置，或在设置“gpuctl.kubeconfig”中指定其路径。',
  },
  'connection.kubeconfig.unreadable': {
    en: 'The kubeconfig {file} cannot be read ({reason}).',
    zh: '无法读取 kubeconfig {file}（{reason}）。',
  },
  'connection.kubeconfig.unreadable.hint': {
    en: 'Make sure that it is a file and that you may read it.',
    zh: '请确认它是一个文件，并且您有读取权限。',
  },
  'connection.kubeconfig.syntax': {
    en: 'The kubeconfig {file} is not valid YAML in line {line}: {reason}.',
    zh: 'kubeconfig {file} 第 {line} 行不是有效的 YAML：{reason}。',
  },
  'connection.kubeconfig.syntax.hint': {
    en: 'Open the file and correct that line.',
    zh: '请打开该文件并修正这一行。',
  },
  'connection.kubeconfig.no-context': {
    en: 'The kubeconfig does not say which cluster to use: it has no current context.',
    zh: 'kubeconfig 未指定要使用的集群：没有当前上下文。',
  },
  'connection.kubeconfig.context-missing': {
    en: 'The kubeconfig has no context “{context}”. It has: {contexts}.',
    zh: 'kubeconfig 中没有上下文“{context}”。现有：{contexts}。',
  },
  'connection.kubeconfig.cluster-missing': {
    en: 'The context “{context}” names the cluster “{cluster}”, but the kubeconfig says nothing about that cluster.',
    zh: '上下文“{context}”引用了集群“{cluster}”，但 kubeconfig 中没有该集群的信息。',
  },
  'connection.kubeconfig.user-missing': {
    en: 'The context “{context}” names the user “{user}”, but the kubeconfig says nothing about that user.',
    zh: '上下文“{context}”引用了用户“{user}”，但 kubeconfig 中没有该用户的信息。',
  },
  'connection.kubeconfig.choose.hint': {
    en: 'Select another cluster, or complete the kubeconfig.',
    zh: '请选择其他集群，或补全 kubeconfig。',
  },
  'connection.kubeconfig.file': {
    en: 'The kubeconfig names the file {file}, which cannot be read ({reason}).',
    zh: 'kubeconfig 引用的文件 {file} 无法读取（{reason}）。',
  },
  'connection.kubeconfig.file.hint': {
    en: 'Restore that file, or ask your cluster administrator for a new kubeconfig.',
    zh: '请恢复该文件，或向集群管理员索取新的 kubeconfig。',
  },
  'connection.kubeconfig.certificate': {
    en: 'The certificate or key in the kubeconfig is damaged.',
    zh: 'kubeconfig 中的证书或密钥已损坏。',
  },
  'connection.kubeconfig.server': {
    en: 'The address “{server}” of the cluster “{cluster}” is not a web address.',
    zh: '集群“{cluster}”的地址“{server}”不是有效的网址。',
  },
  'connection.plugin-missing': {
    en: 'The login program “{command}”, which the kubeconfig asks for, was not found.',
    zh: '找不到 kubeconfig 指定的登录程序“{command}”。',
  },
  'connection.plugin-missing.hint': {
    en: 'Install “{command}” and make sure that it can be run in a new terminal, then try again.',
    zh: '请安装“{command}”，确认能在新终端中运行它，然后重试。',
  },
  'connection.plugin-missing.install': {
    en: 'Install {name} (“{install}”), make sure that it can be run in a new terminal, then try again.',
    zh: '请安装 {name}（“{install}”），确认能在新终端中运行它，然后重试。',
  },
  'connection.plugin-missing.own': {
    en: 'The kubeconfig says how to get it: {hint}',
    zh: 'kubeconfig 给出了安装说明：{hint}',
  },
  'connection.plugin-failed': {
    en: 'The login program “{command}” failed: {reason}',
    zh: '登录程序“{command}”执行失败：{reason}',
  },
  'connection.plugin-failed.hint': {
    en: 'Run “{command}” in a terminal, log in there, then try again.',
    zh: '请在终端中运行“{command}”并登录，然后重试。',
  },
  'connection.plugin-timeout': {
    en: 'The login program “{command}” gave no answer within {seconds} seconds.',
    zh: '登录程序“{command}”在 {seconds} 秒内没有响应。',
  },
  'connection.login-late': {
    en: 'The login for “{cluster}” has not ended yet.',
    zh: '“{cluster}”的登录尚未完成。',
  },
  'connection.login-late.hint': {
    en: 'Log in where it asks you to, for example in the browser, or wait a little.',
    zh: '请在其要求的地方（例如浏览器）完成登录，或稍候片刻。',
  },
  'connection.plugin-timeout.hint': {
    en: 'Perhaps it waits for input: run “{command}” in a terminal, log in there, then try again.',
    zh: '它可能在等待输入：请在终端中运行“{command}”并登录，然后重试。',
  },
  'connection.plugin-interactive': {
    en: 'The login program “{command}” works only in a terminal.',
    zh: '登录程序“{command}”只能在终端中使用。',
  },
  'connection.plugin-interactive.hint': {
    en: 'Ask your cluster administrator for a kubeconfig without “interactiveMode: Always” for “{command}”.',
    zh: '请向集群管理员索取不含“interactiveMode: Always”的“{command}”配置的 kubeconfig。',
  },
  'connection.unauthorized': {
    en: 'The cluster “{cluster}” does not accept your login any more.',
    zh: '集群“{cluster}”不再接受您的登录凭据。',
  },
  'connection.unauthorized.login': {
    en: 'Log in again: run “{login}” in a terminal (the credentials come from “{command}”), then try again.',
    zh: '请重新登录：在终端中运行“{login}”（凭据来自“{command}”），然后重试。',
  },
  'connection.unauthorized.plugin': {
    en: 'Log in again with “{command}” in a terminal, then try again.',
    zh: '请在终端中使用“{command}”重新登录，然后重试。',
  },
  'connection.unauthorized.provider': {
    en: 'Log in again with the tool that wrote the “{provider}” login into the kubeconfig, then try again.',
    zh: '请使用写入“{provider}”登录信息的工具重新登录，然后重试。',
  },
  'connection.unauthorized.token-file': {
    en: 'The token in {file} has expired or was withdrawn: have it renewed, then try again.',
    zh: '{file} 中的令牌已过期或被撤销：请更新后重试。',
  },
  'connection.unauthorized.token': {
    en: 'The token in the kubeconfig has expired or was withdrawn: ask your cluster administrator for a new one.',
    zh: 'kubeconfig 中的令牌已过期或被撤销：请向集群管理员索取新的令牌。',
  },
  'connection.unauthorized.environment': {
    en: 'GPUCTL_SERVER names this cluster: put a valid token into GPUCTL_TOKEN, or into the file that GPUCTL_TOKEN_FILE names.',
    zh: '该集群由 GPUCTL_SERVER 指定：请在 GPUCTL_TOKEN 或 GPUCTL_TOKEN_FILE 所指的文件中提供有效的令牌。',
  },
  'connection.unauthorized.certificate': {
    en: 'The certificate in the kubeconfig has expired or does not belong to this cluster: ask your cluster administrator for a new kubeconfig.',
    zh: 'kubeconfig 中的证书已过期或不属于该集群：请向集群管理员索取新的 kubeconfig。',
  },
  'connection.oidc': {
    en: 'Your login at {issuer} could not be renewed: {reason}',
    zh: '无法在 {issuer} 续期您的登录：{reason}',
  },
  'connection.insecure': {
    en: 'The connection to “{cluster}” is not protected: nobody checks who answers, so others on the network may read or change what is sent. Ask your cluster administrator for a kubeconfig with a certificate authority.',
    zh: '与“{cluster}”的连接未受保护：未校验对方身份，网络中的其他人可能读取或篡改传输内容。请向集群管理员索取包含证书颁发机构的 kubeconfig。',
  },
  'connection.unauthorized.other': {
    en: 'The kubeconfig holds no login for this cluster: ask your cluster administrator for one.',
    zh: 'kubeconfig 中没有该集群的登录信息：请向集群管理员索取。',
  },
} as const satisfies Record<string, Text>;
