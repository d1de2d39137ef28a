import type { Text } from './index.ts';

export const uiTexts = {} as const satisfies Record<string, Text>;
