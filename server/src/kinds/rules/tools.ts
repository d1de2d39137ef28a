import type { Rule } from '../rule.ts';
import { DEEPSPEED_RULES } from './tools/deepspeed.ts';
import { ENVIRONMENT_RULES } from './tools/environment.ts';
import { GPU_RULES } from './tools/gpus.ts';
import { LAUNCHER_RULES } from './tools/launchers.ts';
import { SERVER_RULES } from './tools/servers.ts';

/** What is known of tools and GPUs against what a document asks of them. */
export const TOOL_RULES: readonly Rule[] = [
  ...SERVER_RULES,
  ...LAUNCHER_RULES,
  ...DEEPSPEED_RULES,
  ...GPU_RULES,
  ...ENVIRONMENT_RULES,
];
