import type { Text } from './text.ts';

/** Programs in the containers of jobs, and the terminal there. */
export const podTerminalTexts = {
  'exec.ended': {
    en: 'It has ended, so nothing can be run in it any more.',
    zh: '它已结束，无法再在其中运行程序。',
  },
  'exec.none': {
    en: 'It is not running at this moment, so nothing can be run in it.',
    zh: '它当前未在运行，无法在其中运行程序。',
  },
  'exec.no-program': {
    en: 'Its image has no program “{program}”.',
    zh: '其镜像中没有程序“{program}”。',
  },
  'exec.failed': {
    en: 'The cluster could not run the program.',
    zh: '集群无法运行该程序。',
  },
  'exec.torn': {
    en: 'The connection was interrupted.',
    zh: '连接已中断。',
  },

  'terminal.no-shell': {
    en: 'The image of this job has no shell, so there is no terminal in it.',
    zh: '此任务的镜像中没有 shell，无法打开终端。',
  },
  'terminal.gone': {
    en: 'This part of the job is not there any more.',
    zh: '任务的这一部分已不存在。',
  },
  'terminal.not-started': {
    en: 'This part of the job does not run yet.',
    zh: '任务的这一部分尚未运行。',
  },
  'terminal.other-cluster': {
    en: 'The cluster has changed from {context} to {now} meanwhile. Look whether you mean this job, then open the terminal again.',
    zh: '集群已从 {context} 切换为 {now}。请确认仍是该任务，再重新打开终端。',
  },
  'terminal.ended': {
    en: 'The shell has ended with exit code {code}.',
    zh: 'shell 已结束，退出码为 {code}。',
  },

  'ui.terminal.pick': { en: 'Open a Terminal in a Job', zh: '在任务中打开终端' },
  'ui.terminal.pickRank': { en: 'Where in {name}?', zh: '在 {name} 的哪一部分打开？' },
  'ui.terminal.noPod': {
    en: 'No part of “{name}” runs at this moment, so there is no terminal in it.',
    zh: '“{name}”当前没有正在运行的部分，无法打开终端。',
  },
  'ui.terminal.name': { en: '{name} rank {rank}', zh: '{name} rank {rank}' },
  'ui.terminal.opening': { en: 'Opening a terminal in {where}…', zh: '正在 {where} 中打开终端…' },
  'ui.terminal.lost': {
    en: 'gpuctl was interrupted, and this shell with it.',
    zh: 'gpuctl 已中断，此 shell 也随之中断。',
  },
  'ui.terminal.again': {
    en: 'Press Enter to open a new shell, or close this terminal.',
    zh: '按 Enter 打开新的 shell，或关闭此终端。',
  },
} as const satisfies Record<string, Text>;
