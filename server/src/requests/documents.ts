import type { DocumentModel } from '../kinds/kind.ts';
import { listRecipes, newDocument } from '../language/completion/recipes.ts';
import type { Previews } from '../language/preview.ts';
import { Requests } from '../protocol.ts';
import type { RequestHost } from './requestHost.ts';

/** Requests about new documents, and about what documents become. Returns what is to be told of a document that was closed. */
export function registerDocumentRequests(host: RequestHost): (uri: string) => void {
  const { handle, session, checks, say, onCluster } = host;
  let previews: Promise<Previews> | undefined;
  const openPreviews = async () => {
    const [{ Previews }, { heldSite, heldSitesKey }] = await Promise.all([
      import('../language/preview.ts'),
      import('../operations/site.ts'),
    ]);
    const held = {
      name: () => session.status.target?.cluster,
      sitesKey: () => heldSitesKey(session),
      site: (model: DocumentModel) => heldSite(session, model),
    };
    return new Previews(held, say);
  };

  handle(Requests.recipes, async () => listRecipes(say));
  handle(Requests.newDocument, async (answers) => newDocument(answers));
  handle(Requests.render, async ({ textDocument }) => {
    const file = checks.get(textDocument.uri);
    if (!file) return null;
    previews ??= openPreviews();
    return (await previews).render(file);
  });
  handle(Requests.compare, async ({ uri, text, context, ...only }, signal) => {
    const open = host.document(uri);
    const given = open?.getText() ?? text ?? (await host.readFile(uri));
    const { compareFile } = await onCluster();
    const file = { uri, text: given, languageId: open?.languageId ?? 'yaml', levels: checks.levels, context, ...only };
    return compareFile(session, file, say, signal);
  });
  return (uri) => void previews?.then((open) => open.close(uri));
}
