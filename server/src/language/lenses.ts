import type { CodeLens } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { message } from '../../../l10n/index.ts';
import { type CheckedFile, documentsOf, errorsOf } from '../kinds/checkedFile.ts';
import { isJob } from '../kinds/kind.ts';
import { firstLine } from '../model/yamlTree.ts';
import type { Say } from '../operations/views.ts';

/** An icon before a lens; the editor swallows a plain space behind it. */
const icon = (name: string): string => `$(${name})\u00a0`;

/** Where a submit would go. */
export interface LensTarget {
  context: string | undefined;
  cluster: string | undefined;
  namespace: string;
}

/** Above each gpuctl document: submit it, and where that leads. Its index counts the gpuctl documents of the file. */
export function buildLenses(checked: CheckedFile, file: TextDocument, target: LensTarget, say: Say): CodeLens[] {
  return documentsOf(checked).flatMap(({ document, offset }, index) => {
    if (!document.kind) return [];
    const start = file.positionAt(offset + firstLine(document.text).start);
    const range = { start, end: start };
    const errors = errorsOf(checked, document).length;
    const { kindName, kind, model } = document;
    const { cluster } = target;
    const namespace = (isJob(model) && model.namespace) || target.namespace;
    // Pools and quotas are of the whole cluster.
    const hasNamespace = kind.marks.includes('job');
    const where = cluster
      ? {
          title: `${icon('server')}${say(hasNamespace ? message('lens.target', { cluster, namespace }) : message('lens.target.cluster', { cluster }))}`,
          tooltip: say(message('lens.target.tooltip')),
        }
      : {
          title: `${icon('circle-slash')}${say(message('lens.target.none'))}`,
          tooltip: say(message('lens.target.tooltip')),
        };
    const submit = errors
      ? {
          title: `${icon('error')}${say(message('lens.errors', { count: errors }))}`,
          command: 'workbench.actions.view.problems',
        }
      : {
          title: `${icon('play')}${say(message('lens.submit'))}`,
          command: 'gpuctl.job.submit',
          arguments: [
            {
              uri: file.uri,
              document: index,
              ...(model && { meant: { kind: kindName, name: model.name } }),
              ...(target.context && { context: target.context }),
            },
          ],
          ...(cluster && {
            tooltip: say(
              hasNamespace
                ? message('lens.submit.tooltip', { cluster, namespace })
                : message('lens.submit.tooltip.settings', { cluster }),
            ),
          }),
        };
    return [
      { range, command: submit },
      { range, command: { ...where, command: 'gpuctl.target.select' } },
    ];
  });
}
