/** `docs/keys.md` and `docs/keys.zh-cn.md`: every key of every kind, from the schemas and their texts. */
import type { Text } from '../l10n/text.ts';
import type { JsonSchema } from '../server/src/model/schema.ts';
import { type Key, keysOf, listKinds, readSchemas, textOf } from './schemaFiles.ts';

type Language = keyof Text;

const WORDS = {
  title: { en: 'Keys', zh: '键参考' },
  intro: {
    en: 'Every key of a gpuctl document, by kind. Keys of several words may also be written in kebab-case and snake_case (`nodeCount`, `node-count`, `node_count`). A key that is empty counts as absent.',
    zh: '按类型列出 gpuctl 文档的所有键。多个单词的键也可以写成 kebab-case 或 snake_case（`nodeCount`、`node-count`、`node_count`）。值为空的键视为未填写。',
  },
  schemas: {
    en: 'For other editors and for CI, `schemas/published/gpuctl.schema.json` describes documents of any kind, and a schema beside it each kind alone. They take everything that gpuctl takes, except that they refuse unknown keys, of which gpuctl only warns.',
    zh: '供其他编辑器和 CI 使用：`schemas/published/gpuctl.schema.json` 描述任意类型的文档，同目录下另有各类型单独的 schema。它们接受 gpuctl 接受的一切写法，但会拒绝未知的键（gpuctl 仅给出警告）。',
  },
  generated: { en: 'Generated from the schemas and `l10n/keys.ts`.', zh: '由各 schema 与 `l10n/keys.ts` 生成。' },
  common: { en: 'In every job', zh: '所有任务通用' },
  commonIntro: {
    en: 'Training, inference, notebook and compute share these.',
    zh: '训练、推理、Notebook 和计算共用以下各项。',
  },
  key: { en: 'key', zh: '键' },
  type: { en: 'type', zh: '类型' },
  default: { en: 'default', zh: '默认值' },
  meaning: { en: 'meaning', zh: '含义' },
  example: { en: 'example', zh: '示例' },
  required: { en: 'required', zh: '必填' },
  section: { en: 'section', zh: '小节' },
  list: { en: 'list', zh: '列表' },
  mapping: { en: 'mapping', zh: '映射' },
  listOrMapping: { en: 'list or mapping', zh: '列表或映射' },
  words: { en: 'list of texts', zh: '文本列表' },
  text: { en: 'text', zh: '文本' },
  boolean: { en: '`true` or `false`', zh: '`true` 或 `false`' },
  count: { en: 'whole number, 0 or more', zh: '整数，不小于 0' },
  positiveCount: { en: 'whole number, 1 or more', zh: '整数，不小于 1' },
  port: { en: 'port, 1 to 65535', zh: '端口，1 到 65535' },
  percent: { en: 'percent, 1 to 100', zh: '百分比，1 到 100' },
  rate: { en: 'number above zero', zh: '大于零的数' },
  quantity: { en: 'quantity', zh: '数量' },
  duration: { en: 'time span', zh: '时长' },
  name: { en: 'name', zh: '名称' },
  path: { en: 'path with `/` in front', zh: '以 `/` 开头的路径' },
  image: { en: 'image', zh: '镜像' },
} as const satisfies Record<string, Text>;

const TYPES: Record<string, keyof typeof WORDS> = {
  count: 'count',
  positiveCount: 'positiveCount',
  port: 'port',
  percent: 'percent',
  quantity: 'quantity',
  duration: 'duration',
  absolutePath: 'path',
  mountPath: 'path',
  httpPath: 'path',
  rate: 'rate',
  image: 'image',
  dnsLabel: 'name',
  labelValue: 'name',
  poolName: 'name',
  labelKey: 'name',
  resourceName: 'name',
  envName: 'name',
};

/** Kinds in the order in which people read of them; those that are not named here come last. */
const ORDER = ['training', 'inference', 'notebook', 'compute', 'pool', 'quota'];

