/** A number with its thousands apart. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** Bytes in the unit that fits (powers of 1024). */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let index = 0;
  let rest = value;
  while (rest >= 1024 && index < units.length - 1) {
    rest /= 1024;
    index++;
  }
  const digits = index > 0 && rest < 10 ? 1 : 0;
  return `${rest.toFixed(digits)} ${units[index]}`;
}

/** Milliseconds in the unit that fits. */
export function milliseconds(value: number): string {
  if (value < 1) return `${Math.round(value * 1000)} µs`;
  if (value < 1000) return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
  return seconds(value / 1000);
}

/** Seconds, as minutes if they are many. */
export function seconds(value: number): string {
  if (value < 120) return `${value.toFixed(value < 10 ? 1 : 0)} s`;
  if (value < 7200) return `${(value / 60).toFixed(0)} min`;
  return `${(value / 3600).toFixed(1)} h`;
}

/** Day and time in UTC. */
export function moment(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** The time of day in UTC. */
export function clock(at: Date): string {
  return at.toISOString().slice(11, 16);
}
