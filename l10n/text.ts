/** One text in every language we speak. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}
