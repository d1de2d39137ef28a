import type { Tool } from './tool.ts';
import { TRAINER_FEATURES } from './trainer.ts';

/** A script of the user's: one process, unless it starts others itself. */
export const python: Tool = {
  name: 'python',
  title: 'Python',
  starts: [['*.py']],
  needs: ['python'],
  features: TRAINER_FEATURES,
};
