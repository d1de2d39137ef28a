import { createRandom } from './random.ts';

/** Valid YAML of every style with comments, blank lines and odd spacing where they may stand; the same for the same seed. */
export function randomYaml(seed: number): () => string {
  const random = createRandom(seed);
  const upTo = (count: number) => Math.floor(random() * count);
  const pick = <T>(choices: readonly T[]): T => choices[upTo(choices.length)] as T;
  const chance = (share: number) => random() < share;
  const blanks = (count: number) => ' '.repeat(count);
  const some = (most: number, make: (index: number) => string) => Array.from({ length: upTo(most) }, (_, i) => make(i));
  const comment = () => (chance(0.15) ? `${blanks(1 + upTo(3))}# ${pick(['note', 'key: value', '- item'])}` : '');

  function between(indent: number): string {
    let lines = '';
    while (chance(0.15)) {
      const column = pick([0, indent, indent + 1, Math.max(0, indent - 1)]);
      lines += pick(['\n', '   \n', `${blanks(column)}# note\n`, '\n\n\n\n']);
    }
    return lines;
  }

  function flow(depth: number): string {
    if (depth === 0 || chance(0.4)) return pick(['a', '1', '"q, r"', "'s'"]);
    const gap = () => (chance(0.15) ? `\n${blanks(20 + upTo(5))}` : pick(['', ' ', '  ']));
    if (chance(0.5)) return `[${gap()}${some(3, () => flow(depth - 1)).join(`${gap()},${gap()}`)}${gap()}]`;
    const pairs = some(3, (i) => `k${i}:${pick([' ', '  '])}${flow(depth - 1)}`);
    return `{${gap()}${pairs.join(`${gap()},${pick([' ', '  '])}`)}${gap()}}`;
  }

  function blockScalar(indent: number): string {
    const lead = blanks(indent + 1 + upTo(4));
    const middle = pick(['', `${lead}  deeper\n`, '\n', `${lead}   \n`]);
    const end = chance(0.3) ? '\n\n\n\n' : '';
    return ` ${pick(['|', '>', '|-', '|+', '>-'])}${comment()}\n${lead}text\n${middle}${lead}# no comment\n${end}`;
  }

  function value(indent: number, depth: number): string {
    const kind = random();
    const deeper = blanks(indent + 1 + upTo(3));
    if (depth > 0 && kind < 0.35) return `${comment()}\n${mapping(indent + 1 + upTo(4), depth - 1)}`;
    if (depth > 0 && kind < 0.55) return `${comment()}\n${list(indent + upTo(4), depth - 1)}`;
    if (kind < 0.65) return blockScalar(indent);
    if (kind < 0.7) return ` "two\n${deeper}lines"${comment()}\n`;
    if (kind < 0.75) return ` plain\n${deeper}lines\n`;
    const scalar = pick(['a', '1', '"q: x"', "'s'", 'two words', 'http://x:1/y', '*anc', '~', '1e-5', '!t v', '&z w']);
    return `${blanks(1 + upTo(3))}${kind < 0.85 ? flow(2) : scalar}${comment()}${pick(['', '  '])}\n`;
  }

  function mapping(indent: number, depth: number): string {
    const pairs = Array.from({ length: 1 + upTo(3) }, (_, i) => {
      const key = pick([`k${i}`, `key${i}`, `"q${i}"`, `a-b${i}`]);
      return `${between(indent)}${blanks(indent)}${key}${pick([':', ':', ' :'])}${value(indent, depth)}`;
    });
    return pairs.join('');
  }

  function list(indent: number, depth: number): string {
    const items = Array.from({ length: 1 + upTo(3) }, () => {
      const dash = `${between(indent)}${blanks(indent)}-`;
      if (depth === 0 || chance(0.6)) return dash + value(indent, 0);
      const gap = 1 + upTo(3);
      return dash + blanks(gap) + mapping(indent + 1 + gap, depth - 1).replace(/^(?:\s*(?:#.*)?\n)*\s*/, '');
    });
    return items.join('');
  }

  return () => {
    const text = `${chance(0.2) ? '---\n' : ''}kind: training\njob: &anc { name: a }\n${mapping(0, 3)}${between(0)}`;
    const cut = chance(0.1) ? text.trimEnd() : text;
    return chance(0.1) ? cut.replaceAll('\n', '\r\n') : cut;
  };
}
