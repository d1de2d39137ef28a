import type { Text } from './index.ts';

export const connectionTexts = {} as const satisfies Record<string, Text>;
