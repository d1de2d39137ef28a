import type { KubeObject } from '../model/kubeObject.ts';
import { hideSecrets, looksSecret, SECRET_MARKER } from '../model/secrets.ts';

/** Stands for what gpuctl makes up itself, such as the token of a notebook. */
const GENERATED_MARKER = '<generated>';
/** A copy of an object with every value that is or looks like a secret replaced, fit to be shown. */
export function withoutSecrets(object: KubeObject, secrets: readonly string[] = []): KubeObject {
  const isSecret = object.kind === 'Secret' && object.apiVersion === 'v1';
  const mark = object.metadata.labels?.['app.kubernetes.io/managed-by'] === 'gpuctl' ? GENERATED_MARKER : SECRET_MARKER;
  const hideAll = (values: unknown) =>
    Object.fromEntries(Object.keys((values ?? {}) as object).map((key) => [key, mark]));
  const { data, stringData, ...rest } = object;
  const safe = hide(isSecret ? rest : object, '', secrets) as KubeObject;
  return isSecret
    ? {
        ...safe,
        ...(data !== undefined && { data: hideAll(data) }),
        ...(stringData !== undefined && { stringData: hideAll(stringData) }),
      }
    : safe;
}

/** `under`: the key that a value stands at, where it is a key of the person's own. */
function hide(value: unknown, under: string, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return under && looksSecret(under, value) ? SECRET_MARKER : hideText(value, secrets);
  if (Array.isArray(value))
    return value.map((item, index) =>
      typeof item === 'string' && isValueOfFlag(value[index - 1], item) ? SECRET_MARKER : hide(item, '', secrets),
    );
  if (typeof value !== 'object' || value === null) return value;
  const { name, value: text } = value as { name?: unknown; value?: unknown };
  const isEntry = typeof name === 'string' && typeof text === 'string';
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      if (isEntry && key === 'value') return [key, hide(child, name, secrets)];
      if (OWN_KEYS.has(key) && typeof child === 'object' && child !== null && !Array.isArray(child))
        return [key, Object.fromEntries(Object.entries(child).map(([own, one]) => [own, hide(one, own, secrets)]))];
      return [key, hide(child, '', secrets)];
    }),
  );
}

/** Mappings with keys that people choose. */
const OWN_KEYS = new Set(['data', 'annotations']);

function hideText(text: string, secrets: readonly string[]): string {
  let safe = text;
  for (const secret of secrets) safe = safe.replaceAll(secret, SECRET_MARKER);
  const [, before, value] = /^(--?[\w.-]+=)(.+)$/s.exec(safe) ?? [];
  if (before && value && !isReference(value) && isSecretFlag(before)) return before + SECRET_MARKER;
  return hideSecrets(safe, SECRET_MARKER);
}

/** Whether a word is what stands behind a flag such as `--api-key`. */
const isValueOfFlag = (flag: unknown, word: string): boolean =>
  typeof flag === 'string' &&
  /^--?[\w.-]+$/.test(flag) &&
  !word.startsWith('-') &&
  !isReference(word) &&
  isSecretFlag(`${flag} `);

const isReference = (word: string): boolean => word.startsWith('$');

/** Asks the one who knows secrets by their names, with a value that is none itself. */
const isSecretFlag = (before: string): boolean =>
  hideSecrets(`${before}xxxxxxxx`, SECRET_MARKER).endsWith(SECRET_MARKER);
