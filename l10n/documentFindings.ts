import type { Text } from './text.ts';

/** What is wrong with a document itself: its YAML, keys and values; what was expected there, and what was found. */
export const documentFindingTexts = {
  'finding.yaml.syntax': {
    en: 'This line cannot be read as YAML. Look at its colon, quotes, brackets and indentation.',
    zh: '此行不是有效的 YAML。请检查冒号、引号、括号和缩进。',
  },
  'finding.yaml.syntax.tab': {
    en: 'A tab cannot indent a line in YAML. Use spaces.',
    zh: 'YAML 不能用制表符缩进，请改用空格。',
  },
  'finding.yaml.syntax.indent': {
    en: 'This line is indented by {found} {found|space|spaces}, its section by {wanted}. Lines of one section begin at the same column.',
    zh: '此行缩进 {found} 个空格，而所在小节缩进 {wanted} 个。同一小节的各行应从同一列开始。',
  },
  'finding.yaml.syntax.dash': {
    en: 'A list item needs a space behind its `-`.',
    zh: '列表项的 `-` 后面需要一个空格。',
  },
  'finding.yaml.syntax.colon-space': {
    en: 'A space is missing behind the colon.',
    zh: '冒号后面缺少一个空格。',
  },
  'finding.yaml.syntax.wide-colon': {
    en: 'This colon is a full-width one. YAML needs `:` with a space behind it.',
    zh: '这是全角冒号（`：`）。YAML 需要半角冒号 `:`，后面跟一个空格。',
  },
  'finding.yaml.syntax.colon': {
    en: '`{key}` needs a colon: `{key}: …`, or `{key}:` with its value indented below.',
    zh: '`{key}` 后面缺少冒号：应写成 `{key}: …`，或写 `{key}:` 并在下一行缩进书写内容。',
  },
  'finding.yaml.syntax.quote': {
    en: 'The text that begins with {quote} is not closed. Put another {quote} at its end.',
    zh: '以 {quote} 开头的文本没有闭合，请在末尾补上 {quote}。',
  },
  'finding.yaml.syntax.behind-quote': {
    en: 'Something stands behind the closing quote. Quote the whole value, with the other kind of quote around it.',
    zh: '右引号后面还有内容。请用另一种引号把整个值括起来。',
  },
  'finding.yaml.syntax.bracket': {
    en: 'This `{open}` is not closed. Put a `{close}` where it ends.',
    zh: '此处的 `{open}` 没有闭合，请在结尾处补上 `{close}`。',
  },
  'finding.yaml.syntax.closes-nothing': {
    en: 'This `{char}` closes nothing. Remove it, or put its opening bracket where it begins.',
    zh: '此处的 `{char}` 没有对应的左括号。请删除，或在开头补上左括号。',
  },
  'finding.yaml.syntax.comma': {
    en: 'A comma is missing in front of this.',
    zh: '此处前面缺少逗号。',
  },
  'finding.yaml.syntax.two-commas': {
    en: 'Nothing stands in front of this comma. Remove it.',
    zh: '此逗号前面没有内容，请删除。',
  },
  'finding.yaml.syntax.escape': {
    en: '`{found}` means nothing in double quotes. Write the backslash twice, or use single quotes.',
    zh: '双引号中不能写 `{found}`。请把反斜杠写两遍，或改用单引号。',
  },
  'finding.yaml.syntax.percent': {
    en: 'A line that begins with `%` is an instruction to the parser, which has no place here. Put quotes around a text.',
    zh: '以 `%` 开头的行是解析器指令，不能写在这里。如果是文本，请加引号。',
  },
  'finding.yaml.syntax.block': {
    en: 'Behind `|` or `>` the text begins on the next line, indented.',
    zh: '`|` 或 `>` 之后的文本应从下一行开始，并缩进。',
  },
  'finding.yaml.syntax.needs-quotes': {
    en: 'This value needs quotes, since `{char}` has a meaning of its own here.',
    zh: '此值需要加引号，因为 `{char}` 在这里有特殊含义。',
  },
  'finding.yaml.syntax.key-among-items': {
    en: 'A key stands here among list items. Indent it by {count} more to make it part of the item above, or by less to end the list.',
    zh: '此键与列表项混在同一层。多缩进 {count} 个空格即属于上面的列表项，减少缩进则结束列表。',
  },
  'finding.yaml.syntax.item-among-keys': {
    en: 'A list item (`-`) stands here among keys. Indent it below the key that it belongs to.',
    zh: '此列表项（`-`）与键混在同一层。请缩进到它所属的键之下。',
  },
  'finding.yaml.syntax.character': {
    en: 'The character U+{code} cannot stand in YAML. Remove it.',
    zh: 'YAML 中不能出现字符 U+{code}，请删除。',
  },
  'finding.yaml.undefined-alias': {
    en: '`*{name}` refers to an anchor that does not exist. Write `&{name}` at the value that is meant.',
    zh: '`*{name}` 引用的锚点不存在。请在目标值处写上 `&{name}`。',
  },
  'finding.document.too-large': {
    en: 'This document is too large to be checked (over 256 KiB, 20,000 words and marks (aliases written out) or 100 levels).',
    zh: '此文档过大，不再检查（超过 256 KiB、20,000 个词与符号（别名按展开计）或 100 层）。',
  },
  'finding.ignore.unknown-code': {
    en: 'Nothing is called `{name}`, so this silences nothing. The code of a finding stands behind its sentence.',
    zh: '没有名为 `{name}` 的检查，此注释不起作用。代码写在检查结果的末尾。',
  },
  'finding.ignore.unknown-code.guess': {
    en: 'Nothing is called `{name}`, so this silences nothing. Did you mean `{guess}`?',
    zh: '没有名为 `{name}` 的检查，此注释不起作用。是否想写 `{guess}`？',
  },
  'finding.document.too-large.many': {
    en: 'Only the first {most} documents of a file are checked; this one and those behind it are not. Spread them over several files.',
    zh: '一个文件中只检查前 {most} 个文档，此处及之后的不再检查。请拆分到多个文件。',
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
  'finding.kind.old-name': {
    en: '`resource` is an older name of this kind. It works; the word is `pool` now.',
    zh: '`resource` 是此类型的旧名称，仍可使用；现在的写法是 `pool`。',
  },
  'finding.key.missing': { en: '`{key}` is missing.', zh: '缺少 `{key}`。' },
  'finding.key.missing.value': { en: '`{key}` has no value yet.', zh: '`{key}` 还没有值。' },
  'finding.key.missing-in': { en: '`{key}` is missing in `{where}`.', zh: '`{where}` 中缺少 `{key}`。' },
  'finding.key.unknown': {
    en: '`{key}` is not known here and has no effect. Known: {known}.',
    zh: '此处没有 `{key}` 这个键，它不起作用。可用：{known}。',
  },
  'finding.key.unknown.guess': {
    en: '`{key}` is not known here and has no effect. Did you mean `{guess}`?',
    zh: '此处没有 `{key}` 这个键，它不起作用。是否想写 `{guess}`？',
  },
  'finding.key.unknown.belongs': {
    en: '`{key}` has no effect here. It belongs in `{place}`.',
    zh: '`{key}` 在此处不起作用，应写在 `{place}`。',
  },
  'finding.key.unknown.belongs-root': {
    en: '`{key}` has no effect here. It belongs in the first level of the document.',
    zh: '`{key}` 在此处不起作用，应写在文档的第一层。',
  },
  'finding.key.unused': {
    en: '`{key}` is for {kinds}; here it has no effect.',
    zh: '`{key}` 用于 {kinds}，在此处不起作用。',
  },
  'finding.key.unused.belongs': {
    en: '`{key}` at this place is for {kinds} and has no effect. This kind has `{place}`.',
    zh: '此处的 `{key}` 用于 {kinds}，在这里不起作用。此类型的写法是 `{place}`。',
  },
  'finding.key.kubernetes': {
    en: '`{key}` is a word of Kubernetes, which gpuctl does not read. {way}',
    zh: '`{key}` 是 Kubernetes 的写法，gpuctl 不会读取。{way}',
  },
  'finding.version.unknown': {
    en: '`{version}` is not a version that is known here; the document is read as v0.1. Known: v0.1, v1.',
    zh: '`{version}` 不是已知的版本，此文档按 v0.1 读取。可用：v0.1、v1。',
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
  'finding.value.wrong-type.item': {
    en: 'Each item of `{key}` has to be {expected}; found: {found}.',
    zh: '`{key}` 的每一项应为{expected}；当前是：{found}。',
  },
  'finding.value.malformed': {
    en: '`{key}` has to be {expected}; found: {found}.',
    zh: '`{key}` 应为{expected}；当前是：{found}。',
  },
  'finding.value.malformed.name': {
    en: 'Names in `{key}` have to be {expected}; found: {found}.',
    zh: '`{key}` 中的名称应为{expected}；当前是：{found}。',
  },
  'finding.value.not-allowed': {
    en: '`{key}` cannot be `{found}`. Possible: {allowed}.',
    zh: '`{key}` 不能是 `{found}`。可选：{allowed}。',
  },
  'finding.value.not-allowed.guess': {
    en: '`{key}` cannot be `{found}`. Did you mean `{guess}`? Possible: {allowed}.',
    zh: '`{key}` 不能是 `{found}`。是否想写 `{guess}`？可选：{allowed}。',
  },
  'finding.value.empty': {
    en: '`{key}` is empty. Give it a value, or leave the line out.',
    zh: '`{key}` 为空。请填写值，或删除此行。',
  },
  'finding.value.out-of-range': {
    en: '`{key}` has to be between {from} and {to}; found: {found}.',
    zh: '`{key}` 必须在 {from} 到 {to} 之间；当前是：{found}。',
  },
  'finding.value.out-of-range.least': {
    en: '`{key}` has to be at least {from}; found: {found}.',
    zh: '`{key}` 至少为 {from}；当前是：{found}。',
  },
  'finding.value.out-of-range.most': {
    en: '`{key}` can be at most {to}; found: {found}.',
    zh: '`{key}` 最多为 {to}；当前是：{found}。',
  },
  'finding.value.quoted-number': {
    en: '`{key}` is a number; the quotes around {found} are not needed.',
    zh: '`{key}` 是数字，{found} 无需加引号。',
  },
  'finding.value.bad-env-name': {
    en: '`{name}` cannot name an environment variable. Use letters, digits, `_`, `-` and `.`, and no digit in front.',
    zh: '`{name}` 不能作为环境变量名。请使用字母、数字、`_`、`-`、`.`，且不能以数字开头。',
  },
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
  'expected.label-key': {
    en: 'a name such as `topology.example.com/rack`',
    zh: '名称，例如 `topology.example.com/rack`',
  },
  'expected.whole-number': { en: 'a whole number', zh: '整数' },
  'expected.count': { en: 'a whole number, 0 or more', zh: '不小于 0 的整数' },
  'expected.positive-count': { en: 'a whole number, 1 or more', zh: '不小于 1 的整数' },
  'expected.port': { en: 'a port, a whole number from 1 to 65535', zh: '端口，1 到 65535 的整数' },
  'expected.percent': { en: 'percent, a whole number from 1 to 100', zh: '百分比，1 到 100 的整数' },
  'expected.duration': {
    en: 'a time above zero such as `90s`, `15m`, `12h` or `2d`',
    zh: '大于零的时长，例如 `90s`、`15m`、`12h`、`2d`',
  },
  'expected.absolute-path': {
    en: 'an absolute path such as `/data`, without `..`',
    zh: '绝对路径，例如 `/data`，且不含 `..`',
  },
  'expected.mount-path': {
    en: 'an absolute path such as `/data`, without `..` and `:`',
    zh: '绝对路径，例如 `/data`，且不含 `..` 和 `:`',
  },
  'expected.http-path': { en: 'a path such as `/health`', zh: '路径，例如 `/health`' },
  'expected.rate': { en: 'a number above zero', zh: '大于零的数' },
  'expected.entry': { en: 'an entry with {keys}', zh: '包含 {keys} 的条目' },
  'expected.image': {
    en: 'an image such as `registry.example.com/team/image:tag`',
    zh: '镜像地址，例如 `registry.example.com/team/image:tag`',
  },
  'expected.mapping': { en: 'a section with keys below it', zh: '包含下级键的小节' },
  'expected.list': { en: 'a list', zh: '列表' },
  'expected.words': {
    en: 'a list with one item for each word, such as `[python, train.py]`',
    zh: '列表，每个词一项，例如 `[python, train.py]`',
  },
  'expected.env': {
    en: 'a list of entries with `name` and `value`, or a mapping of names to values',
    zh: '含 `name` 与 `value` 的列表，或名称到值的映射',
  },
  'expected.names': {
    en: 'a section with a line for each name, such as `name:`',
    zh: '小节，每行一个名称，例如 `name:`',
  },
  'expected.boolean': { en: '`true` or `false`', zh: '布尔值 `true` 或 `false`' },
  'expected.text': { en: 'a text', zh: '文本' },
  'found.list': { en: 'a list', zh: '列表' },
  'found.mapping': { en: 'a section', zh: '小节' },
  'found.empty': { en: 'nothing', zh: '空' },
  'kubernetes.here': { en: 'Here it is `{key}`.', zh: '此处写作 `{key}`。' },
  'kubernetes.structure': {
    en: 'Sections stand at the root of the document: {sections}.',
    zh: '各小节直接写在文档的第一层：{sections}。',
  },
  'kubernetes.name': {
    en: 'Name and namespace are `job.name` and `job.namespace`.',
    zh: '名称与命名空间写在 `job.name` 与 `job.namespace`。',
  },
  'kubernetes.labels': {
    en: 'Labels are set by gpuctl; words for people go into `description`.',
    zh: '标签由 gpuctl 设置；说明文字请写在 `description`。',
  },
  'kubernetes.container': {
    en: 'Image, command, arguments and variables stand under `environment`.',
    zh: '镜像、命令、参数和环境变量写在 `environment` 下。',
  },
  'kubernetes.env': {
    en: 'A variable from a secret is an entry `name`, `secret`, `key` in `environment.env`.',
    zh: '取自密钥的变量在 `environment.env` 中写 `name`、`secret`、`key` 三项。',
  },
  'kubernetes.placement': {
    en: 'Where a job runs is said by `resources.pool` and `resources.gpuType`.',
    zh: '运行位置由 `resources.pool` 和 `resources.gpuType` 决定。',
  },
  'kubernetes.amounts': {
    en: 'Amounts stand in `resources` itself: `gpu`, `cpu`, `memory`.',
    zh: '数量直接写在 `resources` 中：`gpu`、`cpu`、`memory`。',
  },
  'kubernetes.storage': {
    en: 'Directories stand in `storage.workdirs`, each with its `path`, and a `claim` where storage exists already.',
    zh: '目录写在 `storage.workdirs`，每项写明 `path`；已有的存储用 `claim` 指定。',
  },
  'kubernetes.ports': {
    en: 'How a service is reached is said by `service.port` and `service.expose`.',
    zh: '服务的访问方式由 `service.port` 和 `service.expose` 决定。',
  },
  'kubernetes.replicas': {
    en: 'A service has `service.replicas`, a training `resources.nodeCount`.',
    zh: '服务使用 `service.replicas`，训练使用 `resources.nodeCount`。',
  },
  'kubernetes.probes': {
    en: 'A service has `service.healthCheck`, the path that answers when it is well.',
    zh: '服务使用 `service.healthCheck`，即健康时能够应答的路径。',
  },
  'kubernetes.scaling': {
    en: 'In `autoscaling` a service has `minReplicas`, `maxReplicas` and a target such as `targetGPUUtilization`.',
    zh: '服务的伸缩写在 `autoscaling`：`minReplicas`、`maxReplicas` 和目标，例如 `targetGPUUtilization`。',
  },
  'kubernetes.retries': { en: 'A training has `retries`.', zh: '训练使用 `retries`。' },
  'kubernetes.timeout': { en: 'A training has `timeout`, such as `12h`.', zh: '训练使用 `timeout`，例如 `12h`。' },
  'kubernetes.priority': {
    en: 'A job has `job.priority`: high, medium or low.',
    zh: '任务使用 `job.priority`：high、medium 或 low。',
  },
  'kubernetes.pull-secret': {
    en: 'The name of the secret goes into `environment.imagePullSecret`.',
    zh: '密钥名称写在 `environment.imagePullSecret`。',
  },
  'kubernetes.pull-policy': {
    en: 'An image with a fixed tag is fetched where it is missing, `latest` each time.',
    zh: '带固定标签的镜像仅在缺少时拉取，`latest` 每次都会拉取。',
  },
  'kubernetes.network': {
    en: 'A training has `distributed.network`, a pool `pool.site.network`.',
    zh: '训练使用 `distributed.network`，资源池使用 `pool.site.network`。',
  },
  'kubernetes.shm': {
    en: 'Jobs with GPUs get shared memory by themselves.',
    zh: '使用 GPU 的任务会自动获得共享内存。',
  },
  'kubernetes.left-to-cluster': {
    en: 'It is left to those who run the cluster.',
    zh: '此项由集群管理员决定。',
  },
} as const satisfies Record<string, Text>;
