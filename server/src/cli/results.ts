import type { Message, TextKey } from '../../../l10n/index.ts';
import { nameOf } from '../operations/submit/documentOrder.ts';
import type { Outcome } from '../operations/submit/plan.ts';
import type { DocumentResult } from '../operations/submit/submitDocuments.ts';
import type { Cli } from './cli.ts';
import type { NamedDocument } from './documents.ts';
import { findingsOf, toLine } from './findings.ts';
import { changesOf } from './plans.ts';

/** What became of a document, as `-o json` shows it; promised by `docs/cli.md`. */
export interface ResultItem {
  file: string;
  kind: string;
  name: string;
  /** Absent for what belongs to the whole cluster, and where it is not known. */
  namespace?: string;
  result: Outcome | 'failed' | 'not-agreed' | 'skipped';
  /** In a dry run, what would be done; otherwise absent. */
  changes?: { do: string; kind: string; name: string; fields: string[] }[];
  /** What a person has to agree to. */
  asks?: string[];
  warnings?: string[];
  /** Why it was not submitted, and the stable code of it. */
  message?: string;
  code?: string;
}

const OUTCOMES = {
  created: 'cli.outcome.created',
  changed: 'cli.outcome.changed',
  replaced: 'cli.outcome.replaced',
  unchanged: 'cli.outcome.unchanged',
} as const satisfies Record<Outcome, TextKey>;

const DRY = {
  created: 'cli.dry.created',
  changed: 'cli.dry.changed',
  replaced: 'cli.dry.replaced',
  unchanged: 'cli.outcome.unchanged',
} as const satisfies Record<Outcome, TextKey>;

const whatOf = ({ document }: DocumentResult): string => `${document.kindName}/${nameOf(document)}`;

/** Says what became of a document: what was done on standard output, what was not on standard error. */
export async function tellResult(cli: Cli, result: DocumentResult, source: NamedDocument): Promise<void> {
  const warn = async (warnings: readonly Message[]) => {
    const word = cli.out.style('yellow', cli.t('cli.severity.warning'), 'stderr');
    for (const one of warnings) await cli.out.note(`${whatOf(result)}: ${cli.join(word, cli.say(one))}`);
  };
  switch (result.is) {
    case 'submitted': {
      const { namespace, outcome, warnings } = result.submitted;
      await cli.out.line(sayOutcome(cli, OUTCOMES[outcome], whatOf(result), namespace));
      return warn(warnings);
    }
    case 'planned': {
      const { namespace, outcome, asks, warnings } = result.plan;
      await cli.out.line(sayOutcome(cli, DRY[outcome], whatOf(result), namespace));
      for (const one of changesOf(result.plan)) await cli.out.line(`  ${cli.say(one)}`);
      return warn([...asks, ...warnings]);
    }
    case 'failed': {
      if (result.error.code !== 'submit.has-errors') return cli.tell(result.error, whatOf(result));
      const errors = findingsOf(source.source, cli, source.document).filter(({ severity }) => severity === 'error');
      for (const finding of errors) await cli.out.note(toLine(finding, cli, 'stderr'));
      return cli.out.note(cli.t('cli.has-errors', { what: whatOf(result), errors: errors.length }));
    }
    case 'not-agreed':
      return cli.out.note(cli.t('cli.not-agreed', { what: whatOf(result) }));
    case 'skipped':
      return cli.out.note(`${whatOf(result)}: ${cli.say(result.why)}`);
  }
}

const sayOutcome = (cli: Cli, key: OutcomeKey, what: string, namespace: string | undefined): string =>
  cli.t(key, { what: namespace === undefined ? what : cli.t('cli.what.in', { what, namespace }) });

type OutcomeKey = (typeof OUTCOMES)[Outcome] | (typeof DRY)[Outcome];

/** A result for programs. */
export function toResultItem(cli: Cli, result: DocumentResult, { source }: NamedDocument): ResultItem {
  const { document } = result;
  const item = { file: source.name, kind: document.kindName, name: nameOf(document) };
  const all = (messages: readonly Message[]) => messages.map(cli.say);
  switch (result.is) {
    case 'submitted': {
      const { namespace, outcome, warnings } = result.submitted;
      return { ...item, ...(namespace && { namespace }), result: outcome, warnings: all(warnings) };
    }
    case 'planned': {
      const { namespace, outcome, asks, warnings, changes } = result.plan;
      const planned = changes.map(({ do: what, object, fields }) => ({
        do: what,
        kind: object.kind,
        name: object.name,
        fields,
      }));
      const more = { changes: planned, asks: all(asks), warnings: all(warnings) };
      return { ...item, ...(namespace && { namespace }), result: outcome, ...more };
    }
    case 'failed':
      return { ...item, result: 'failed', message: cli.say(result.error.say), code: result.error.code };
    case 'not-agreed':
      return { ...item, result: 'not-agreed', asks: all(result.plan.asks) };
    case 'skipped':
      return { ...item, result: 'skipped', message: cli.say(result.why) };
  }
}
