import type { SubmitTarget } from '../../infrastructure/commands.ts';

/** What a side of a comparison says of itself in its address, so that it is known also after the window was opened again. */
export const toQuery = ({ uri, document, meant, context, namespace }: SubmitTarget): string =>
  JSON.stringify({ uri, document, meant, context, namespace });

/** What was compared, and where; `undefined` where an address does not say all of it. */
export function fromQuery(query: string): SubmitTarget | undefined {
  let said: Partial<SubmitTarget>;
  try {
    said = JSON.parse(query) ?? {};
  } catch {
    return undefined;
  }
  const { uri, document, meant, context, namespace } = said;
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
  if (!isText(uri) || !isText(context) || !isText(namespace)) return undefined;
  const where = { uri, context, namespace };
  if (document === undefined && meant === undefined) return where;
  if (!Number.isInteger(document) || !isText(meant?.kind) || !isText(meant.name)) return undefined;
  return { ...where, document: Number(document), meant: { kind: meant.kind, name: meant.name } };
}
