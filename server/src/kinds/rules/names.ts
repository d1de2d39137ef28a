import { type Message, message } from '../../../../l10n/index.ts';
import type { JobModel } from '../kind.ts';
import type { Rule } from '../rule.ts';

const PATH = ['job', 'name'];

const isSpread = (model: JobModel): boolean => model.kind === 'training' && model.demand.pods > 1;

/** `gpuctl-yaml.md`, fine print 2: what is built from a name bounds its length. */
function limitOf(model: JobModel): { limit: number; why: Message } | undefined {
  if (isSpread(model)) return { limit: 50, why: message('finding.name.too-long.ranks') };
  if (model.kind === 'notebook') return { limit: 52, why: message('finding.name.too-long.notebook') };
  if (model.kind === 'inference' || model.kind === 'compute')
    return { limit: 59, why: message('finding.name.too-long.service') };
  return undefined; // one node: 63, which the schema holds
}

const shortened = (name: string, limit: number): string => name.slice(0, limit).replace(/-+$/, '');

const tooLong: Rule = {
  code: 'name.too-long',
  severity: 'error',
  about: 'names',
  firm: true,
  check(model) {
    const { name } = model;
    const { limit, why } = limitOf(model) ?? {};
    if (limit === undefined || why === undefined || name.length <= limit) return [];
    const short = shortened(name, limit);
    return [
      {
        path: PATH,
        message: message('finding.name.too-long', { length: name.length, limit, why }),
        fixes: [
          {
            title: message('fix.replace-with', { text: short }),
            changes: [{ do: 'set', path: PATH, value: short }],
          },
        ],
      },
    ];
  },
};

const firstLetter: Rule = {
  code: 'name.first-letter',
  severity: 'error',
  about: 'names',
  firm: true,
  check(model) {
    if (!isSpread(model) || /^[a-z]/.test(model.name)) return [];
    const better = shortened(`job-${model.name}`, 50);
    return [
      {
        path: PATH,
        message: message('finding.name.first-letter'),
        fixes: [
          {
            title: message('fix.replace-with', { text: better }),
            changes: [{ do: 'set', path: PATH, value: better }],
          },
        ],
      },
    ];
  },
};

export const NAME_RULES: readonly Rule[] = [tooLong, firstLetter];
