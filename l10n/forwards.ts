import type { Text } from './text.ts';

/** Ports of jobs on this machine. */
export const forwardTexts = {
  'forward.refused': {
    en: 'The job runs, but nothing in it listens on port {port} yet. gpuctl goes on trying.',
    zh: '任务正在运行，但其中尚无程序监听端口 {port}。gpuctl 会继续尝试。',
  },
  'forward.none': {
    en: 'This part of the job is not running at this moment. gpuctl goes on as soon as it is.',
    zh: '任务的这一部分当前未在运行。恢复运行后 gpuctl 会自动继续。',
  },
  'forward.failed': {
    en: 'The cluster could not reach port {port} of the job. gpuctl goes on trying.',
    zh: '集群无法访问任务的端口 {port}。gpuctl 会继续尝试。',
  },
  'forward.torn': { en: 'The connection was interrupted.', zh: '连接已中断。' },
  'forward.connecting': { en: 'The job is being looked for.', zh: '正在查找任务。' },
  'forward.stopped': { en: 'This forward has been stopped.', zh: '此转发已停止。' },
  'forward.gone': {
    en: 'There is no job “{name}” in namespace {namespace} at this moment. The forward goes on when one of that name runs.',
    zh: '命名空间 {namespace} 中当前没有任务“{name}”。同名任务运行后，转发会自动继续。',
  },
  'forward.pods': { en: 'The job does not run: {state}', zh: '任务未在运行：{state}' },
  'forward.no-rank': {
    en: 'The job has no rank {rank} that runs at this moment.',
    zh: '任务当前没有正在运行的 rank {rank}。',
  },
  'forward.elsewhere': {
    en: 'The forward leads to {context}, and this window is connected to {now}. It goes on when the window is back there.',
    zh: '此转发指向 {context}，而当前窗口连接的是 {now}。窗口切换回去后会自动继续。',
  },
  'forward.no-port': {
    en: 'No port of this machine could be opened for it.',
    zh: '无法在本机打开用于转发的端口。',
  },
  'forward.no-port.hint': {
    en: 'End the program that holds the port, or stop the forward and choose another port.',
    zh: '请结束占用该端口的程序，或停止此转发后改用其他端口。',
  },
  'forward.other-port': {
    en: 'Port {wanted} of this machine is in use by another program, so it is {port} now.',
    zh: '本机端口 {wanted} 已被其他程序占用，现改用 {port}。',
  },

  'ui.forward.state.connecting': { en: 'connecting', zh: '正在连接' },
  'ui.forward.state.ready': { en: 'ready', zh: '就绪' },
  'ui.forward.state.waiting': { en: 'waiting', zh: '等待中' },
  'ui.forward.state.failed': { en: 'failed', zh: '失败' },
  'ui.forward.to': { en: 'port {port}', zh: '端口 {port}' },
  'ui.forward.leads': { en: 'Leads to', zh: '指向' },
  'ui.forward.cluster': { en: 'Cluster', zh: '集群' },
  'ui.forward.spoken': { en: 'Forward {url}', zh: '转发 {url}' },
  'ui.forward.others': { en: 'Forwards to other jobs', zh: '指向其他任务的转发' },
  'ui.forward.pick': { en: 'Forward a Port of a Job', zh: '转发任务的端口' },
  'ui.forward.pickOpen': { en: 'Open a Service in the Browser', zh: '在浏览器中打开服务' },
  'ui.forward.port': { en: 'Which port of {name}?', zh: '要访问 {name} 的哪个端口？' },
  'ui.forward.otherPort': { en: 'Another port…', zh: '其他端口…' },
  'ui.forward.port.prompt': {
    en: 'The port that the program in the job listens on.',
    zh: '任务中的程序所监听的端口。',
  },
  'ui.forward.port.wrong': { en: 'A port is a number from 1 to 65535.', zh: '端口是 1 到 65535 之间的数字。' },
  'ui.forward.started': { en: '{url} leads to port {port} of {name}.', zh: '{url} 已指向 {name} 的端口 {port}。' },
  'ui.forward.waiting': { en: 'Waiting for port {port} of {name}', zh: '正在等待 {name} 的端口 {port}' },
  'ui.forward.open': { en: 'Open in Browser', zh: '在浏览器中打开' },
  'ui.forward.copy': { en: 'Copy URL', zh: '复制 URL' },
  'ui.forward.copied': { en: 'Copied {url}', zh: '已复制 {url}' },
  'ui.forward.stop': { en: 'Stop Forward', zh: '停止转发' },
  'ui.forward.restart': { en: 'Restart Forward', zh: '重启转发' },
  'ui.forward.none': {
    en: 'No port of a job is forwarded. Start one from the menu of a running job.',
    zh: '当前没有任何端口转发。可从运行中任务的菜单启动。',
  },
  'ui.forward.lost': {
    en: 'gpuctl was interrupted; the forward comes back by itself.',
    zh: 'gpuctl 已中断，转发会自动恢复。',
  },
  'ui.forward.notAgain': {
    en: 'gpuctl was interrupted and could not bring it back. Restart it.',
    zh: 'gpuctl 中断后未能恢复此转发，请重启转发。',
  },
} as const satisfies Record<string, Text>;
