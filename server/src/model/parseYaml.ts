import { Composer, type Document, Lexer, Parser, YAMLParseError } from 'yaml';
import { withoutStacks } from './withoutStacks.ts';

/** Bounds of what is looked at: beyond, a document gets one finding and no more. */
export const LIMITS = {
  /** UTF-16 units of a document. */
  characters: 256 * 1024,
  /** Levels of nesting. */
  depth: 100,
  /** Entries that are read, those behind aliases each time. */
  nodes: 10_000,
  /** Words and marks of a document, blanks and comments aside: what bounds the time of the one step that cannot be cut. */
  lexemes: 20_000,
};

const OPTIONS = { merge: true, uniqueKeys: false, prettyErrors: false } as const;
/** Lexemes between two rests. */
const STEP = 2000;

/** Parses one YAML document; `undefined` where it is past a bound. */
export function parseYaml(text: string): Document.Parsed | undefined {
  const steps = parseInSteps(text);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** As `parseYaml`, with rests in between: a step takes a few milliseconds, the last one up to some tens of a document at the bounds. */
export function* parseInSteps(text: string): Generator<void, Document.Parsed | undefined> {
  if (text.length > LIMITS.characters) return undefined;
  const parser = new Parser();
  const composer = new Composer(OPTIONS);
  let document: Document.Parsed | undefined;
  const keep = (composed: Iterable<Document.Parsed>) =>
    withoutStacks(() => {
      for (const one of composed) {
        if (!document) document = one;
        else if (document.errors.length < 2) document.errors.push(secondDocument(one));
      }
    });
  let lexemes = 0;
  let content = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const code = lexeme.charCodeAt(0); // blanks, line breaks and the lexer's own marks do not count, nor do comments
    if (code > 0x20 && code !== 0x23 && ++content > LIMITS.lexemes) return undefined;
    for (const token of parser.next(lexeme)) keep(composer.next(token));
    if (parser.stack.length > LIMITS.depth + 2) return undefined; // the document and a scalar are there, too
    if (++lexemes % STEP === 0) yield;
  }
  if (lexemes >= STEP) yield;
  for (const token of parser.end()) keep(composer.next(token));
  keep(composer.end(true, text.length));
  return document;
}

const secondDocument = ({ range: [start, end] }: Document.Parsed) =>
  new YAMLParseError([start, end], 'MULTIPLE_DOCS', 'a second document');
