import { message } from '../../../../l10n/index.ts';
import { documentsOf } from '../../kinds/checkedFile.ts';
import { GpuctlError } from '../../operations/error.ts';
import type { Cli } from '../cli.ts';
import { EXIT } from '../exit.ts';
import { readFiles } from '../files.ts';
import { findingsOf, toLine } from '../findings.ts';

export interface ValidateOptions {
  filename?: string[];
  recursive?: boolean;
  output?: 'text' | 'json';
  /** Warnings count as errors. */
  strict?: boolean;
}

/** `validate`: checks files without a cluster, and says what is wrong at which place. */
export async function validate(cli: Cli, files: string[], options: ValidateOptions): Promise<number> {
  const { recursive, strict = false } = options;
  const named = [...files, ...(options.filename ?? [])];
  const read = await readFiles(named, {
    recursive,
    stdin: cli.ports.stdin,
    signal: cli.signal,
  });
  const findings = read.flatMap((file) => findingsOf(file, cli));
  const ours = read.filter(({ checked }) => documentsOf(checked).length);
  const documents = ours.reduce((sum, { checked }) => sum + documentsOf(checked).length, 0);
  const empty = new Set(named.filter((name) => !ours.some(({ namedBy }) => namedBy.includes(name))));
  const count = (severity: string) => findings.filter((one) => one.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  if (options.output === 'json')
    await cli.out.json({ version: 1, kind: 'findings', items: findings, documents, errors, warnings });
  else {
    for (const finding of findings) await cli.out.line(toLine(finding, cli));
    if (documents) await cli.out.note(cli.t('cli.validate.summary', { documents, errors, warnings }));
  }
  for (const file of empty)
    await cli.tell(new GpuctlError('file.no-document', message('cli.none.document.in', { file })));
  if (errors || (strict && warnings)) return EXIT.documentErrors;
  return empty.size ? EXIT.failed : EXIT.ok;
}
