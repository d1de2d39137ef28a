import type { PageOf } from './pageView.ts';

/** What the tabs of pages are called: the job, and where it is as far as that tells it from the others of its name. Pure. */
export function buildTitles(pages: readonly PageOf[]): string[] {
  return pages.map(({ job: { name, namespace }, context }) => {
    const alike = pages.filter(({ job }) => job.name === name);
    const where = [
      alike.some(({ job }) => job.namespace !== namespace) ? namespace : '',
      alike.some((other) => other.context !== context) ? context : '',
    ].filter(Boolean);
    return where.length ? `${name} (${where.join(', ')})` : name;
  });
}
