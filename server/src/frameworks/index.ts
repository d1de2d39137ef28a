import type { Framework } from './framework.ts';
import { native } from './native/index.ts';

/** Every framework; adding one adds a line here. */
export const FRAMEWORKS: readonly Framework[] = [native];

export const frameworkNamed = (name: string): Framework | undefined =>
  FRAMEWORKS.find((framework) => framework.name === name);
