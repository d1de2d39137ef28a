import type { Text } from './text.ts';

/** Names of what mends a finding. */
export const fixTexts = {
  'fix.yaml.spaces': { en: 'Indent with spaces', zh: '改用空格缩进' },
  'fix.yaml.space': { en: 'Add the space', zh: '补上空格' },
  'fix.yaml.wide-colon': { en: 'Write `:` and a space', zh: '改为半角冒号加空格' },
  'fix.yaml.colon': { en: 'Add the colon', zh: '补上冒号' },
  'fix.yaml.comma': { en: 'Add the comma', zh: '补上逗号' },
  'fix.yaml.indent': { en: 'Indent by {count} {count|space|spaces}', zh: '缩进 {count} 个空格' },
  'fix.yaml.close': { en: 'Close with `{text}`', zh: '用 `{text}` 闭合' },
  'fix.yaml.quote': { en: 'Put the value in quotes', zh: '给值加引号' },
  'fix.yaml.remove': { en: 'Remove `{text}`', zh: '删除 `{text}`' },
  'fix.set': { en: 'Set `{key}` to `{value}`', zh: '将 `{key}` 改为 `{value}`' },
  'fix.add': { en: 'Add `{text}`', zh: '添加 `{text}`' },
  'fix.mount': { en: 'Mount `{path}`', zh: '挂载 `{path}`' },
  'fix.gpus-on-nodes': {
    en: '{gpus} {gpus|GPU|GPUs}: {nodes} {nodes|node|nodes} × {perNode}',
    zh: '{gpus} 张 GPU：{nodes} 个节点 × {perNode} 张',
  },
  'fix.exchange-replicas': {
    en: 'Exchange them: {min} to {max} replicas',
    zh: '互换：{min} 到 {max} 个副本',
  },
  'fix.replicas': {
    en: '{replicas} {replicas|replica|replicas}, {gpus} {gpus|GPU|GPUs} for each',
    zh: '{replicas} 个副本，每个 {gpus} 张 GPU',
  },
  'fix.replicas-instead': {
    en: '{replicas} replicas instead, with {gpus} {gpus|GPU|GPUs} each',
    zh: '改为 {replicas} 个副本，每个 {gpus} 张 GPU',
  },
  'fix.from-secret': {
    en: 'Take it from the secret `{secret}`, key `{key}`',
    zh: '改为从 Secret `{secret}` 的键 `{key}` 读取',
  },
  'fix.remove-empty-token': { en: 'Remove it: gpuctl makes a token', zh: '删除：由 gpuctl 生成 token' },
  'fix.replace-with': { en: 'Change to `{text}`', zh: '改为 `{text}`' },
  'fix.remove': { en: 'Remove `{key}`', zh: '删除 `{key}`' },
  'fix.move-to': { en: 'Move to `{place}`', zh: '移至 `{place}`' },
  'fix.move-to-root': { en: 'Move to the first level of the document', zh: '移至文档的第一层' },
  'fix.make-names': { en: 'Write a line for each name', zh: '改为每个名称一行' },
  'fix.without-quotes': { en: 'Remove the quotes', zh: '去掉引号' },
  'fix.make-list': { en: 'Make it a list', zh: '改为列表' },
  'fix.make-entry': { en: 'Write it as `{key}`', zh: '写为 `{key}`' },
} as const satisfies Record<string, Text>;
