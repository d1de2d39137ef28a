import type { Text } from './text.ts';

/** Logs: what is said between their lines, their commands, those that are kept. */
export const logTexts = {
  'log.ended': { en: 'The job has ended: {state}.', zh: '任务已结束：{state}。' },
  'log.failed': { en: 'The log cannot be followed any more: {why}', zh: '无法继续查看日志：{why}' },
  'log.other-cluster': {
    en: 'This log is of cluster {cluster}, which this window has left.',
    zh: '此日志来自集群 {cluster}，当前窗口已切换到其他集群。',
  },
  'log.gone': { en: 'The job was deleted.', zh: '任务已删除。' },
  'log.waiting': {
    en: 'Nothing of it has started yet: {why}. The log begins here by itself.',
    zh: '尚未开始运行：{why}。开始后日志会自动显示在这里。',
  },
  'log.again': { en: 'Started again, on {node}.', zh: '已在 {node} 上重新启动。' },
  'log.again-rank': { en: 'Rank {rank} was started again, on {node}.', zh: 'rank {rank} 已在 {node} 上重新启动。' },
  'log.unread': { en: 'The rest of this log cannot be read: {why}', zh: '无法读取其余日志：{why}' },
  'log.unread-rank': {
    en: 'The rest of the log of rank {rank} cannot be read: {why}',
    zh: '无法读取 rank {rank} 的其余日志：{why}',
  },
  'log.unread-one': {
    en: 'The rest of the log of {name} cannot be read: {why}',
    zh: '无法读取 {name} 的其余日志：{why}',
  },
  'log.cut': {
    en: 'Not all of this log is saved: reading it took more than {seconds} s.',
    zh: '此日志未完整保存：读取超过 {seconds} 秒。',
  },
  'log.cannot-write': {
    en: 'The log cannot be written into {folder}: {why}',
    zh: '无法将日志写入 {folder}：{why}',
  },
  'log.cannot-write.full': {
    en: 'the disk is full. Make room there, or set `GPUCTL_STATE` to another folder.',
    zh: '磁盘已满。请清理空间，或将 `GPUCTL_STATE` 设为其他文件夹。',
  },
  'log.cannot-write.refused': {
    en: 'you may not write there ({code}). Change its rights, or set `GPUCTL_STATE` to another folder.',
    zh: '没有写入权限（{code}）。请修改权限，或将 `GPUCTL_STATE` 设为其他文件夹。',
  },
  'log.cannot-write.other': {
    en: 'the system says {code}. Look at that disk, or set `GPUCTL_STATE` to another folder.',
    zh: '系统返回 {code}。请检查该磁盘，或将 `GPUCTL_STATE` 设为其他文件夹。',
  },
  'log.previous-gone': {
    en: 'The log of the try before of “{name}” is no longer there: the cluster has cleaned it up. The logs of earlier runs that are kept: `Show Saved Logs`.',
    zh: '“{name}”上一次尝试的日志已不存在：集群已将其清理。已保存的更早运行的日志见“查看已保存的日志”。',
  },
  'log.no-pod': {
    en: 'The job “{name}” in {namespace} has no log yet: nothing of it has started.',
    zh: '{namespace} 中的任务“{name}”还没有日志：尚未开始运行。',
  },
  'log.no-previous': {
    en: 'There is no log of an earlier try of “{name}”: it was started once only. The logs of earlier runs that are kept: `Show Saved Logs`.',
    zh: '没有“{name}”更早的日志：它只启动过一次。已保存的更早运行的日志见“查看已保存的日志”。',
  },
  'log.previous-end': { en: 'That was all that the try before has said.', zh: '上一次尝试的日志到此为止。' },
  'cli.logs.either': {
    en: 'A try that is over cannot be followed: leave out `--follow` or `--previous`.',
    zh: '已结束的尝试无法跟踪：请去掉 `--follow` 或 `--previous`。',
  },
  'cli.option.previous': { en: 'of the try before', zh: '上一次尝试的日志' },
  'cli.option.rank': { en: 'of this rank only', zh: '仅此 rank' },

  'ui.log.pick': { en: 'Show the Log of a Job', zh: '查看任务日志' },
  'ui.log.pick-previous': { en: 'Show the Log of the Try Before', zh: '查看上一次尝试的日志' },
  'ui.log.pick-whole': { en: 'Open the Whole Log of a Job as a File', zh: '将任务的完整日志作为文件打开' },
  'ui.log.stop': { en: 'Stop Following a Log', zh: '停止跟踪日志' },
  'ui.log.dropped': {
    en: 'Earlier lines are no longer shown here. “Open Whole Log as File” has all of them.',
    zh: '较早的日志不再显示；“将完整日志作为文件打开”可查看全部。',
  },
  'ui.log.stopped': { en: 'No longer followed.', zh: '已停止跟踪。' },
  'ui.log.resumed': { en: 'The connection was interrupted; the log goes on.', zh: '连接曾中断，日志继续。' },
  'ui.log.title': { en: 'gpuctl: {name}', zh: 'gpuctl：{name}' },
  'ui.log.title.previous': { en: 'gpuctl: {name}, try before', zh: 'gpuctl：{name}（上一次）' },
  'ui.log.saving': { en: 'Reading the whole log of {name}', zh: '正在读取 {name} 的完整日志' },
  'ui.log.no-error': { en: 'No error was seen in this log so far.', zh: '目前未在此日志中发现错误。' },
  'ui.log.first-error': { en: 'The first error of this log.', zh: '此日志的首个错误。' },
  'ui.log.which-file': { en: 'Which file?', zh: '打开哪个文件？' },
  'ui.log.saved': { en: 'Saved Logs', zh: '已保存的日志' },
  'ui.log.saved.none': {
    en: 'No log is saved yet. The logs of your jobs are kept when the jobs end or are deleted.',
    zh: '还没有保存的日志。您的任务结束或删除时，日志会保存下来。',
  },
  'ui.log.saved.off': {
    en: 'No logs are kept: `gpuctl.logs.keep` is 0.',
    zh: '未保存日志：`gpuctl.logs.keep` 为 0。',
  },
  'ui.log.saved.run': { en: 'run {run} · {at} · {size}', zh: '第 {run} 次运行 · {at} · {size}' },
  'ui.log.saved.where': { en: '{namespace} on {cluster}', zh: '{cluster} 的 {namespace}' },
  'ui.log.saved.delete': { en: 'Delete', zh: '删除' },
  'ui.log.notFollowed': { en: 'The log of {name} is not being followed.', zh: '当前没有跟踪 {name} 的日志。' },
  'ui.log.saved.look': { en: 'Show Saved Logs', zh: '查看已保存的日志' },
  'ui.log.saved.lost': {
    en: 'They cannot be got back: {names}; {size} in all.',
    zh: '删除后无法恢复：{names}；共 {size}。',
  },
  'ui.log.saved.deleteAll': { en: 'Delete All', zh: '全部删除' },
  'ui.log.saved.search': { en: 'Search in Saved Logs', zh: '在已保存的日志中搜索' },
  'ui.log.saved.confirm': {
    en: 'Delete {logs} saved {logs|log|logs} from this machine?',
    zh: '从本机删除 {logs} 份已保存的日志？',
  },
} as const satisfies Record<string, Text>;
