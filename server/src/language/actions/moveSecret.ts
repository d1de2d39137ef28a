import { message } from '../../../../l10n/index.ts';
import { isJob } from '../../kinds/kind.ts';
import { fromSecret, secretOf } from '../../kinds/rules/safety.ts';
import { toTextChanges } from '../../model/edits.ts';
import type { Path } from '../../model/finding.ts';
import { type Offer, type Place, touches } from './offer.ts';

const ENV: Path = ['environment', 'env'];

/** At a variable with a plain value: takes it from a Secret. Where the value looks like a secret, its finding offers this itself. */
export function offerMoveSecret(place: Place): Offer[] {
  const { document } = place.placed;
  if (!isJob(document.model)) return [];
  const tree = document.tree();
  const { env = [] } = document.model.sections.environment;
  const entries = Array.isArray(env)
    ? env.map((entry, index) => ({ name: entry.name, plain: entry.secret === undefined, path: [...ENV, index] }))
    : Object.keys(env).map((name) => ({ name, plain: true, path: [...ENV, name] }));
  const entry = entries.find(
    ({ path }) => touches(place, tree.rangeOf(path)) || touches(place, tree.rangeOf(path, 'key')),
  );
  if (!entry?.plain) return [];
  const range = tree.rangeOf(entry.path);
  const isTold = document.findings.some(
    ({ code, range: { start } }) => code === 'secret.in-env' && start >= range.start && start <= range.end,
  );
  const changes = isTold ? undefined : toTextChanges(fromSecret(document.model, entry.name), tree);
  const secret = secretOf(document.model);
  return changes?.length
    ? [{ title: message('action.move-secret', { name: entry.name, secret, key: entry.name }), changes }]
    : [];
}
