import type { PageAsk, PageButton, PageNote, PageSection, PageView } from '../../src/features/jobPage/pageView.ts';
import { Button, Icon, type IconName, Section } from './parts.tsx';
import { Ranks } from './ranks.tsx';
import { Cause, Events, Resources, Source, Timeline, Verdict } from './sections.tsx';

interface PageProps {
  view: PageView | undefined;
  note: PageNote | undefined;
  /** Whether buttons of the view may be pressed; those of the note always. */
  isFresh: boolean;
  ask: (ask: PageAsk) => void;
}

/** The page of a job. */
export function Page({ view, note, isFresh, ask }: PageProps) {
  const asks = isFresh ? ask : undefined;
  return (
    <>
      {view && (
        <header>
          <h1 tabIndex={-1}>{view.name}</h1>
          <p class="state" role="status">
            <Icon name={view.phase} />
            <strong>{view.phaseWord}</strong>
            {view.state && <span>{view.state}</span>}
          </p>
        </header>
      )}
      {note && <Note note={note} ask={ask} />}
      {view && (
        <>
          <Gestures label={view.gesturesLabel} buttons={view.gestures} ask={asks} />
          <Section id="summary" heading={view.summaryLabel} quiet>
            <dl class="facts">
              {view.facts.map(({ name, value, button }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{button && asks ? <Button button={button} ask={asks} look="link" /> : value}</dd>
                </div>
              ))}
            </dl>
          </Section>
          {/* Where charts stand once there are measures to draw: below the summary, above what explains it. */}
          <div id="charts" />
          {view.sections.map((section) => (
            <Section key={section.id} id={section.id} heading={section.heading}>
              {draw(section, asks)}
            </Section>
          ))}
        </>
      )}
    </>
  );
}

/** One part of the page for each kind of section. */
function draw(section: PageSection, ask: PageProps['ask'] | undefined) {
  switch (section.id) {
    case 'cause':
      return <Cause section={section} ask={ask} />;
    case 'verdict':
      return <Verdict section={section} />;
    case 'timeline':
      return <Timeline section={section} />;
    case 'ranks':
      return <Ranks section={section} ask={ask} />;
    case 'events':
      return <Events section={section} />;
    case 'resources':
      return <Resources section={section} ask={ask} />;
    case 'source':
      return <Source section={section} ask={ask} />;
  }
}

function Note({ note: { tone, text, hint, buttons }, ask }: { note: PageNote; ask: PageProps['ask'] }) {
  const icon: IconName =
    tone === 'busy' ? 'busy' : tone === 'info' ? 'info' : tone === 'warning' ? 'warning' : 'failed';
  return (
    <div class={`note ${tone}`} role={tone === 'error' ? 'alert' : 'status'}>
      <Icon name={icon} />
      <p>
        {text} {hint}
      </p>
      {buttons.map((button) => (
        <Button key={button.label} button={button} ask={ask} />
      ))}
    </div>
  );
}

function Gestures({
  label,
  buttons,
  ask,
}: {
  label: string;
  buttons: PageButton[];
  ask: PageProps['ask'] | undefined;
}) {
  if (buttons.length === 0) return null;
  const refusals = [...new Set(buttons.flatMap(({ refused }) => refused ?? []))];
  return (
    <div class="gestures">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div role="group" aria-label={label}>
        {buttons.map((button) => (
          <Button
            key={button.label}
            button={button}
            ask={ask}
            look={button.main ? 'first' : 'plain'}
            describedBy={button.refused === undefined ? undefined : `refusal-${refusals.indexOf(button.refused)}`}
          />
        ))}
      </div>
      {refusals.map((refusal, index) => (
        <p key={refusal} id={`refusal-${index}`} class="quiet">
          {refusal}
        </p>
      ))}
    </div>
  );
}