/** The reference in one language. */
export function keysReference(language: Language): string {
  const { files, set } = readSchemas();
  const word = (name: keyof typeof WORDS) => WORDS[name][language];
  const kinds = [...ORDER, ...listKinds().filter((kind) => !ORDER.includes(kind))];
  const keys = new Map(kinds.map((kind) => [kind, keysOf(files.get(kind) as JsonSchema, set)]));
  const jobKinds = kinds.filter((kind) => files.get(kind)?.properties?.job);
  const inAll = (root: string) => jobKinds.every((kind) => keys.get(kind)?.some(({ path }) => path[0] === root));
  const shared = new Set(['version', 'job', 'environment', 'resources', 'storage'].filter(inAll));
  const row = (key: Key) => {
    const { path, written, schema, required } = key;
    const example = written.examples?.[0] ?? schema.examples?.[0];
    const fallback = required ? word('required') : code(written.default ?? schema.default);
    return `| \`${path.join('.')}\` | ${typeOf(key, word)} | ${fallback} | ${meaning(key, language)} | ${code(example)} |`;
  };
  const table = (rows: readonly Key[]) =>
    [
      `| ${(['key', 'type', 'default', 'meaning', 'example'] as const).map(word).join(' | ')} |`,
      '|---|---|---|---|---|',
      ...rows.map(row),
    ].join('\n');
  const chapters = [
    `## ${word('common')}\n\n${word('commonIntro')}\n\n${table((keys.get('training') ?? []).filter(({ path }) => shared.has(path[0] as string)))}`,
  ];
  for (const [kind, all] of keys) {
    const own = jobKinds.includes(kind) ? all.filter(({ path }) => !shared.has(path[0] as string)) : all;
    chapters.push(`## ${kind}\n\n${textOf(`value.kind.${kind}`)?.[language] ?? ''}\n\n${table(own)}`);
  }
  const head = [`# ${word('title')}`, word('intro'), word('schemas'), word('generated')];
  return `${[...head, ...chapters].join('\n\n')}\n`;
}

function typeOf({ schema, definition, path }: Key, word: (name: keyof typeof WORDS) => string): string {
  const values = schema.const === undefined ? schema.enum : [schema.const];
  if (values) return values.map((value) => `\`${value}\``).join(', ');
  const known = definition && TYPES[definition];
  if (known) return word(known);
  const types = ([] as string[]).concat(schema.type ?? []);
  if (types.includes('array') && types.includes('object')) return word('listOrMapping');
  if (types.includes('array')) return word(schema.items?.$ref?.endsWith('/text') ? 'words' : 'list');
  if (types.includes('object')) return word(schema.properties && path.length ? 'section' : 'mapping');
  if (types.length === 1 && types[0] === 'boolean') return word('boolean');
  return word('text');
}

/** What a key means, what comes of it, and what each of its values means. */
function meaning({ path, schema }: Key, language: Language): string {
  const dotted = path.join('.');
  const texts = [textOf(`key.${dotted}`), textOf(`becomes.${dotted}`)].flatMap((text) =>
    text ? [text[language]] : [],
  );
  const values = (path.length > 1 || dotted !== 'kind' ? (schema.enum ?? []) : []).flatMap((value) => {
    const text = textOf(`value.${dotted}.${value}`);
    return text ? [`\`${value}\`: ${text[language]}`] : [];
  });
  return [texts.join(language === 'zh' ? '' : ' '), ...values].join('<br>').replaceAll('|', '\\|');
}

const code = (value: unknown): string =>
  value === undefined ? '' : `\`${typeof value === 'string' ? value : inFlow(value)}\``;

/** A value in YAML's flow style. */
function inFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inFlow).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, part]) => `${key}: ${inFlow(part)}`)
      .join(', ')}}`;
  return typeof value === 'string' && /^[\d.]+$/.test(value) ? `"${value}"` : String(value);
}
