import { type Message, message } from '../../../l10n/index.ts';
import type { TextChange, TextRange } from './finding.ts';
import { contentEnd, contentStart, type Line, openBrackets, unclosedQuote, unitOf } from './syntaxLines.ts';

/** What may be the mistake behind a syntax error. It is, if the parser gets further once it is mended. */
export interface Cause {
  range: TextRange;
  message: Message;
  /** What a parser needs to go on. */
  mend: readonly TextChange[];
  /** The name of the mend, where it is what the person wants, too. */
  fix?: Message;
  preferred?: true;
  /** The mend is a guess: what is found behind it may be a consequence. */
  guess?: true;
}

type Look = (lines: readonly Line[], at: number, error: number) => Cause[];

const range = (start: number, end: number): TextRange => ({ start, end: Math.max(end, start + 1) });
const whole = (line: Line): TextRange => range(contentStart(line), contentEnd(line));
const change = (start: number, end: number, text: string): TextChange => ({ range: { start, end }, text });
const insert = (at: number, text: string): TextChange => change(at, at, text);

/** The nearest line with content above or below. */
function neighbour(lines: readonly Line[], at: number, step: 1 | -1): Line | undefined {
  for (let index = at + step; index >= 0 && index < lines.length; index += step) {
    const line = lines[index];
    if (line?.content) return line;
  }
  return undefined;
}

const tab: Look = (lines, at) => {
  const line = lines[at] as Line;
  const tabs = line.indent.indexOf('\t');
  if (tabs < 0) return [];
  const unit = unitOf(lines);
  const above = neighbour(lines, at, -1)?.indent.replaceAll('\t', ' '.repeat(unit)).length ?? 0;
  const wide = line.indent.replaceAll('\t', ' '.repeat(unit)).length;
  return [...new Set([wide, above, above + unit, above - unit])]
    .filter((width) => width >= 0)
    .map((width) => ({
      range: range(line.start + tabs, contentStart(line)),
      message: message('finding.yaml.syntax.tab'),
      mend: [change(line.start, contentStart(line), ' '.repeat(width))],
      fix: message('fix.yaml.spaces'),
      preferred: true,
    }));
};

const dash: Look = (lines, at) => {
  const line = lines[at] as Line;
  const found = /^(?:- +)*-(?=[^\s-])/.exec(line.content);
  if (!found) return [];
  const end = contentStart(line) + found[0].length;
  const word = /^[^\s:]*/.exec(line.content.slice(found[0].length))?.[0].length ?? 0;
  return [
    {
      range: range(end - 1, end + word),
      message: message('finding.yaml.syntax.dash'),
      mend: [insert(end, ' ')],
      fix: message('fix.yaml.space'),
      preferred: true,
    },
  ];
};

const colonSpace: Look = (lines, at) => {
  const line = lines[at] as Line;
  const found = /^((?:- +)*)(["']?)[A-Za-z_][\w.-]*\2:(?=[^\s:/])/.exec(line.content);
  if (!found) return [];
  const behind = contentStart(line) + found[0].length;
  return [
    {
      range: range(contentStart(line) + (found[1] ?? '').length, contentEnd(line)),
      message: message('finding.yaml.syntax.colon-space'),
      mend: [insert(behind, ' ')],
      fix: message('fix.yaml.space'),
      preferred: true,
    },
  ];
};

/** Of this line, or of the nearest one above that opens a quote and does not close it. */
const quote: Look = (lines, at) => {
  for (let index = at; index >= 0; index--) {
    const line = lines[index] as Line;
    const open = unclosedQuote(line.content);
    if (open === undefined) continue;
    const char = line.content[open] as string;
    const end = contentEnd(line);
    const closing = /[\]},\s]*$/.exec(line.content)?.[0].length ?? 0;
    return [...new Set([end, end - closing])].map((place) => ({
      range: range(contentStart(line) + open, end),
      message: message('finding.yaml.syntax.quote', { quote: char }),
      mend: [insert(place, char)],
      fix: message('fix.yaml.close', { text: char }),
      guess: true,
    }));
  }
  return [];
};

const bracket: Look = (lines, at) => {
  const outermost = openBrackets(lines, at)[0] ?? openBrackets(lines, at + 1)[0];
  if (!outermost) return [];
  const opened = lines.findLastIndex(({ start }) => start <= outermost.at);
  let last = at;
  while (last > opened && (last === at || !lines[last]?.content)) last--;
  return [...new Set([opened, last, at])].flatMap((index) => {
    const open = openBrackets(lines, index + 1);
    if (!open.length) return [];
    const text = open.map(({ char }) => (char === '[' ? ']' : '}')).reverse();
    return {
      range: range(outermost.at, outermost.at + 1),
      message: message('finding.yaml.syntax.bracket', {
        open: outermost.char,
        close: outermost.char === '[' ? ']' : '}',
      }),
      mend: [insert(contentEnd(lines[index] as Line), text.join(''))],
      fix: message('fix.yaml.close', { text: text.join('') }),
      guess: true as const,
    };
  });
};

