import { message } from '../../../../l10n/index.ts';
import { becomesText, keyText } from '../../kinds/keyTexts.ts';
import type { Path } from '../../model/finding.ts';
import type { JsonSchema } from '../../model/schema.ts';
import type { Say } from '../../operations/views.ts';

/** What a key means, what comes of it, its default and an example, as Markdown. */
export function documentKey(path: Path, schema: JsonSchema, say: Say): string | undefined {
  const facts = [
    schema.default === undefined ? undefined : message('completion.doc.default', { value: inline(schema.default) }),
    schema.examples?.length ? message('completion.doc.example', { value: inline(schema.examples[0]) }) : undefined,
  ];
  const paragraphs = [
    ...[keyText(path), becomesText(path)].flatMap((text) => (text ? [say(text)] : [])),
    facts.flatMap((fact) => (fact ? [say(fact)] : [])).join('  \n'),
  ];
  return paragraphs.filter(Boolean).join('\n\n') || undefined;
}

/** A value on one line, as YAML has it. */
const inline = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
