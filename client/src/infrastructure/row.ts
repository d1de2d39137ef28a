import type { JobRef } from '../../../server/src/protocol.ts';
import type { CommandId } from './commands.ts';

/**
 * A row of a tree as plain data, so that what a row says can be built and compared without VS Code.
 * `id` is stable over changes: selection and expansion hang on it.
 */
export interface Row {
  id: string;
  label: string;
  description?: string | undefined;
  /** Names of a product icon and of the theme colour it has. */
  icon?: { name: string; color?: string };
  /** A sign at the end of the row, which stays in sight where the description is cut off. */
  badge?: Badge;
  /** Markdown. */
  tooltip?: string;
  /** Commands that the tooltip offers, on this row. */
  links?: readonly { label: string; command: CommandId }[];
  /** What a screen reader says in place of label and description. */
  spoken?: string;
  /** What menus ask for. */
  context?: string;
  expanded?: boolean;
  command?: CommandId;
  children?: Row[];
  /** What commands on this row are about. */
  job?: JobRef;
  pod?: string;
  pool?: string;
  node?: string;
  /** Id of a forward. */
  forward?: string;
}

/** One or two characters, what they mean, and whether something is wrong. */
export interface Badge {
  sign: string;
  meaning: string;
  isBad?: true;
}

/** Text that may come from anywhere, put into Markdown as it is. */
export const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!~<>|&$]/g, '\\$&');

/** A heading and lines of `name: value`, for tooltips; what is not known is left out. A line without name is a sentence. */
export function toTooltip(
  heading: string,
  facts: readonly (readonly [name: string, value: string | undefined])[],
): string {
  const lines = facts.flatMap(([name, value]) => (value ? [escapeMarkdown(name ? `${name}: ${value}` : value)] : []));
  return [`**${escapeMarkdown(heading)}**`, ...lines].join('  \n');
}