const atError: Look = (lines, at, error) => {
  const line = lines[at] as Line;
  const char = line.content[error - contentStart(line)] ?? '';
  const causes: Cause[] = [];
  if (char === ']' || char === '}') {
    causes.push({
      range: range(error, error + 1),
      message: message('finding.yaml.syntax.closes-nothing', { char }),
      mend: [change(error, error + 1, '')],
      fix: message('fix.yaml.remove', { text: char }),
    });
  }
  if (char === ',') {
    causes.push({
      range: range(error, error + 1),
      message: message('finding.yaml.syntax.two-commas'),
      mend: [change(error, error + 1, '')],
      fix: message('fix.yaml.remove', { text: char }),
    });
  }
  if (char && openBrackets([{ ...line, content: line.content.slice(0, error - contentStart(line)) }], 1).length) {
    causes.push({
      range: range(error, contentStart(line) + nextBreak(line.content, error - contentStart(line))),
      message: message('finding.yaml.syntax.comma'),
      mend: [insert(error, ', ')],
      fix: message('fix.yaml.comma'),
    });
  }
  for (const slash of [error - 1, error]) {
    if (line.content[slash - contentStart(line)] !== '\\') continue;
    causes.push({
      range: range(slash, slash + 2),
      message: message('finding.yaml.syntax.escape', { found: line.content.substr(slash - contentStart(line), 2) }),
      mend: [insert(slash, '\\')],
      fix: message('fix.replace-with', { text: '\\\\' }),
    });
  }
  return causes;
};

const nextBreak = (content: string, from: number): number => {
  const length = content.slice(from).search(/[,\]}\s]/);
  return length < 0 ? content.length : from + length;
};

const percent: Look = (lines, at) => {
  const line = lines[at] as Line;
  if (line.indent || !line.content.startsWith('%')) return [];
  return [
    {
      range: whole(line),
      message: message('finding.yaml.syntax.percent'),
      mend: [change(line.start, line.start + 1, '#')],
      guess: true,
    },
  ];
};

