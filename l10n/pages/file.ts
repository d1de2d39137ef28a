import type { Page } from './page.ts';

/** Findings on the file as such. */
export const filePages: Record<string, Page> = {
  'yaml.syntax': {
    en: {
      what: 'The text is not valid YAML at this place.',
      more: 'The sentence says what is wrong here: a tab in front of a line, a quote or bracket that is not closed, a colon or a space that is missing, a line at another column than its neighbours. Lines of one section begin at the same column, and only spaces indent. The document cannot be submitted before it is mended; what stands in other documents of the file is not concerned.',
    },
    zh: {
      what: '此处不是有效的 YAML。',
      more: '提示说明了具体问题：行首有制表符、引号或括号没有闭合、缺少冒号或空格、缩进与相邻行不一致。同一小节的各行应从同一列开始，且只能用空格缩进。修正之前此文档不能提交；文件中的其他文档不受影响。',
    },
    wrong: 'environment:\n  image: trainer:1\n  command: [python, train.py\n',
    right: 'environment:\n  image: trainer:1\n  command: [python, train.py]\n',
  },
  'yaml.undefined-alias': {
    en: {
      what: '`*name` refers to an anchor `&name` that does not exist before it.',
      more: 'An anchor has to stand in the same document, above the place that refers to it. Write `&name` in front of the value that is meant, or put the value itself here.',
    },
    zh: {
      what: '`*name` 引用的锚点 `&name` 在它之前不存在。',
      more: '锚点必须位于同一文档中、引用之前。请在目标值前写上 `&name`，或直接写出该值。',
    },
    wrong: 'storage:\n  workdirs: *dirs\n',
    right: 'storage:\n  workdirs: &dirs\n    - path: /data\n',
  },
  'document.too-large': {
    en: {
      what: 'The document is larger than is checked: over 256 KiB, 20,000 words and marks (aliases written out) or 100 levels.',
      more: 'Checks stay fast because they are bounded. Nothing is said of such a document, and it cannot be submitted. Split it, or move what it carries (a script, a configuration) into the image or onto storage.',
    },
    zh: {
      what: '文档超出检查范围：超过 256 KiB、20,000 个词与符号（别名按展开计）或 100 层。',
      more: '为保证速度，检查有上限。超出上限的文档不会检查，也不能提交。请拆分文档，或把其中携带的内容（脚本、配置）放进镜像或存储。',
    },
  },
  'kind.missing': {
    en: {
      what: 'Every document says by `kind` what it is.',
      more: 'In files named `*.gpuctl.yaml` every document is read as one of gpuctl, except those with an `apiVersion`, which belong to others and are left alone. In other YAML files only documents with a known `kind` are looked at.',
    },
    zh: {
      what: '每个文档都要用 `kind` 说明其类型。',
      more: '在名为 `*.gpuctl.yaml` 的文件中，除带有 `apiVersion` 的文档（属于其他工具，不会处理）外，每个文档都按 gpuctl 文档读取。在其他 YAML 文件中，只处理 `kind` 已知的文档。',
    },
    wrong: '---\njob:\n  name: sft\nenvironment:\n  image: trainer:1\n',
    right: '---\nkind: training\njob:\n  name: sft\nenvironment:\n  image: trainer:1\n',
  },
  'kind.unknown': {
    en: {
      what: 'The word after `kind` names no kind of document.',
      more: 'There are `training`, `inference`, `notebook`, `compute`, `pool` and `quota`. A document of Kubernetes in a `*.gpuctl.yaml` file needs its `apiVersion`: then it is left alone.',
    },
    zh: {
      what: '`kind` 后面的词不是 gpuctl 的类型。',
      more: '可用的有 `training`、`inference`、`notebook`、`compute`、`pool`、`quota`。`*.gpuctl.yaml` 中的 Kubernetes 文档需要写上 `apiVersion`，这样就不会处理它。',
    },
    wrong: 'kind: trainnig\n',
    right: 'kind: training\n',
  },
  'kind.old-name': {
    en: {
      what: '`resource` is the older word for `pool`.',
      more: 'It goes on working and means the same. The quick fix puts the newer word there.',
    },
    zh: { what: '`resource` 是 `pool` 的旧称。', more: '它仍然可用，含义相同。快速修复会改成新的写法。' },
    wrong: 'kind: resource\npool:\n  name: training-pool\n',
    right: 'kind: pool\npool:\n  name: training-pool\n',
  },
  'ignore.unknown-code': {
    en: {
      what: 'A comment `# gpuctl-ignore: …` names a code that does not exist, so it silences nothing.',
      more: 'The comment stands at the end of a line, or alone above it, and names one or more codes or groups, with commas between them. The code of a finding stands behind its sentence in the editor.',
    },
    zh: {
      what: '注释 `# gpuctl-ignore: …` 写了不存在的代码，因此不起作用。',
      more: '该注释写在行尾，或单独写在上一行，可列出一个或多个代码或分组，用逗号分隔。检查结果的代码显示在编辑器中提示的末尾。',
    },
    wrong: 'environment:\n  image: trainer:latest # gpuctl-ignore: image.latset\n',
    right: 'environment:\n  image: trainer:latest # gpuctl-ignore: image.latest\n',
  },
};
