const colored = Deno.stdout.isTerminal() && !Deno.noColor;

function paint(code: number, text: string): string {
  return colored ? `\u001b[${code}m${text}\u001b[0m` : text;
}

/** The text without colours, unless they are wanted here. */
export function plain(text: string, always = false): string {
  // deno-lint-ignore no-control-regex -- the escape character is what starts a colour
  return colored && !always ? text : text.replace(/\u001b\[[\d;]*m/g, "");
}

/** Bold text on a terminal, the plain text elsewhere. */
export function bold(text: string): string {
  return paint(1, text);
}

/** Dim text on a terminal, the plain text elsewhere. */
export function dim(text: string): string {
  return paint(2, text);
}

/** Red text on a terminal, the plain text elsewhere. */
export function red(text: string): string {
  return paint(31, text);
}

/** Yellow text on a terminal, the plain text elsewhere. */
export function yellow(text: string): string {
  return paint(33, text);
}

/** Green text on a terminal, the plain text elsewhere. */
export function green(text: string): string {
  return paint(32, text);
}

/** One line on standard output. */
export function line(text = ""): void {
  console.log(text);
}

/** One line about something that went on but needs a look. */
export function warn(text: string): void {
  console.log(`  ${yellow("!")} ${text}`);
}

/** One line about something that failed. */
export function fail(text: string): void {
  console.error(`${red("✗")} ${text}`);
}

/** The line of a finished step; `milliseconds` is how long it took. */
export function stepDone(label: string, milliseconds: number): void {
  console.log(`  ${green("✓")} ${label.padEnd(64)} ${dim(`${Math.round(milliseconds)} ms`)}`);
}

/**
 * Runs one step of the start and prints its line once it is done. The work may return a text that
 * says more than the label.
 *
 * @throws whatever the work throws, without printing
 */
export async function step<Result>(
  label: string,
  work: () => Promise<Result>,
  describe?: (result: Result) => string,
): Promise<Result> {
  const started = performance.now();
  const result = await work();
  stepDone(describe ? describe(result) : label, performance.now() - started);
  return result;
}
