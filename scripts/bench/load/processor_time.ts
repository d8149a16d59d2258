/** Of whom processor time is told. */
export const PARTS = [
  "PostgreSQL",
  "API, Auth, Realtime, gateway",
  "edge functions",
  "the phones",
] as const;

/** Part of what runs while a load is on. */
export type Part = typeof PARTS[number];

/** Processor time by part, in seconds since each process began; null where the system does not say. */
export type ProcessorTime = Record<Part, number> | null;

/** Ticks of a second in /proc; what every Linux says today. */
const TICKS = 100;

interface Process {
  parent: number;
  ticks: number;
  name: string;
}

/**
 * How much processor time a stack and the phones have taken so far.
 *
 * @param stack the process that all others of the stack descend from
 */
export async function processorTime(
  stack: number,
  phones: readonly number[],
): Promise<ProcessorTime> {
  if (Deno.build.os !== "linux") return null;
  const processes = new Map<number, Process>();
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const process = await readProcess(name);
    if (process) processes.set(Number(name), process);
  }
  const time: Record<Part, number> = {
    "PostgreSQL": 0,
    "API, Auth, Realtime, gateway": 0,
    "edge functions": 0,
    "the phones": 0,
  };
  const descends = (pid: number): boolean => {
    const parent = processes.get(pid)?.parent;
    return parent !== undefined && (parent === stack || descends(parent));
  };
  for (const [pid, { ticks, name }] of processes) {
    const seconds = ticks / TICKS;
    if (pid === stack) time["API, Auth, Realtime, gateway"] += seconds;
    else if (phones.includes(pid)) time["the phones"] += seconds;
    else if (descends(pid)) time[name === "deno" ? "edge functions" : "PostgreSQL"] += seconds;
  }
  return time;
}

async function readProcess(pid: string): Promise<Process | null> {
  try {
    const text = await Deno.readTextFile(`/proc/${pid}/stat`);
    const [, name, rest] = /^\d+ \((.*)\) (.*)$/s.exec(text) ?? [];
    const fields = rest!.split(" ");
    return {
      name: name!,
      parent: Number(fields[1]),
      // With those of its children that have ended: PostgreSQL has a process for each connection.
      ticks: fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0),
    };
  } catch {
    // It has ended meanwhile.
    return null;
  }
}
