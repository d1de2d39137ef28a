import type { Text } from './text.ts';

/** Findings on documents: `finding.<code>`, a variant of one behind a further dot; what they expected and found; names of fixes. */
export const findingTexts = {
  'finding.yaml.syntax': { en: 'This is not valid YAML: {reason}', zh: 'YAML 语法有误：{reason}' },
  'finding.yaml.syntax.tab': {
    en: 'A tab cannot indent a line in YAML. Use spaces.',
    zh: 'YAML 不能用制表符缩进，请改用空格。',
  },
  'finding.yaml.syntax.indent': {
    en: 'This line is not indented like its neighbours. Lines of one section begin at the same column.',
    zh: '此行的缩进与相邻行不一致。同一小节的各行应从同一列开始。',
  },
  'finding.yaml.syntax.missing-char': {
    en: 'Something is not closed here, a quote or a bracket ({reason}).',
    zh: '此处有引号或括号没有闭合（{reason}）。',
  },
  'finding.yaml.syntax.colon': {
    en: 'A key needs a colon and a space behind it, and its value either on the same line or indented below.',
    zh: '键后面需要冒号和空格，值写在同一行，或在下一行缩进书写。',
  },
  'finding.yaml.undefined-alias': {
    en: '`*{name}` refers to an anchor that does not exist. Write `&{name}` at the value that is meant.',
    zh: '`*{name}` 引用的锚点不存在。请在目标值处写上 `&{name}`。',
  },
  'finding.document.too-large': {
    en: 'This document is too large to be checked (over 256 KiB, 50,000 entries or 100 levels).',
    zh: '此文档过大，不再检查（超过 256 KiB、50,000 个条目或 100 层）。',
  },
  'finding.kind.missing': {
    en: '`kind` is missing. It says what this document is: {known}.',
    zh: '缺少 `kind`。它说明此文档的类型：{known}。',
  },
  'finding.kind.unknown': {
    en: '`{kind}` is not a kind of gpuctl document. Known: {known}.',
    zh: '`{kind}` 不是 gpuctl 文档类型。可用：{known}。',
  },
  'finding.kind.unknown.guess': {
    en: '`{kind}` is not a kind of gpuctl document. Did you mean `{guess}`?',
    zh: '`{kind}` 不是 gpuctl 文档类型。是否想写 `{guess}`？',
  },
  'finding.kind.not-yet': {
    en: 'This version does not check or submit `{kind}` documents yet.',
    zh: '当前版本还不能检查或提交 `{kind}` 文档。',
  },
  'finding.key.missing': { en: '`{key}` is missing.', zh: '缺少 `{key}`。' },
  'finding.key.missing-in': { en: '`{key}` is missing in `{where}`.', zh: '`{where}` 中缺少 `{key}`。' },
  'finding.key.unknown': {
    en: '`{key}` is not known here and has no effect. Known: {known}.',
    zh: '此处没有 `{key}` 这个键，它不起作用。可用：{known}。',
  },
  'finding.key.unknown.guess': {
    en: '`{key}` is not known here and has no effect. Did you mean `{guess}`?',
    zh: '此处没有 `{key}` 这个键，它不起作用。是否想写 `{guess}`？',
  },
  'finding.key.unused': {
    en: '`{key}` has no meaning for this kind and is not used.',
    zh: '`{key}` 对此类型没有意义，不会使用。',
  },
  'finding.key.not-yet': { en: '`{key}` has no effect in this version.', zh: '`{key}` 在当前版本中不起作用。' },
  'finding.version.unknown': {
    en: '`{version}` is not a version of the dialect that is known here. Known: v0.1, v1.',
    zh: '`{version}` 不是已知的方言版本。可用：v0.1、v1。',
  },
  'finding.key.duplicate': {
    en: '`{key}` stands here twice. Keep one of them.',
    zh: '`{key}` 重复出现，请只保留一个。',
  },
  'finding.key.two-spellings': {
    en: '`{key}` and `{first}` are the same key. Keep one of them.',
    zh: '`{key}` 与 `{first}` 是同一个键，请只保留一个。',
  },
  'finding.value.wrong-type': {
    en: '`{key}` has to be {expected}; found: {found}.',
    zh: '`{key}` 应为{expected}；当前是：{found}。',
  },
  'finding.value.malformed': {
    en: '`{key}` has to be {expected}; found: {found}.',
    zh: '`{key}` 应为{expected}；当前是：{found}。',
  },
  'finding.value.not-allowed': {
    en: '`{key}` cannot be `{found}`. Possible: {allowed}.',
    zh: '`{key}` 不能是 `{found}`。可选：{allowed}。',
  },
  'finding.value.not-allowed.guess': {
    en: '`{key}` cannot be `{found}`. Did you mean `{guess}`? Possible: {allowed}.',
    zh: '`{key}` 不能是 `{found}`。是否想写 `{guess}`？可选：{allowed}。',
  },
  'finding.value.bad-env-name': {
    en: '`{name}` cannot name an environment variable. Use letters, digits, `_`, `-` and `.`, and no digit in front.',
    zh: '`{name}` 不能作为环境变量名。请使用字母、数字、`_`、`-`、`.`，且不能以数字开头。',
  },
  'finding.name.too-long': {
    en: 'The name has {length} characters; at most {limit} are possible.',
    zh: '名称有 {length} 个字符，最多 {limit} 个。',
  },
  'finding.name.too-long.ranks': {
    en: 'The name has {length} characters; at most {limit} are possible for a job on several nodes, since each rank adds its number.',
    zh: '名称有 {length} 个字符；多节点任务最多 {limit} 个，因为每个 rank 会加上序号。',
  },
  'finding.name.first-letter': {
    en: 'The name of a job on several nodes has to begin with a letter, since its ranks find each other by it.',
    zh: '多节点任务的名称必须以字母开头，各 rank 要靠它互相找到。',
  },
  'finding.gpu.not-divisible': {
    en: '{gpus} GPUs cannot be shared evenly between {nodes} nodes. {fit} would work.',
    zh: '{gpus} 张 GPU 无法平均分到 {nodes} 个节点。可以改为 {fit} 张。',
  },
  'finding.output.missing-dir': {
    en: '`resumeFromCheckpoint` needs `output.dir`, the directory where the checkpoints are.',
    zh: '`resumeFromCheckpoint` 需要 `output.dir`，即检查点所在目录。',
  },
  'finding.framework.not-available': {
    en: 'This version cannot use the framework `{framework}` yet. Use `native`, which needs nothing to be installed.',
    zh: '当前版本还不能使用框架 `{framework}`。请使用 `native`，它无需安装任何组件。',
  },
  'finding.capacity.insufficient-gpus': {
    en: 'Not enough GPUs: {pool} has {free} of {total} {what} free, {asked} {asked|is|are} asked for.',
    zh: '资源不足：{pool} 中 {what} 已用尽（请求 {asked} 张，仅空闲 {free} 张）',
  },
  'finding.capacity.fragmented': {
    en: 'Fragmented: {free} {what} are free in {pool}, but {blocks} (largest block: {largest}).',
    zh: '资源碎片化：{pool} 空闲 {free} 张 {what}，但{blocks}（单节点最多空闲 {largest} 张）',
  },
  'finding.capacity.fragmented.split': {
    en: 'Fragmented: {free} {what} are free in {pool}, but {blocks} (largest block: {largest}). {splitNodes} {splitNodes|node|nodes} × {splitGpus} {splitGpus|GPU|GPUs} would fit now.',
    zh: '资源碎片化：{pool} 空闲 {free} 张 {what}，但{blocks}（单节点最多空闲 {largest} 张）。改为 {splitNodes} 个节点 × {splitGpus} 张即可运行',
  },
  'finding.capacity.blocks': {
    en: 'only {nodes} {nodes|node has|nodes have} {perNode} or more of them, {wanted} are needed',
    zh: '至少空闲 {perNode} 张的节点只有 {nodes} 个，需要 {wanted} 个',
  },
  'finding.capacity.blocks.none': {
    en: 'no node has {perNode} of them together',
    zh: '没有节点同时空闲 {perNode} 张',
  },
  'finding.capacity.unavailable': {
    en: 'Not enough GPUs for now: {away} of the {all} {what} of {pool} {away|is on a node|are on nodes} that {away|takes|take} no jobs at the moment; {asked} {asked|is|are} asked for, {total} can be used. Wait for {away|that node|those nodes}, or ask for less.',
    zh: '暂时不足：{pool} 的 {all} 张 {what} 中有 {away} 张位于目前不接收任务的节点上（请求 {asked} 张，可用 {total} 张）。请等待这些节点恢复，或减少请求',
  },
  'finding.capacity.unavailable.nodes': {
    en: 'Not enough nodes for now: {wanted} with at least {perNode} {what} {wanted|is|are} needed, and of the {all} in {pool} {nodes} {nodes|takes|take} jobs at the moment. Wait for the others, or ask for less on each node.',
    zh: '暂时不足：需要 {wanted} 个至少有 {perNode} 张 {what} 的节点，而 {pool} 的 {all} 个此类节点中目前只有 {nodes} 个接收任务。请等待其余节点恢复，或减少每个节点的请求',
  },
  'finding.capacity.too-many': {
    en: 'Impossible: {pool} has {total} {what} in all, {asked} are asked for.',
    zh: '无法满足：{pool} 总共只有 {total} 张 {what}，请求了 {asked} 张',
  },
  'finding.capacity.node-too-small': {
    en: 'Impossible: no node of {pool} has {perNode} {what} (the largest has {largest}). Spread the job over more nodes with `nodeCount`.',
    zh: '无法满足：{pool} 中没有节点拥有 {perNode} 张 {what}（最多 {largest} 张）。请用 `nodeCount` 分到更多节点',
  },
  'finding.capacity.too-few-nodes': {
    en: 'Impossible: {pool} has {nodes} {nodes|node|nodes} with at least {perNode} {what}, {wanted} are asked for. Lower `nodeCount`.',
    zh: '无法满足：{pool} 中至少有 {perNode} 张 {what} 的节点只有 {nodes} 个，请求了 {wanted} 个。请减小 `nodeCount`',
  },
  'finding.capacity.no-such-type': {
    en: 'Impossible: {pool} has no {type}; it has {has}.',
    zh: '无法满足：{pool} 没有 {type}；现有 {has}',
  },
  'finding.capacity.no-gpus': { en: 'Impossible: {pool} has no GPUs.', zh: '无法满足：{pool} 没有 GPU' },
  'finding.capacity.no-gpus.others': {
    en: 'Impossible: {pool} has no GPUs of the kind that `gpu` asks for (`{resource}`); it has {has}.',
    zh: '无法满足：{pool} 没有 `gpu` 所请求的 GPU（`{resource}`）；现有 {has}',
  },
  'finding.capacity.no-such-pool': {
    en: 'There is no pool `{pool}` in this cluster. There {count|is|are}: {known}.',
    zh: '此集群没有资源池 `{pool}`。现有：{known}',
  },
  'finding.capacity.no-such-pool.guess': {
    en: 'There is no pool `{pool}` in this cluster. Did you mean `{guess}`?',
    zh: '此集群没有资源池 `{pool}`。是否想写 `{guess}`？',
  },
  'finding.capacity.no-such-pool.none': {
    en: 'There is no pool `{pool}` in this cluster, nor any other. Without `pool` the job runs on the nodes that belong to none.',
    zh: '此集群没有资源池 `{pool}`，也没有其他资源池。不写 `pool` 时，任务会在未分池的节点上运行',
  },
  'finding.capacity.default-pool': { en: 'the default pool (nodes in no pool)', zh: '资源池 default' },
  'finding.capacity.of-type': { en: '{type}', zh: '{type} GPU' },
  'finding.capacity.of-any-type': { en: '{count|GPU|GPUs}', zh: 'GPU' },
  'finding.capacity.count': { en: '{type} ({count})', zh: '{type}（{count} 张）' },
  'finding.capacity.count.unlabelled': { en: 'GPUs without a type ({count})', zh: '未标注型号的 GPU（{count} 张）' },
  'finding.capacity.list': { en: '{first}, {rest}', zh: '{first}、{rest}' },

  'expected.dns-label': {
    en: 'lower-case letters, digits and `-`, at most 63, with a letter or digit at both ends',
    zh: '小写字母、数字和 `-`，最多 63 个，首尾为字母或数字',
  },
  'expected.label-value': {
    en: 'letters, digits, `-`, `_` and `.`, at most 63, with a letter or digit at both ends',
    zh: '字母、数字、`-`、`_` 和 `.`，最多 63 个，首尾为字母或数字',
  },
  'expected.resource-name': { en: 'lower-case letters, digits, `-` and `.`', zh: '小写字母、数字、`-` 和 `.`' },
  'expected.quantity': { en: 'a quantity such as `8`, `500m` or `400Gi`', zh: '数量，例如 `8`、`500m`、`400Gi`' },
  'expected.count': { en: 'a whole number, 0 or more', zh: '不小于 0 的整数' },
  'expected.positive-count': { en: 'a whole number, 1 or more', zh: '不小于 1 的整数' },
  'expected.duration': {
    en: 'a time above zero such as `90s`, `15m`, `12h` or `2d`',
    zh: '大于零的时长，例如 `90s`、`15m`、`12h`、`2d`',
  },
  'expected.not-empty': { en: 'something', zh: '非空值' },
  'expected.absolute-path': { en: 'an absolute path such as `/data`', zh: '绝对路径，例如 `/data`' },
  'expected.image': {
    en: 'an image such as `registry.example.com/team/image:tag`',
    zh: '镜像地址，例如 `registry.example.com/team/image:tag`',
  },
  'expected.mapping': { en: 'a section with keys below it', zh: '包含下级键的小节' },
  'expected.list': { en: 'a list', zh: '列表' },
  'expected.env': {
    en: 'a list of entries with `name` and `value`, or a mapping of names to values',
    zh: '含 `name` 与 `value` 的列表，或名称到值的映射',
  },
  'expected.boolean': { en: '`true` or `false`', zh: '`true` 或 `false`' },
  'expected.text': { en: 'a text', zh: '文本' },
  'found.list': { en: 'a list', zh: '列表' },
  'found.mapping': { en: 'a section', zh: '小节' },
  'found.empty': { en: 'nothing', zh: '空' },
  'fix.replace-with': { en: 'Change to `{text}`', zh: '改为 `{text}`' },
} as const satisfies Record<string, Text>;
