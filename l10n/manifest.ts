import type { Text } from './index.ts';

export const manifestTexts = {} as const satisfies Record<string, Text>;
