import type { ComponentChildren } from 'preact';
import type { JobPhase } from '../../../server/src/protocol.ts';
import type { PageAsk, PageButton, PageRaw } from '../../src/features/jobPage/pageView.ts';

export type IconName = JobPhase | 'busy' | 'info' | 'warning' | 'submitted' | 'waited' | 'started' | 'restarted';

/** States differ in shape as well as in colour; the word stands beside them. */
const SHAPES: Record<IconName, string> = {
  waiting:
    'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1.2a5.3 5.3 0 1 1 0 10.6A5.3 5.3 0 0 1 8 2.7ZM7.4 4.5v3.8l2.7 1.6.6-1-2.1-1.3V4.5H7.4Z',
  running: 'M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3Z',
  succeeded:
    'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1.2a5.3 5.3 0 1 1 0 10.6A5.3 5.3 0 0 1 8 2.7Zm2.8 2.6L7 9.1 5.2 7.3l-.9.9L7 10.9l4.7-4.7-.9-.9Z',
  failed:
    'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1.2a5.3 5.3 0 1 1 0 10.6A5.3 5.3 0 0 1 8 2.7ZM5.9 5 5 5.9 7.1 8 5 10.1l.9.9L8 8.9l2.1 2.1.9-.9L8.9 8 11 5.9 10.1 5 8 7.1 5.9 5Z',
  stopped:
    'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1.200c1.2 0 2.3.400 3.2 1.100l-7.4 7.400A5.3 5.3 0 0 1 8 2.700Zm4.2 2.100a5.3 5.3 0 0 1-7.4 7.400l7.4-7.400Z',
  unknown:
    'M8 1.500a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1.200a5.3 5.3 0 1 1 0 10.600A5.3 5.3 0 0 1 8 2.700ZM8 4.300c-1.3 0-2.3.900-2.3 2.200h1.200c0-.7.5-1.1 1.1-1.100s1.1.400 1.1 1c0 1-1.7 1.1-1.7 2.700h1.200c0-1 1.7-1.3 1.7-2.8 0-1.2-1-2-2.3-2Zm-.7 5.700v1.300h1.400V10H7.300Z',
  busy: 'M8 1.500a6.5 6.5 0 1 0 6.5 6.500h-1.200A5.3 5.3 0 1 1 8 2.700V1.500Z',
  info: 'M8 1.500a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1.200a5.3 5.3 0 1 1 0 10.600A5.3 5.3 0 0 1 8 2.700ZM7.4 7v4.200h1.200V7H7.400Zm0-2.200V6h1.200V4.800H7.400Z',
  warning:
    'M8 1.5.9 14h14.200L8 1.500Zm0 2.4 5.1 8.900H2.900L8 3.900ZM7.4 6.500v3.300h1.200V6.500H7.400Zm0 4.100v1.200h1.200v-1.200H7.400Z',
  submitted: 'M8 2 3.5 6.500l.9.9 3-3V14h1.200V4.400l3 3 .9-.9L8 2Z',
  waited:
    'M8 1.500a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1.200a5.3 5.3 0 1 1 0 10.600A5.3 5.3 0 0 1 8 2.700ZM7.4 4.500v3.800l2.7 1.6.6-1-2.1-1.300V4.500H7.400Z',
  started: 'M4.5 2.500v11l9-5.5-9-5.500Zm1.2 2.200L11.2 8l-5.5 3.300V4.700Z',
  restarted:
    'M8 2.500a5.5 5.5 0 1 0 5.5 5.500h-1.200A4.3 4.3 0 1 1 8 3.700c1 0 2 .400 2.7 1H8.500v1.200H13V1.500h-1.200v2.100A5.5 5.5 0 0 0 8 2.500Z',
};

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon ${name}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  );
}

/** A part of the page under its heading; a quiet one has it for screen readers alone. */
export function Section(props: { id: string; heading: string; quiet?: boolean; children: ComponentChildren }) {
  const { id, heading, quiet, children } = props;
  return (
    <section id={id} aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`} tabIndex={-1} class={quiet ? 'unseen' : undefined}>
        {heading}
      </h2>
      {children}
    </section>
  );
}

interface ButtonProps {
  button: PageButton;
  /** Absent: nothing can be asked now. */
  ask: ((ask: PageAsk) => void) | undefined;
  look?: 'first' | 'plain' | 'link';
  describedBy?: string | undefined;
  /** Where it is not the page's business whether the keyboard comes here. */
  tabIndex?: number;
}

/** A button; one that is refused stays in reach of the keyboard, so that it is heard why. */
export function Button({ button, ask, look = 'plain', describedBy, tabIndex }: ButtonProps) {
  const { label, spoken, refused } = button;
  const isOff = refused !== undefined || ask === undefined;
  return (
    <button
      type="button"
      class={look}
      aria-disabled={isOff ? 'true' : undefined}
      aria-label={spoken}
      aria-describedby={describedBy}
      tabIndex={tabIndex}
      onClick={() => {
        if (!isOff) ask(button.ask);
      }}
    >
      {label}
    </button>
  );
}

/** Raw words behind a disclosure. */
export function Raw({ raw: { label, text } }: { raw: PageRaw }) {
  return (
    <details>
      <summary>{label}</summary>
      <Lines label={label} text={text} />
    </details>
  );
}

/** Words as they were written; long ones scroll, by the keyboard, too. */
export function Lines({ label, text }: { label: string; text: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard
    <pre tabIndex={0} role="group" aria-label={label}>
      {text}
    </pre>
  );
}
