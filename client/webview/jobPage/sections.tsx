import { useEffect, useState } from 'preact/hooks';
import type {
  CauseSection,
  EventsSection,
  PageAsk,
  ResourcesSection,
  SourceSection,
  TimelineSection,
  VerdictSection,
} from '../../src/features/jobPage/pageView.ts';
import { Button, Icon, Lines, Raw } from './parts.tsx';

type Ask = ((ask: PageAsk) => void) | undefined;

/** Why it failed: the sentence, what to do, the lines of its log, the raw words. */
export function Cause({
  section: { text, hint, note, log, linesLabel, lines, raw },
  ask,
}: {
  section: CauseSection;
  ask: Ask;
}) {
  return (
    <>
      <p class="said">{text}</p>
      {hint && <p>{hint}</p>}
      {lines.length > 0 && (
        <>
          <h3>{linesLabel}</h3>
          <Lines label={linesLabel} text={lines.join('\n')} />
        </>
      )}
      {note && (
        <p class="quiet" role="status">
          {note}
        </p>
      )}
      {log && <Button button={log} ask={ask} />}
      {raw && <Raw raw={raw} />}
    </>
  );
}

export function Verdict({ section: { text } }: { section: VerdictSection }) {
  return <p class="said">{text}</p>;
}

export function Timeline({ section: { items, before } }: { section: TimelineSection }) {
  return (
    <>
      {before && <p class="quiet">{before}</p>}
      <ol class="timeline">
        {items.map(({ what, text, time, datetime, length }, index) => (
          <li key={`${what}${index}`}>
            <Icon name={what} />
            <time dateTime={datetime}>{time}</time>
            <span>
              {text}
              {length && <span class="quiet"> {length}</span>}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

export function Events({ section: { items, note } }: { section: EventsSection }) {
  return (
    <>
      {items.length > 0 && (
        <ul class="events">
          {items.map(({ key, time, datetime, about, text, times, raw }) => (
            <li key={key}>
              <time dateTime={datetime}>{time}</time>
              <div>
                {about && <strong>{about} </strong>}
                {text}
                {times && <span class="quiet"> · {times}</span>}
                {raw && <Raw raw={raw} />}
              </div>
            </li>
          ))}
        </ul>
      )}
      {note && <p class="quiet">{note}</p>}
    </>
  );
}

/** Milliseconds for which it is said that something was copied. */
const SAID = 2_000;

export function Resources({ section: { items, copied }, ask }: { section: ResourcesSection; ask: Ask }) {
  const [last, setLast] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setLast(''), SAID);
    return () => clearTimeout(timer);
  }, [last]);
  return (
    <>
      <ul class="resources">
        {items.map(({ kind, name, open, copy }) => (
          <li key={`${kind}/${name}`}>
            <span>{kind}</span>
            <code>{open && ask ? <Button button={open} ask={ask} look="link" /> : name}</code>
            <Button
              button={{ ...copy, label: last === copy.spoken ? copied : copy.label }}
              look="link"
              ask={
                ask &&
                ((asked) => {
                  ask(asked);
                  setLast(copy.spoken ?? '');
                })
              }
            />
          </li>
        ))}
      </ul>
      <p class="unseen" role="status">
        {last && copied}
      </p>
    </>
  );
}

export function Source({ section: { from, yaml, note, buttons }, ask }: { section: SourceSection; ask: Ask }) {
  return (
    <>
      {(from || note) && <p class="quiet">{from ?? note}</p>}
      {from && note && <p class="quiet">{note}</p>}
      <div class="row">
        {buttons.map((button) => (
          <Button key={button.label} button={button} ask={ask} />
        ))}
      </div>
      {yaml && <Raw raw={yaml} />}
    </>
  );
}
