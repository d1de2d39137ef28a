import { FINDINGS, NAMES_OF_FINDINGS } from '../server/src/kinds/findingList.ts';

/** The manifest with the names that the setting `gpuctl.rules` takes, for VS Code to offer: groups, and the codes whose level can be set. */
export function withRuleNames(manifestText: string): string {
  const manifest = JSON.parse(manifestText);
  const groups = NAMES_OF_FINDINGS.filter((name) => !name.includes('.'));
  const codes = FINDINGS.filter(({ firm }) => !firm).map(({ code }) => code);
  manifest.contributes.configuration.properties['gpuctl.rules'].propertyNames = { enum: [...groups, ...codes].sort() };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
