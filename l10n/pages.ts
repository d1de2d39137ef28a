import { capacityPages } from './pages/capacity.ts';
import { filePages } from './pages/file.ts';
import { gpuPages } from './pages/gpus.ts';
import { namePages } from './pages/names.ts';
import type { Page } from './pages/page.ts';
import { safetyPages } from './pages/safety.ts';
import { sizePages } from './pages/sizes.ts';
import { spellingPages } from './pages/spelling.ts';
import { storagePages } from './pages/storage.ts';
import { toolPages } from './pages/tools.ts';

export type { Page, PageText } from './pages/page.ts';

/** The page of each finding, by its code. `docs/findings*.md` are made of them; nothing reads them at run time. */
export const PAGES: Readonly<Record<string, Page>> = {
  ...filePages,
  ...spellingPages,
  ...sizePages,
  ...namePages,
  ...storagePages,
  ...toolPages,
  ...gpuPages,
  ...safetyPages,
  ...capacityPages,
};