/** A key (or an item) and its value on one line. */
const PAIR = /^((?:- +)*(?:(?:"[^"]*"|'[^']*'|[^\s"'[{][^:]*?)[ \t]*:[ \t]+)?)(\S.*)$/;

const value: Look = (lines, at) => {
  const line = lines[at] as Line;
  const [, before = '', text = ''] = PAIR.exec(line.content) ?? [];
  if (!before || !text) return [];
  const from = contentStart(line) + before.length;
  const to = contentEnd(line);
  const header = /^[|>][-+\d]*[ \t]+(?=\S)/.exec(text);
  if (header) {
    return [
      {
        range: range(from + header[0].length, to),
        message: message('finding.yaml.syntax.block'),
        mend: [change(from + header[0].length, to, '')],
        guess: true,
      },
    ];
  }
  const quoted = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(?=\S)/.exec(text);
  const char = quoted ? '' : (/^[@`%&*!|>]|:(?=\s|$)|^[:\-?](?=\s)/.exec(text)?.[0] ?? '');
  if (!quoted && !char) return [];
  const single = text.includes('"') || text.includes('\\');
  return [
    {
      range: quoted ? range(from + quoted[0].length, to) : range(from, to),
      message: quoted
        ? message('finding.yaml.syntax.behind-quote')
        : message('finding.yaml.syntax.needs-quotes', { char }),
      mend: [change(from, to, single ? `'${text.replaceAll("'", "''")}'` : `"${text}"`)],
      fix: message('fix.yaml.quote'),
    },
  ];
};

const isItem = ({ content }: Line): boolean => /^-(?:\s|$)/.test(content);

/** A key among items, or an item among keys. */
const mixed: Look = (lines, at) => {
  const line = lines[at] as Line;
  const width = line.indent.length;
  let above: Line | undefined;
  for (let index = at - 1; index >= 0; index--) {
    const one = lines[index] as Line;
    if (one.content && one.indent.length <= width) {
      above = one;
      break;
    }
  }
  if (!above || above.indent.length !== width || isItem(above) === isItem(line)) return [];
  const inner = /^- */.exec(above.content)?.[0].length ?? 2;
  if (isItem(above)) {
    return [
      {
        range: whole(line),
        message: message('finding.yaml.syntax.key-among-items', { count: inner }),
        mend: [insert(line.start, ' '.repeat(inner))],
        fix: message('fix.yaml.indent', { count: width + inner }),
        guess: true,
      },
      blank(lines, at, message('finding.yaml.syntax.key-among-items', { count: inner })),
    ];
  }
  return [blank(lines, at, message('finding.yaml.syntax.item-among-keys'))];
};

/** The lines below that belong to one: those that are indented more. */
function below(lines: readonly Line[], at: number): Line[] {
  const width = lines[at]?.indent.length ?? 0;
  const inner: Line[] = [];
  for (const line of lines.slice(at + 1)) {
    if (!line.content) continue;
    if (line.indent.length <= width) break;
    inner.push(line);
  }
  return inner;
}

/** Leaves a line out, with what belongs to it. */
function blank(lines: readonly Line[], at: number, said: Message): Cause {
  const line = lines[at] as Line;
  const mend = [line, ...below(lines, at)].map((one) => change(contentStart(one), contentEnd(one), ''));
  return { range: whole(line), message: said, mend, guess: true };
}

/** Other indentations that neighbours have, the nearest first. `odd`: only lines that are no multiple of the usual step. */
const indentation =
  (odd: boolean): Look =>
  (lines, at) => {
    const line = lines[at] as Line;
    const unit = unitOf(lines);
    const width = line.indent.length;
    if ((width % unit !== 0) !== odd || line.indent.includes('\t')) return [];
    if (!odd && !/^(?:- |["'\w][^:]*:(?:\s|$))/.test(line.content)) return [];
    const widths = new Set<number>([0]);
    for (const one of lines.slice(Math.max(0, at - 50), at + 10)) {
      if (!one.content) continue;
      widths.add(one.indent.length);
      widths.add(one.indent.length + unit);
      const item = /^(?:- +)+/.exec(one.content);
      if (item) widths.add(one.indent.length + item[0].length);
    }
    const inner = below(lines, at);
    const least = inner[0]?.indent.length ?? Number.POSITIVE_INFINITY;
    const nearest = [...widths]
      .filter((wanted) => wanted !== width && (!odd || wanted % unit === 0))
      .sort((a, b) => Math.abs(a - width) - Math.abs(b - width) || b - a)
      .slice(0, 4);
    const move = (wanted: number, moved: readonly Line[]): Cause => ({
      range: whole(line),
      message: message('finding.yaml.syntax.indent', { found: width, wanted }),
      mend: moved.map((one) =>
        change(one.start, contentStart(one), ' '.repeat(Math.max(0, one.indent.length + wanted - width))),
      ),
      fix: message('fix.yaml.indent', { count: wanted }),
      ...(!odd && { guess: true }),
    });
    const alone = nearest.filter((wanted) => wanted < least).map((wanted) => move(wanted, [line]));
    return inner.length ? [...alone, ...nearest.map((wanted) => move(wanted, [line, ...inner]))] : alone;
  };

/** `job：`, as a Chinese keyboard writes it. */
const wideColon: Look = (lines, at) => {
  const line = lines[at] as Line;
  const found = /^((?:- +)*)(["']?)[A-Za-z_][\w.-]*\2：[ \t]*/.exec(line.content);
  if (!found) return [];
  const end = contentStart(line) + found[0].length;
  const begin = contentStart(line) + found[0].indexOf('：');
  return [
    {
      range: range(begin, begin + 1),
      message: message('finding.yaml.syntax.wide-colon'),
      mend: [change(begin, end, end < contentEnd(line) ? ': ' : ':')],
      fix: message('fix.yaml.wide-colon'),
      preferred: true,
    },
  ];
};

const colon: Look = (lines, at) => {
  const line = lines[at] as Line;
  const [, items = '', key = '', rest = ''] =
    /^((?:- +)*)([A-Za-z_][\w-]*)((?:[ \t]+[^\s:].*)?)$/.exec(line.content) ?? [];
  if (!key || /:(?:\s|$)/.test(rest)) return [];
  const behind = contentStart(line) + items.length + key.length;
  return [
    {
      range: range(contentStart(line) + items.length, contentEnd(line)),
      message: message('finding.yaml.syntax.colon', { key }),
      mend: [insert(behind, ':')],
      fix: message('fix.yaml.colon'),
      guess: true,
    },
  ];
};

const unreadable: Look = (lines, at) => [blank(lines, at, message('finding.yaml.syntax'))];

/** What to look for, the most telling first. */
export const LOOKS: readonly Look[] = [
  tab,
  dash,
  colonSpace,
  wideColon,
  quote,
  bracket,
  atError,
  percent,
  value,
  indentation(true),
  colon,
  mixed,
  indentation(false),
  unreadable,
];
