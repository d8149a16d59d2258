const BLOCKS = " ▁▂▃▄▅▆▇█";
const ROWS = 4;

/**
 * A bar chart as lines: a bar for each value, the scale on the left, labels below its ends. The
 * smallest value above nothing still shows.
 *
 * @param values from left to right, none below zero
 */
export function chart(values: readonly number[], from: string, to: string): string[] {
  const most = Math.max(1, ...values);
  const heights = values.map((value) =>
    value === 0 ? 0 : Math.max(1, Math.round((value / most) * ROWS * 8))
  );
  const scale = String(most);
  const bars = Array.from({ length: ROWS }, (_, index) => {
    const below = (ROWS - 1 - index) * 8;
    const bar = heights.map((height) => BLOCKS[Math.min(8, Math.max(0, height - below))]).join("");
    const label = (index === 0 ? scale : "").padStart(scale.length);
    return `${label} ${index === 0 ? "┤" : "│"}${bar}`.trimEnd();
  });
  const indent = " ".repeat(scale.length + 2);
  return [
    ...bars,
    `${"0".padStart(scale.length)} └${"─".repeat(values.length)}`,
    `${indent}${from}${to.padStart(Math.max(to.length + 1, values.length - from.length))}`,
  ];
}
