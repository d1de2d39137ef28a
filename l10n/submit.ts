import type { Text } from './text.ts';

/** What submitting and deleting say. */
export const submitTexts = {
  'submit.other-cluster': {
    en: 'The cluster has changed from {context} to {now} meanwhile. Nothing was submitted; look where “{name}” would go now, and submit again.',
    zh: '集群已从 {context} 切换为 {now}，未提交任何内容。请确认“{name}”的去向后重新提交。',
  },
  'submit.other-namespace': {
    en: 'The namespace has changed from {namespace} to {now} meanwhile. Nothing was submitted; look where “{name}” would go now, and submit again.',
    zh: '命名空间已从 {namespace} 切换为 {now}，未提交任何内容。请确认“{name}”的去向后重新提交。',
  },
  'submit.being-deleted': {
    en: 'The job “{name}” in {namespace} is still being deleted. Try again in a moment.',
    zh: '{namespace} 中的任务“{name}”仍在删除中，请稍后重试。',
  },
  'submit.leftover': {
    en: 'The {kind} “{name}” of a deleted job is still in {namespace}.',
    zh: '{namespace} 中仍有已删除任务留下的 {kind}“{name}”。',
  },
  'submit.part-taken': {
    en: 'This job needs a {kind} named “{name}”, but {namespace} has one that gpuctl did not make.',
    zh: '此任务需要名为“{name}”的 {kind}，但 {namespace} 中已有一个非 gpuctl 创建的同名对象。',
  },
  'submit.wait': { en: 'Try again in a moment.', zh: '请稍后重试。' },
  'submit.source-left-out': {
    en: 'The document is too long to be kept with the job (over 200 KiB), so the job cannot be reopened from the cluster.',
    zh: '文档过长（超过 200 KiB），未随任务保存，因此无法从集群重新打开。',
  },
  'submit.nodes-unknown': {
    en: 'The nodes of this cluster may not be listed, so pool and GPU type are taken just as they are written.',
    zh: '您无权查看此集群的节点，资源池和 GPU 类型将按原文使用。',
  },
  'submit.ask.ended': {
    en: 'The job “{name}” in {namespace} has ended: {state}. To run it again, that run is deleted; its log is saved on this machine first, and storage is kept.',
    zh: '{namespace} 中的任务“{name}”已结束：{state}。再次运行会删除该次运行；其日志会先保存到本机，存储会保留。',
  },
  'submit.log-saved': {
    en: 'The log of the last run of “{name}” is in {file}.',
    zh: '“{name}”上一次运行的日志保存在 {file}。',
  },
  'submit.ask.replace': {
    en: 'The job “{name}” in {namespace} is there already ({state}), and what you changed cannot be changed in a job that was started. It is ended, deleted and started anew; its log is saved on this machine first, and storage is kept.',
    zh: '{namespace} 中已有任务“{name}”（{state}），而您修改的内容无法在已启动的任务上更改。它将被终止、删除并重新启动；其日志会先保存到本机，存储会保留。',
  },
  'submit.ask.other-kind': {
    en: 'The name “{name}” in {namespace} belongs to a {kind} ({state}). It is ended and deleted to make room; storage is kept.',
    zh: '{namespace} 中的名称“{name}”已被一个“{kind}”类型的任务（{state}）占用。它将被终止并删除；存储会保留。',
  },
  'submit.ask.other-user': {
    en: 'Another job of that name: “{name}” in {namespace} was submitted by {user}.',
    zh: '同名的另一个任务：{namespace} 中的“{name}”由 {user} 提交。',
  },
  'submit.ask.other-file': {
    en: 'Another job of that name: “{name}” in {namespace} was submitted from {path}.',
    zh: '同名的另一个任务：{namespace} 中的“{name}”提交自 {path}。',
  },
  'submit.ask.in-part': {
    en: 'Only {now} of the {pods} nodes that “{name}” needs have {gpus} free {gpus|GPU|GPUs} now. Started like this, {now} would hold GPUs and wait for the rest. Hold it, and start it when all of it fits.',
    zh: '“{name}”需要 {pods} 个各有 {gpus} 张空闲 GPU 的节点，目前只有 {now} 个。现在启动会占住 {now} 个节点的 GPU 并等待其余节点。可以先挂起任务，待全部满足时再启动。',
  },
  'submit.ask.preempts': {
    en: '“{name}” fits now only by pushing out jobs of lower priority: {victims}. Their work since the last checkpoint is lost. Hold it, and start it when there is room; with `priority: low` it waits by itself.',
    zh: '目前只有挤出优先级更低的任务，“{name}”才能运行：{victims}。它们自上一个检查点以来的工作会丢失。可以先挂起任务，待有空闲时再启动；设为 `priority: low` 则会自行排队。',
  },
  'submit.ask.preempts-in-part': {
    en: '“{name}” does not fit as a whole. Started now, {now} of its {pods} parts would run, push out jobs of lower priority ({victims}) and wait for the rest. The work of those since the last checkpoint is lost. Hold it, and start it when there is room; with `priority: low` it waits by itself.',
    zh: '“{name}”无法整体运行。现在启动，{pods} 个部分中只有 {now} 个能运行，并会挤出优先级更低的任务（{victims}），然后等待其余部分。被挤出的任务自上一个检查点以来的工作会丢失。可以先挂起任务，待有空闲时再启动；设为 `priority: low` 则会自行排队。',
  },
  'submit.takes-effect-later': {
    en: '“{name}” goes on as it is. Stop and start it for the change to take effect; its kernels lose their state then.',
    zh: '“{name}”会按原样继续运行。停止并重新启动后更改才会生效，届时其内核状态会丢失。',
  },
  'submit.stays-stopped': {
    en: 'The job “{name}” is stopped and stays so; start it when you want it to run.',
    zh: '任务“{name}”处于停止状态并将保持停止；需要运行时请启动它。',
  },
  'submit.unreadable': {
    en: 'The file cannot be read: it was moved or deleted meanwhile, or you may not read it. Look where it is, and choose it again.',
    zh: '无法读取该文件：它可能已被移动或删除，或者您没有读取权限。请确认文件位置后重新选择。',
  },
  'submit.document-gone': {
    en: 'The {kind} “{name}” is no longer in this file, so nothing was submitted.',
    zh: '此文件中已没有 {kind}“{name}”，因此未提交任何内容。',
  },
  'submit.no-kueue': {
    en: 'The queue “{queue}” is left out: this cluster has no queues (Kueue). The job starts as soon as its GPUs are free.',
    zh: '未使用队列“{queue}”：此集群没有队列（Kueue）。GPU 空闲后任务会立即启动。',
  },
  'submit.no-queue': {
    en: 'There is no queue “{queue}” in {namespace}, so the job waits until somebody makes it.',
    zh: '{namespace} 中没有队列“{queue}”，任务会一直等待，直到该队列被创建。',
  },
  'submit.pool-restricted': {
    en: 'The pool “{pool}” is not for everybody, and you may not use it.',
    zh: '资源池“{pool}”仅限部分用户使用，您无权使用。',
  },
  'submit.pool-restricted.hint': {
    en: 'Ask its administrator for the right to “use” it, or name another pool.',
    zh: '请向其管理员申请使用权限（use），或改用其他资源池。',
  },
  'submit.racks-unknown': {
    en: '“{name}” must stand in one rack, but the nodes of pool {pool} do not say in which rack they are.',
    zh: '“{name}”要求在同一机架内，但资源池 {pool} 的节点没有机架信息。',
  },
  'submit.racks-unknown.hint': {
    en: 'Name the label in the pool’s `site.rackLabel`, or write `sameRack: preferred`.',
    zh: '请在资源池的 `site.rackLabel` 中写明标签，或改为 `sameRack: preferred`。',
  },
  'submit.no-rack': {
    en: '“{name}” needs {pods} nodes with {gpus} GPUs each in one rack; the largest rack has {most}.',
    zh: '“{name}”需要同一机架内 {pods} 个各有 {gpus} 张 GPU 的节点；最大的机架只有 {most} 个。',
  },
  'submit.no-rack.hint': {
    en: 'Use fewer nodes, or write `sameRack: preferred`.',
    zh: '请减少节点数，或改为 `sameRack: preferred`。',
  },
  'plan.create': { en: 'makes {kind} {name}', zh: '创建 {kind} {name}' },
  'plan.change': { en: 'changes {kind} {name}', zh: '更改 {kind} {name}' },
  'plan.replace': { en: 'deletes {kind} {name} and makes it anew', zh: '删除并重新创建 {kind} {name}' },
  'plan.remove': { en: 'deletes {kind} {name}', zh: '删除 {kind} {name}' },
  'delete.other-cluster': {
    en: 'The cluster has changed from {context} to {now} meanwhile, so the job “{name}” was not deleted.',
    zh: '集群已从 {context} 切换为 {now}，因此未删除任务“{name}”。',
  },
} as const satisfies Record<string, Text>;
