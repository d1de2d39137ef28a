import { render } from 'preact';
import type { FromPage, KeptPage, PageNote, ToPage } from '../../src/features/jobPage/pageView.ts';
import { toKept } from './keep.ts';
import { Page } from './page.tsx';
import './jobPage.css';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): KeptPage | undefined;
  setState(kept: KeptPage): void;
};

/** Milliseconds of rest after which it is kept what is shown, and where. */
const SETTLED = 200;

const editor = acquireVsCodeApi();
const root = document.getElementById('page') as HTMLElement;
const kept: KeptPage = editor.getState() ?? {};
/** What is shown, whole. */
let view = kept.view;
let note: PageNote | undefined;
/** Whether what is shown was told by the extension since the page was drawn; only then its buttons mean something. */
let isFresh = false;
let keeping: ReturnType<typeof setTimeout> | undefined;

function draw(): void {
  const { activeElement } = document;
  if (kept.lang) document.documentElement.lang = kept.lang;
  const ask = (asked: Extract<FromPage, { ask: unknown }>['ask']) => editor.postMessage({ ask: asked });
  render(<Page view={view} note={note} isFresh={isFresh} ask={ask} />, root);
  // The button that had the focus is gone with what it did: the keyboard stays on the page.
  if (activeElement !== document.body && document.activeElement === document.body) root.querySelector('h1')?.focus();
}

function keep(): void {
  clearTimeout(keeping);
  keeping = setTimeout(() => {
    kept.scroll = window.scrollY;
    editor.setState(kept);
  }, SETTLED);
}

function show(id: string): void {
  const section = document.getElementById(id) ?? document.getElementById('verdict');
  section?.scrollIntoView({ block: 'start' });
  section?.querySelector('h2')?.focus({ preventScroll: true });
}

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.of) {
    kept.of = data.of;
    editor.setState(kept); // at once: without it a page that is reloaded now would be lost
  }
  kept.lang = data.lang;
  if (data.view) {
    view = data.view;
    kept.view = toKept(data.view);
    if (data.at !== undefined) kept.at = data.at;
  }
  if (data.note !== undefined) note = data.note ?? undefined;
  isFresh ||= data.view !== undefined;
  keep();
  draw();
  if (data.show) show(data.show);
});
window.addEventListener('scroll', keep);

draw();
if (kept.scroll) window.scrollTo(0, kept.scroll);
editor.postMessage({ ready: true });
