/** What a test file's TAP output says. */
export interface TapResult {
  passed: number;
  /** Descriptions of what failed, with their diagnostics. */
  failures: string[];
}

/** Reads the Test Anything Protocol as pg_prove does: what was planned must have run, once each. */
export function readTap(lines: readonly string[]): TapResult {
  let planned: number | undefined;
  let passed = 0;
  let ran = 0;
  const failures: string[] = [];
  let inFailure = false;
  for (const text of lines) {
    const plan = /^1\.\.(\d+)(?:\s*#\s*skip\b.*)?\s*$/i.exec(text);
    const result = /^(not )?ok\b\s*(\d*)\s*-?\s*(.*)$/.exec(text);
    if (plan) {
      if (planned !== undefined) failures.push("more than one plan");
      planned = Number(plan[1]);
    } else if (result) {
      ran++;
      const [, not, number, description] = result;
      const excused = /#\s*(todo|skip)\b/i.test(description ?? "");
      inFailure = Boolean(not) && !excused;
      if (number && Number(number) !== ran) {
        failures.push(`test ${ran} calls itself number ${number}`);
      }
      if (inFailure) failures.push(`${number ?? ran} ${description ?? ""}`.trim());
      else passed++;
    } else if (/^Bail out!/.test(text)) {
      failures.push(text);
    } else if (inFailure && text.startsWith("#")) {
      failures.push(`${failures.pop()}\n      ${text}`);
    }
  }
  if (planned === undefined) failures.push("no plan");
  else if (planned !== ran) failures.push(`planned ${planned} tests but ran ${ran}`);
  return { passed, failures };
}
