import { documentsOf } from '../../kinds/checkedFile.ts';
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
  const read = await readFiles([...files, ...(options.filename ?? [])], {
    recursive,
    stdin: cli.ports.stdin,
    signal: cli.signal,
  });
  const findings = read.flatMap((file) => findingsOf(file, cli));
  const documents = read.reduce((sum, { checked }) => sum + documentsOf(checked).length, 0);
  const count = (severity: string) => findings.filter((one) => one.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  if (options.output === 'json')
    await cli.out.json({ version: 1, kind: 'findings', items: findings, documents, errors, warnings });
  else {
    for (const finding of findings) await cli.out.line(toLine(finding, cli));
    await cli.out.note(cli.t('cli.validate.summary', { documents, errors, warnings }));
  }
  return errors || (strict && warnings) ? EXIT.documentErrors : EXIT.ok;
}
