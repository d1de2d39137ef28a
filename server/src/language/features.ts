import { registerCodeActions } from './codeActions.ts';
import { registerCompletion } from './completion.ts';
import { registerFolding } from './folding.ts';
import { registerFormatting } from './formatting.ts';
import type { LanguageHost } from './host.ts';
import { registerHover } from './hover.ts';
import { registerInlayHints } from './inlayHints.ts';
import { registerLenses } from './lenses.ts';
import { registerLinks } from './links.ts';
import { registerNavigation } from './navigation.ts';
import { registerSelectionRanges } from './selectionRanges.ts';
import { registerSemanticTokens } from './semanticTokens.ts';
import { registerSymbols } from './symbols.ts';

/** Every language feature; a new one is one file and one line here (and its capability in `capabilities.ts`). */
const FEATURES: readonly ((host: LanguageHost) => void)[] = [
  registerCodeActions,
  registerCompletion,
  registerFolding,
  registerFormatting,
  registerHover,
  registerInlayHints,
  registerLenses,
  registerLinks,
  registerNavigation,
  registerSelectionRanges,
  registerSemanticTokens,
  registerSymbols,
];

export function registerFeatures(host: LanguageHost): void {
  for (const register of FEATURES) register(host);
}
