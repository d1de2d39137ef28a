/** What is told of a finding in one language: `what` in a line, as Markdown; `more` below it, why and how to mend it. */
export interface PageText {
  what: string;
  more: string;
}

/** The page of a finding. The examples are documents, or the sections of one that matter; a test proves that they do what they say. */
export interface Page {
  en: PageText;
  zh: PageText;
  wrong?: string;
  right?: string;
}
