import type { Rule } from '../rule.ts';
import { NAME_RULES } from './names.ts';
import { SAFETY_RULES } from './safety.ts';
import { SIZE_RULES } from './sizes.ts';
import { SPELLING_RULES } from './spelling.ts';
import { STORAGE_RULES } from './storage.ts';
import { TOOL_RULES } from './tools.ts';

export { POOL_RULES } from './pool.ts';
export { QUOTA_RULES } from './quota.ts';

/** Every rule on jobs, in the order in which findings are told. */
export const JOB_RULES: readonly Rule[] = [
  ...SPELLING_RULES,
  ...NAME_RULES,
  ...SIZE_RULES,
  ...STORAGE_RULES,
  ...TOOL_RULES,
  ...SAFETY_RULES,
];
