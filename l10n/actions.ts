import type { Text } from './text.ts';

/** Code actions, names across the workspace. */
export const actionTexts = {
  'finding.job.twice-in-workspace': {
    en: 'A job `{name}` is in {file}, too. In one namespace only one of them can run.',
    zh: '{file} 中也有名为 `{name}` 的任务。同一命名空间中只能运行其中一个。',
  },
  'finding.job.twice-in-workspace.more': {
    en: 'A job `{name}` is in {file} and {count} {count|other file|other files}, too. In one namespace only one of them can run.',
    zh: '{file} 和另外 {count} 个文件中也有名为 `{name}` 的任务。同一命名空间中只能运行其中一个。',
  },
  'action.fix-all': {
    en: 'Fix all {count} problems of this file that have one right fix',
    zh: '修复此文件中所有 {count} 个有确定修复方法的问题',
  },
  'action.fix-all.source': {
    en: 'Fix all problems that have one right fix',
    zh: '修复所有有确定修复方法的问题',
  },
  'action.ignore': { en: 'Ignore `{code}` here', zh: '在此处忽略 `{code}`' },
  'action.spelling': { en: 'Write the keys of this document in {spelling}', zh: '将此文档的键改写为 {spelling}' },
  'action.spelling.file': { en: 'Write the keys of this file in {spelling}', zh: '将此文件的键改写为 {spelling}' },
  'action.split': {
    en: 'Split the {gpus} GPUs over {nodes} nodes, {each} on each',
    zh: '将 {gpus} 个 GPU 分到 {nodes} 个节点，每个节点 {each} 个',
  },
  'action.split.one': { en: 'Put the {gpus} GPUs on one node', zh: '将 {gpus} 个 GPU 放到一个节点' },
  'action.split.fits': { en: '{split} (fits now)', zh: '{split}（当前可容纳）' },
  'action.add-section': { en: 'Add `{section}`', zh: '添加 `{section}`' },
  'action.move-secret': {
    en: 'Take {name} from the secret `{secret}`, which must have a key `{key}`',
    zh: '改为从 Secret `{secret}` 读取 {name}（该 Secret 须已有键 `{key}`）',
  },
  'action.rename.taken': {
    en: 'There is a {what} called {name} already, in {file}. Choose another name.',
    zh: '{file} 中已有名为 {name} 的{what}，请换一个名称。',
  },
  'action.rename.default': {
    en: '`default` stands for the nodes that belong to no pool. Choose another name.',
    zh: '`default` 表示不属于任何资源池的节点，请换一个名称。',
  },
  'action.rename.job': { en: 'job', zh: '任务' },
  'action.rename.pool': { en: 'pool', zh: '资源池' },
} as const satisfies Record<string, Text>;
