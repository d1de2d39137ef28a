import type { Text } from './text.ts';

/** What stands beside proposals while typing. */
export const completionTexts = {
  'completion.required': { en: 'required', zh: '必填' },
  'completion.all-required': { en: 'all that is required', zh: '全部必填项' },
  'completion.new-item': { en: 'new item', zh: '新增一项' },
  'completion.default': { en: 'default', zh: '默认值' },
  'completion.example': { en: 'example', zh: '示例' },
  'completion.used': { en: 'used before', zh: '曾使用' },
  'completion.from-file': { en: 'from the file name', zh: '取自文件名' },
  'completion.free': { en: '{free} of {total} {type} free', zh: '{type} 空闲 {free}/{total}' },
  'completion.no-gpus': { en: 'no GPUs', zh: '无 GPU' },
  'completion.no-pool': { en: 'nodes that belong to no pool', zh: '不属于任何资源池的节点' },
  'completion.type.free': { en: '{free} of {total} free', zh: '空闲 {free}/{total}' },
  'completion.no-pool.free': {
    en: 'nodes that belong to no pool · {free}',
    zh: '不属于任何资源池的节点 · {free}',
  },
  'completion.largest-block': { en: 'most that are free on one node', zh: '单节点最多空闲数量' },
  'completion.node.gpus': { en: '{count} × {type}', zh: '{count} × {type}' },
  'completion.node.in-pool': { en: '{gpus} · now in {pool}', zh: '{gpus} · 目前属于 {pool}' },
  'completion.below-workdir': { en: 'in the directory {path}', zh: '位于目录 {path} 中' },
  'completion.doc.default': { en: 'Default: `{value}`', zh: '默认值：`{value}`' },
  'completion.doc.example': { en: 'Example: `{value}`', zh: '示例：`{value}`' },
} as const satisfies Record<string, Text>;
