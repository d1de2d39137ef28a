import type { Text } from './text.ts';

/** Findings on documents: `finding.<code>`, a variant of one behind a further dot; what they expected and found; names of fixes. */
export const findingTexts = {
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
  'finding.key.not-yet': { en: '`{key}` has no effect in this version.', zh: '`{key}` 在当前版本中不起作用。' },
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
  'finding.name.too-long': {
    en: 'The name has {length} characters; at most {limit} are possible, since {why}.',
    zh: '名称有 {length} 个字符，最多 {limit} 个，因为{why}。',
  },
  'finding.name.too-long.ranks': {
    en: 'each rank of a job on several nodes adds its number',
    zh: '多节点任务的每个 rank 会加上序号',
  },
  'finding.name.too-long.service': {
    en: 'its address on the network is `svc-` and the name',
    zh: '其网络地址是 `svc-` 加上名称',
  },
  'finding.name.too-long.notebook': {
    en: 'the cluster adds 11 characters to that of a notebook',
    zh: '集群会给 Notebook 的名称加上 11 个字符',
  },
  'finding.name.first-letter': {
    en: 'The name of a job on several nodes has to begin with a letter, since its ranks find each other by it.',
    zh: '多节点任务的名称必须以字母开头，各 rank 要靠它互相找到。',
  },
  'finding.job.twice-in-file': {
    en: '{count} documents of this file are a job `{name}` in the same namespace; only one of them can run.',
    zh: '此文件中有 {count} 个文档是同一命名空间的任务 `{name}`，只有一个能运行。',
  },
  'finding.pool.twice-in-file': {
    en: '{count} documents of this file are the pool `{name}`; the last one that is submitted replaces the others. Put its nodes into one.',
    zh: '此文件中有 {count} 个文档是资源池 `{name}`，后提交的会取代先提交的。请把节点合并到一个文档。',
  },
  'finding.pool.node-twice-in-file': {
    en: '{count} pools of this file list the node `{node}`; it can belong to one. The last pool that is submitted takes it.',
    zh: '此文件中有 {count} 个资源池列出了节点 `{node}`，而一个节点只能属于一个资源池。后提交的资源池会得到它。',
  },
  'finding.quota.twice-in-file': {
    en: '{count} documents of this file are the quota `{name}`; the last one that is submitted replaces the others. Give each its own name.',
    zh: '此文件中有 {count} 个文档是配额 `{name}`，后提交的会取代先提交的。请各取不同的名称。',
  },
  'finding.quota.no-limits': {
    en: 'Nothing is limited in `{namespace}`: neither `cpu`, `memory` nor `gpu` stands here or in `default`.',
    zh: '`{namespace}` 没有任何限制：此处和 `default` 中都没有 `cpu`、`memory`、`gpu`。',
  },
  'finding.quota.no-limits.no-namespace': {
    en: 'This quota limits nothing: it names no namespace. List them below `namespace`.',
    zh: '此配额没有任何限制：没有列出命名空间。请写在 `namespace` 下。',
  },
  'finding.pool.absent': {
    en: 'No `pool` is named, so only nodes that belong to no pool are used. Name one, or write `pool: default` if that is meant.',
    zh: '没有指定 `pool`，只会使用未分池的节点。请指定资源池；若本意如此，请写 `pool: default`。',
  },
  'finding.pool.absent.known': {
    en: 'No `pool` is named, so only nodes that belong to no pool are used, and none of {pools}. Name one, or write `pool: default` if that is meant.',
    zh: '没有指定 `pool`，只会使用未分池的节点，不会使用 {pools}。请指定资源池；若本意如此，请写 `pool: default`。',
  },
  'finding.pool.unknown-node': {
    en: 'This cluster has no node `{node}`. Nothing is done for it until it joins.',
    zh: '此集群没有节点 `{node}`。在它加入之前不会做任何事。',
  },
  'finding.pool.unknown-node.guess': {
    en: 'This cluster has no node `{node}`. Did you mean `{guess}`?',
    zh: '此集群没有节点 `{node}`。是否想写 `{guess}`？',
  },
  'finding.pool.node-moves': {
    en: '`{node}` belongs to the pool `{from}` now; submitting this moves it to `{to}`.',
    zh: '`{node}` 目前属于资源池 `{from}`，提交后会移到 `{to}`。',
  },
  'finding.node-count.replica': {
    en: 'One replica cannot span nodes, so `nodeCount: {nodes}` has no effect. More replicas take more nodes.',
    zh: '一个副本不能跨节点，`nodeCount: {nodes}` 不起作用。增加副本数可以使用更多节点。',
  },
  'finding.node-count.replica.notebook': {
    en: 'A notebook runs on one node, so `nodeCount: {nodes}` has no effect.',
    zh: 'Notebook 只在一个节点上运行，`nodeCount: {nodes}` 不起作用。',
  },
  'finding.gpu-share.whole-gpus': {
    en: 'GPUs are not shared yet: the job takes {gpus} whole {gpus|GPU|GPUs}.',
    zh: '目前还不能共享 GPU：任务会占用 {gpus} 张整卡。',
  },
  'finding.gpu-share.whole-gpus.none': {
    en: 'GPUs are not shared yet, and `gpu` asks for none: the job gets no GPU. Ask for a whole one with `gpu: 1`.',
    zh: '目前还不能共享 GPU，而 `gpu` 没有请求 GPU：任务得不到 GPU。请用 `gpu: 1` 请求一张整卡。',
  },
  'finding.resources.no-requests': {
    en: 'GPUs are asked for without {missing}, so other jobs may use these up on the node.',
    zh: '请求了 GPU 却没有请求 {missing}：节点上的这些资源可能被其他任务占满。',
  },
  'finding.resources.no-requests.both': { en: '`cpu` and `memory`', zh: '`cpu` 和 `memory`' },
  'finding.memory.tiny': {
    en: '`{memory}` is {bytes} {bytes|byte|bytes}, too little for any program. Write an amount such as `64Gi`.',
    zh: '`{memory}` 只有 {bytes} 字节，任何程序都不够用。请写成 `64Gi` 这样的数量。',
  },
  'finding.memory.tiny.guess': {
    en: '`{memory}` is {bytes} {bytes|byte|bytes}, too little for any program. Did you mean `{guess}`?',
    zh: '`{memory}` 只有 {bytes} 字节，任何程序都不够用。是否想写 `{guess}`？',
  },
  'finding.autoscaling.min-above-max': {
    en: '`minReplicas` ({min}) is above `maxReplicas` ({max}). Raise one or lower the other.',
    zh: '`minReplicas`（{min}）大于 `maxReplicas`（{max}）。请调整其中一个。',
  },
  'finding.autoscaling.no-target': {
    en: 'Nothing says what the number of replicas follows, so it never changes. Add `targetGPUUtilization`, `targetGPUMemoryUtilization`, `targetQPS` or `targetQueueLength`.',
    zh: '没有说明副本数依据什么调整，因此不会变化。请添加 `targetGPUUtilization`、`targetGPUMemoryUtilization`、`targetQPS` 或 `targetQueueLength`。',
  },
  'finding.autoscaling.replicas-outside': {
    en: '`replicas` ({replicas}) is not between `minReplicas` ({min}) and `maxReplicas` ({max}): autoscaling makes it {inside} at once.',
    zh: '`replicas`（{replicas}）不在 `minReplicas`（{min}）与 `maxReplicas`（{max}）之间：自动伸缩会立即改为 {inside}。',
  },
  'finding.gpu.not-divisible': {
    en: '{gpus} {gpus|GPU|GPUs} cannot be shared evenly between {nodes} nodes. {fit} would work.',
    zh: '{gpus} 张 GPU 无法平均分到 {nodes} 个节点。可以改为 {fit} 张。',
  },
  'finding.output.missing-dir': {
    en: '`resumeFromCheckpoint` needs `output.dir`, the directory where the checkpoints are.',
    zh: '`resumeFromCheckpoint` 需要 `output.dir`，即检查点所在目录。',
  },
  'finding.output.not-shared': {
    en: '`{dir}` lies in no workdir, so the checkpoints go with the job and there is nothing to resume from. Put it into one that lasts.',
    zh: '`{dir}` 不在任何 workdir 中，检查点会随任务消失，无法恢复。请放到能长期保留的 workdir 中。',
  },
  'finding.output.not-shared.host-path': {
    en: '`{dir}` lies on the disk of each node by itself: after a restart a rank may stand on another of the {nodes} nodes and miss its checkpoint. Use a `claim` or `nfs`, unless all nodes mount the same storage there.',
    zh: '`{dir}` 位于各节点自己的磁盘上：重启后 rank 可能换到 {nodes} 个节点中的另一个，找不到检查点。请使用 `claim` 或 `nfs`，除非各节点在此挂载了同一存储。',
  },
  'finding.output.read-only': {
    en: '`{dir}` lies in the workdir `{path}`, which is `readOnly`: nothing can be written there.',
    zh: '`{dir}` 位于只读（`readOnly`）的 workdir `{path}` 中，无法写入。',
  },
  'finding.storage.shared-writer': {
    en: '{pods} run at once and write here, but many classes of storage let one node have it only: then the others never start. Name a `storageClass` that many nodes can mount, or set `readOnly`.',
    zh: '有 {pods} 个实例同时在此写入，而许多存储类只允许一个节点挂载：其余实例将无法启动。请指定支持多节点挂载的 `storageClass`，或设置 `readOnly`。',
  },
  'finding.storage.shared-writer.class': {
    en: '{pods} run at once and write here: `{storageClass}` has to be a class that many nodes can mount.',
    zh: '有 {pods} 个实例同时在此写入：`{storageClass}` 必须是支持多节点挂载的存储类。',
  },
  'finding.storage.host-path-nodes': {
    en: '{paths} {count|is a directory|are directories} of each node by itself, and {pods} run at once: each sees what its own node has there, unless all nodes mount the same storage. Otherwise use a `claim` or `nfs`.',
    zh: '{paths} 是各节点自己的目录，而有 {pods} 个实例同时运行：每个实例只能看到所在节点上的内容，除非各节点在此挂载了同一存储。否则请使用 `claim` 或 `nfs`。',
  },
  'finding.storage.two-sources': {
    en: 'A workdir comes from one place: `{used}` counts, `{key}` has no effect.',
    zh: '一个 workdir 只有一个来源：以 `{used}` 为准，`{key}` 不起作用。',
  },
  'finding.storage.class-without-size': {
    en: '`storageClass` has an effect only with `size`, which has storage made for the job.',
    zh: '`storageClass` 只有与 `size` 一起使用才起作用，`size` 会为任务创建存储。',
  },
  'finding.storage.path-twice': {
    en: 'Two workdirs cannot be mounted at `{path}`. Give one of them another path.',
    zh: '`{path}` 不能挂载两个 workdir，请为其中一个换一个路径。',
  },
  'finding.storage.path-twice.shm': {
    en: 'A job with GPUs has `{path}` already, as memory that its processes share. Give the workdir another path.',
    zh: '使用 GPU 的任务已有 `{path}`，即各进程共享的内存。请为此 workdir 换一个路径。',
  },
  'finding.secret.in-env': {
    en: 'The value of `{name}` looks like a secret, and everyone who sees this file or the job can read it. Take it from a secret of the cluster.',
    zh: '`{name}` 的值像是密钥，能看到此文件或任务的人都能读到。请改为从集群的 Secret 读取。',
  },
  'finding.secret.in-command': {
    en: 'A secret seems to stand in the command line, and everyone who sees this file or the job can read it. Take it from a secret of the cluster: `$({name})` stands for the variable here.',
    zh: '命令行中似乎含有密钥，能看到此文件或任务的人都能读到。请改为从集群的 Secret 读取，在此用 `$({name})` 引用变量。',
  },
  'finding.notebook.empty-token': {
    en: 'The token is empty: everyone who reaches the port can run code here. Without this, gpuctl makes a token.',
    zh: 'token 为空：能访问该端口的人都可以在此执行代码。去掉它，gpuctl 会生成 token。',
  },
  'finding.image.no-tag': {
    en: 'Without a tag this is `{image}:latest`, which may be another image tomorrow. Name a version.',
    zh: '没有标签即为 `{image}:latest`，它指向的镜像随时会变。请指明版本。',
  },
  'finding.image.latest': {
    en: '`latest` may be another image tomorrow, and on another node. Name a version.',
    zh: '`latest` 指向的镜像随时会变，不同节点上也可能不同。请指明版本。',
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
  'finding.capacity.node-too-small.one': {
    en: 'Impossible: no node of {pool} has {perNode} {what} (the largest has {largest}), and this cannot span nodes. Ask for {largest} or fewer.',
    zh: '无法满足：{pool} 中没有节点拥有 {perNode} 张 {what}（最多 {largest} 张），且不能跨节点。请最多请求 {largest} 张',
  },
  'finding.capacity.too-few-nodes.replicas': {
    en: 'Impossible: {pool} has {nodes} {nodes|node|nodes} with at least {perNode} {what}, too few for {wanted} replicas of that size. Lower `replicas`.',
    zh: '无法满足：{pool} 中至少有 {perNode} 张 {what} 的节点只有 {nodes} 个，放不下 {wanted} 个副本。请减小 `replicas`',
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
  'fix.yaml.spaces': { en: 'Indent with spaces', zh: '改用空格缩进' },
  'fix.yaml.space': { en: 'Add the space', zh: '补上空格' },
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
