import { message } from '../../../../l10n/index.ts';
import type { At, Fix, Path, RuleFinding } from '../../model/finding.ts';
import type { GpuctlDocument } from '../document.ts';
import type { PoolModel } from '../pool/model.ts';
import type { Hit, RuleInfo } from '../rule.ts';

/** A name that a document claims for itself; of one key there may be one claim in a file. */
interface Claim {
  key: string;
  name: string;
  path: Path;
  at?: At;
}

/** A rule over the documents of one file: what each claims, and what is said where a claim is made `count` times. */
interface FileRule extends RuleInfo {
  claims(document: GpuctlDocument): readonly Claim[];
  say(claim: Claim, count: number, isTaken: (key: string) => boolean): Pick<Hit, 'message' | 'fixes'>;
}

/** Namespace and name, also of a job that has a mistake elsewhere. */
function jobClaim({ kind, name, value }: GpuctlDocument): Claim[] {
  if (!kind?.marks.includes('job') || name === undefined) return [];
  const written = (value as { job?: { namespace?: unknown } } | null)?.job?.namespace;
  const namespace = typeof written === 'string' ? written : '';
  return [{ key: `${namespace}/${name}`, name, path: ['job', 'name'] }];
}

const jobTwice: FileRule = {
  code: 'job.twice-in-file',
  severity: 'error',
  about: 'names',
  claims: jobClaim,
  say: ({ name, key, path }, count, isTaken) => {
    let number = 2;
    while (isTaken(`${key}-${number}`)) number++;
    const free = `${name}-${number}`;
    const fixes: Fix[] = [
      { title: message('fix.replace-with', { text: free }), changes: [{ do: 'set', path, value: free }] },
    ];
    return { message: message('finding.job.twice-in-file', { name, count }), ...(free.length <= 50 && { fixes }) };
  },
};

const poolTwice: FileRule = {
  code: 'pool.twice-in-file',
  severity: 'error',
  about: 'names',
  claims: ({ model }) =>
    model?.kind === 'pool' ? [{ key: model.name, name: model.name, path: ['pool', 'name'] }] : [],
  say: ({ name }, count) => ({ message: message('finding.pool.twice-in-file', { name, count }) }),
};

const quotaTwice: FileRule = {
  code: 'quota.twice-in-file',
  severity: 'error',
  about: 'names',
  claims: ({ model }) =>
    model?.kind === 'quota' ? [{ key: model.name, name: model.name, path: ['quota', 'name'] }] : [],
  say: ({ name }, count) => ({ message: message('finding.quota.twice-in-file', { name, count }) }),
};

/** A node belongs to one pool. */
const nodeTwice: FileRule = {
  code: 'pool.node-twice-in-file',
  severity: 'warning',
  about: 'names',
  claims: ({ model }) =>
    model?.kind === 'pool'
      ? (model as PoolModel).nodes.map(({ name }) => ({ key: name, name, path: ['nodes', name], at: 'key' }))
      : [],
  say: ({ name, path }, count) => ({
    message: message('finding.pool.node-twice-in-file', { node: name, count }),
    fixes: [{ title: message('fix.remove', { key: name }), changes: [{ do: 'remove', path }] }],
  }),
};

export const FILE_RULES: readonly FileRule[] = [jobTwice, poolTwice, quotaTwice, nodeTwice];

const keys = new WeakMap<GpuctlDocument, string>();

/** All that a document claims, in one word: where it stays the same, so does what the file breaks together. */
export function claimsOf(document: GpuctlDocument): string {
  let known = keys.get(document);
  if (known === undefined) {
    known = JSON.stringify(FILE_RULES.map(({ claims }) => claims(document).map(({ key }) => key)));
    keys.set(document, known);
  }
  return known;
}

/** What documents break together: by document, those that have nothing of it left out. */
export function breachesOfFile(documents: readonly GpuctlDocument[]): Map<GpuctlDocument, RuleFinding[]> {
  const found = new Map<GpuctlDocument, RuleFinding[]>();
  for (const { code, severity, claims, say } of FILE_RULES) {
    const first = new Map<string, [GpuctlDocument, Claim]>();
    const clashes = new Map<string, [GpuctlDocument, Claim][]>();
    for (const document of documents) {
      for (const claim of claims(document)) {
        const known = first.get(claim.key);
        if (!known) first.set(claim.key, [document, claim]);
        else {
          const all = clashes.get(claim.key);
          if (all) all.push([document, claim]);
          else clashes.set(claim.key, [known, [document, claim]]);
        }
      }
    }
    for (const all of clashes.values()) {
      for (const [document, claim] of all) {
        const { path, at } = claim;
        const broken = { code, severity, path, ...(at && { at }), ...say(claim, all.length, (key) => first.has(key)) };
        found.set(document, [...(found.get(document) ?? []), broken]);
      }
    }
  }
  return found;
}
