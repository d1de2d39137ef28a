import { readFileSync } from 'node:fs';
import path from 'node:path';

/** One step: what is done or looked at, and what comes of it. */
export interface Step {
  /** Line in the scenario's file, from 1. */
  line: number;
  sentence: string;
  /** The quoted lines below it. */
  outcome: string[];
}

/** A scenario as it is written: a title, files, steps. */
export interface Scenario {
  file: string;
  title: string;
  /** Text of each YAML file by its name; the first is open when the steps begin. */
  files: Map<string, string>;
  steps: Step[];
}

/**
 * Reads a scenario: the heading is its title, a code block ```` ```yaml name ```` a file, every item of a list a step, and the quote below an
 * item what comes of it. The rest is for readers.
 */
export function readScenario(file: string): Scenario {
  const scenario: Scenario = { file: path.basename(file), title: '', files: new Map(), steps: [] };
  let open: { name: string; lines: string[] } | undefined;
  for (const [index, text] of readFileSync(file, 'utf8').split('\n').entries()) {
    const step = scenario.steps.at(-1);
    const fence = /^```(?:yaml (\S+))?$/.exec(text);
    if (open && fence) {
      scenario.files.set(open.name, `${open.lines.join('\n')}\n`);
      open = undefined;
    } else if (open) open.lines.push(text);
    else if (fence?.[1]) open = { name: fence[1], lines: [] };
    else if (text.startsWith('# ')) scenario.title ||= text.slice(2);
    else if (text.startsWith('- ')) scenario.steps.push({ line: index + 1, sentence: text.slice(2), outcome: [] });
    else if (step && text.startsWith('  > ')) step.outcome.push(text.slice(4));
    else if (step && /^ {2}\S/.test(text)) step.sentence += ` ${text.trim()}`;
  }
  return scenario;
}
