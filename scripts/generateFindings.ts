import { PAGES, type Page, type PageText } from '../l10n/pages.ts';
import { CHAPTERS, type Chapter, FINDINGS, type FindingInfo } from '../server/src/kinds/findingList.ts';
import type { Severity } from '../server/src/model/finding.ts';

/** What the reference says besides the pages, in one language. */
interface Frame {
  of: (page: Page) => PageText;
  title: string;
  intro: string;
  columns: string;
  chapters: Record<Chapter, string>;
  severities: Record<Severity, string>;
  firm: string;
  wrong: string;
  right: string;
}

const ENGLISH: Frame = {
  of: (page) => page.en,
  title: 'Findings',
  intro: `What gpuctl says about a document, by code. An **error** keeps the document from being submitted. A **warning** does not: it runs,
but hardly as meant. An **information** or a **hint** is good to know. Findings of the last chapter come from the cluster: they
appear only where its nodes and what runs on them can be seen, and go by themselves when it changes.

Another severity, or \`off\`, is set in \`gpuctl.rules\`, by code (\`image.latest\`), by its first word for all of a group (\`image\`), or
by chapter (\`CHAPTERS\`):

\`\`\`json
"gpuctl.rules": { "image.latest": "error", "deepspeed": "hint", "pool.absent": "off" }
\`\`\`

One place is silenced by a comment at the end of its line, or alone above it:

\`\`\`yaml
environment:
  image: trainer:latest # gpuctl-ignore: image.latest
resources:
  # gpuctl-ignore: pool.absent, resources.no-requests
  gpu: 1
\`\`\`

Neither changes what is marked *always* below: a document that has it could not run, or not as written.`,
  columns: '| code | severity | what it means |',
  chapters: {
    file: 'The file',
    spelling: 'Keys and values',
    sizes: 'What is asked for',
    names: 'Names',
    storage: 'Storage',
    tools: 'Programs and GPUs',
    safety: 'Safety',
    capacity: 'What the cluster has',
  },
  severities: { error: 'error', warning: 'warning', information: 'information', hint: 'hint' },
  firm: ', always',
  wrong: 'Not so:',
  right: 'But so:',
};

const CHINESE: Frame = {
  of: (page) => page.zh,
  title: '检查结果',
  intro: `gpuctl 对文档的检查结果，按代码列出。**错误**：文档不能提交。**警告**：可以运行，但很可能不是本意。**信息**与**提示**：供参考。
最后一章的结果来自集群：只有能看到其节点和任务时才会出现，并随集群变化自动消失。

可在 \`gpuctl.rules\` 中改变级别，或用 \`off\` 关闭。键可以是代码（\`image.latest\`）、代码的第一个词（表示整组，如 \`image\`）或章（\`CHAPTERS\`）：

\`\`\`json
"gpuctl.rules": { "image.latest": "error", "deepspeed": "hint", "pool.absent": "off" }
\`\`\`

只忽略一处时，在该行末尾或上一行单独写注释：

\`\`\`yaml
environment:
  image: trainer:latest # gpuctl-ignore: image.latest
resources:
  # gpuctl-ignore: pool.absent, resources.no-requests
  gpu: 1
\`\`\`

下文标有“始终”的结果不受两者影响：带有它的文档无法运行，或无法按所写运行。`,
  columns: '| 代码 | 级别 | 含义 |',
  chapters: {
    file: '文件',
    spelling: '键与值',
    sizes: '所请求的资源',
    names: '名称',
    storage: '存储',
    tools: '程序与 GPU',
    safety: '安全',
    capacity: '集群现状',
  },
  severities: { error: '错误', warning: '警告', information: '信息', hint: '提示' },
  firm: '，始终',
  wrong: '不要这样：',
  right: '而要这样：',
};

/** The references of findings, `docs/findings*.md`: by chapter a table, below it the page of each. */
export function generateFindings(): Map<string, string> {
  return new Map([
    ['docs/findings.md', reference(ENGLISH)],
    ['docs/findings.zh-cn.md', reference(CHINESE)],
  ]);
}

function reference(frame: Frame): string {
  const chapters = CHAPTERS.map((chapter) => {
    const findings = FINDINGS.filter((info) => info.chapter === chapter);
    const rows = findings.map(
      (info) =>
        `| [\`${info.code}\`](#${anchorOf(info.code)}) | ${severity(info, frame)} | ${pageOf(info, frame).what} |`,
    );
    const table = [frame.columns, '|---|---|---|', ...rows].join('\n');
    return [`## ${frame.chapters[chapter]}`, table, ...findings.map((info) => section(info, frame))].join('\n\n');
  });
  const names = CHAPTERS.join('`, `');
  return `${[`# ${frame.title}`, frame.intro.replace('CHAPTERS', names), ...chapters].join('\n\n')}\n`;
}

/** As the editor shows it: from its heading to the next. */
function section(info: FindingInfo, frame: Frame): string {
  const { wrong, right } = PAGES[info.code] ?? {};
  const { what, more } = pageOf(info, frame);
  const example = (title: string, yaml: string | undefined) => (yaml ? [`${title}\n\n\`\`\`yaml\n${yaml}\`\`\``] : []);
  return [
    `### ${info.code}`,
    `*${severity(info, frame)}* · ${what}`,
    more,
    ...example(frame.wrong, wrong),
    ...example(frame.right, right),
  ].join('\n\n');
}

function pageOf({ code }: FindingInfo, { of }: Frame): PageText {
  const page = PAGES[code];
  if (!page) throw new Error(`l10n/pages has no page of the finding ${code}`);
  return of(page);
}

const severity = (info: FindingInfo, { severities, firm }: Frame): string =>
  info.firm ? severities[info.severity] + firm : severities[info.severity];

/** As GitHub makes it of a heading. */
const anchorOf = (code: string): string => code.replaceAll('.', '');
