import type { Text } from './index.ts';

export const jobTexts = {} as const satisfies Record<string, Text>;
