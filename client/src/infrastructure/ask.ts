import * as vscode from 'vscode';

/** What came of a question; `undefined`: the person has left. */
export type Answer<T> = { value: T } | 'back' | undefined;

/** Where a question stands in the row of them. */
export interface Step {
  title: string;
  step: number;
  of: number;
}

interface PickOptions<T> extends Step {
  placeholder: string;
  /** Rows for what is typed so far; asked again whenever something changes. */
  items: (typed: string) => readonly Choice<T>[];
  /** The row to begin at. */
  active?: T | undefined;
  /** Tells when the rows differ. */
  onDidChange?: vscode.Event<void>;
}

export interface Choice<T> extends vscode.QuickPickItem {
  value: T;
}

/** Lets one of several be chosen; with a way back, and out at any time. */
export function pick<T>({ placeholder, items, active, onDidChange, ...step }: PickOptions<T>): Promise<Answer<T>> {
  const input = vscode.window.createQuickPick<Choice<T>>();
  input.placeholder = placeholder;
  input.matchOnDescription = true;
  const show = () => {
    const chosen = (input.items.length > 1 ? input.activeItems[0]?.value : undefined) ?? active; // one row was no choice
    input.items = items(input.value.trim());
    const again = input.items.find(({ value }) => value === chosen);
    if (again && !input.value) input.activeItems = [again];
  };
  show();
  const listening = [input.onDidChangeValue(show), ...(onDidChange ? [onDidChange(show)] : [])];
  return run(input, step, () => input.activeItems[0], listening);
}

interface TextOptions extends Step {
  prompt: string;
  value: string;
  /** What is wrong with it. */
  validate: (text: string) => string | undefined;
}

/** Lets a text be typed. */
export function type({ prompt, value, validate, ...step }: TextOptions): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  input.prompt = prompt;
  input.value = value;
  const check = () => {
    input.validationMessage = validate(input.value.trim());
  };
  const accepted = () => {
    check();
    return input.validationMessage ? undefined : { value: input.value.trim() };
  };
  return run(input, step, accepted, [input.onDidChangeValue(check)]);
}

/** Shows an input until it is answered, gone back from or left. */
function run<T>(
  input: vscode.QuickPick<Choice<T>> | vscode.InputBox,
  { title, step, of }: Step,
  accepted: () => { value: T } | undefined,
  listening: vscode.Disposable[],
): Promise<Answer<T>> {
  input.title = title;
  input.step = step;
  input.totalSteps = of;
  input.ignoreFocusOut = true;
  if (step > 1) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    const end = (answer: Answer<T>) => {
      resolve(answer);
      input.hide();
    };
    listening.push(
      input.onDidAccept(() => {
        const answer = accepted();
        if (answer) end({ value: answer.value });
      }),
      input.onDidTriggerButton(() => end('back')),
      input.onDidHide(() => {
        resolve(undefined);
        vscode.Disposable.from(...listening, input).dispose();
      }),
    );
    input.show();
  });
}
