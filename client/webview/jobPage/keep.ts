import type { PageSection, PageView } from '../../src/features/jobPage/pageView.ts';

/** A view as it may lie on disk for weeks: without lines of logs, YAML and raw words of the cluster. */
export const toKept = (view: PageView): PageView => ({ ...view, sections: view.sections.map(toKeptSection) });

function toKeptSection(section: PageSection): PageSection {
  switch (section.id) {
    case 'cause': {
      const { raw: _, ...rest } = section;
      return { ...rest, lines: [] };
    }
    case 'events':
      return {
        ...section,
        items: section.items.map(({ raw: _, ...rest }, index) => ({ ...rest, key: String(index) })),
      };
    case 'source': {
      const { yaml: _, ...rest } = section;
      return rest;
    }
    default:
      return section;
  }
}
