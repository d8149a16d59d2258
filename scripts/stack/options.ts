import { isAbsolute, join } from "node:path";
import { StackError } from "./errors.ts";
import { isPlan, type Plan } from "./realtime/limits/plans.ts";

/** What the command line and the environment ask for. Absent: config.toml or the default decides. */
export interface Options {
  command: "start" | "stop" | "status" | "help";
  /** The folder that holds `supabase/`. */
  projectDir: string;
  /** Where data and state live. */
  dataDir: string;
  /** The gateway's port; 0 picks a free one. */
  port?: number;
  /** PostgreSQL's port; 0 picks a free one. */
  databasePort?: number;
  /** Delete the data folder's contents before starting. */
  reset: boolean;
  seed: boolean;
  /** Serve the edge functions. */
  functions: boolean;
  /** Whose quotas Realtime keeps to; absent: none. */
  realtimeLimits?: Plan;
  output: "text" | "json";
}

export const usage = `Usage: npm start -- [options]
       npm run stop | npm run status -- [-o json]

Options of start
  --port <number>         port of the API gateway       (STACK_PORT, else config.toml; 0 = any free)
  --db-port <number>      port of PostgreSQL            (STACK_DB_PORT, else config.toml; 0 = any free)
  --reset                 delete all data first
  --no-seed               leave out supabase/seed.sql
  --no-functions          leave out the edge functions
  --realtime-limits <plan>
                          free, pro or team: Realtime refuses what the platform's plan would
                                                        (STACK_REALTIME_LIMITS, else no limits)
Options of every command
  --data-dir <folder>     where data and state live     (STACK_DATA_DIR, else .stack)
  --project-dir <folder>  the folder that holds supabase/
Options of status
  -o json                 URLs and keys as JSON`;

function parsePort(value: string, source: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65535) {
    throw new StackError(`${source} must be a port number from 0 to 65535, not "${value}".`);
  }
  return port;
}

function parsePlan(value: string, source: string): Plan {
  if (!isPlan(value)) {
    throw new StackError(`${source} must be free, pro or team, not "${value}".`);
  }
  return value;
}

/**
 * Reads the command line and the environment.
 *
 * @param checkout the root of this repository
 * @throws StackError on an unknown option or a value that does not fit
 */
export function parseOptions(
  args: readonly string[],
  environment: (name: string) => string | undefined,
  checkout: string,
): Options {
  const rest = [...args];
  const command = rest[0]?.startsWith("-") ? "start" : rest.shift() ?? "start";
  if (
    command !== "start" && command !== "stop" && command !== "status" && command !== "help"
  ) {
    throw new StackError(`Unknown command "${command}".\n\n${usage}`);
  }
  const given = new Map<string, string>();
  const flags = new Set<string>();
  while (rest.length > 0) {
    const argument = rest.shift()!;
    const [name, inlineValue] = splitArgument(argument);
    if (
      ["--reset", "--no-seed", "--no-functions", "--help", "-h"].includes(name) &&
      inlineValue === undefined
    ) {
      flags.add(name);
    } else if (
      [
        "--port",
        "--db-port",
        "--data-dir",
        "--project-dir",
        "--realtime-limits",
        "-o",
        "--output",
      ].includes(name)
    ) {
      const value = inlineValue ?? rest.shift();
      if (value === undefined || value === "") throw new StackError(`${name} needs a value.`);
      given.set(name === "-o" ? "--output" : name, value);
    } else {
      throw new StackError(`Unknown option "${argument}".\n\n${usage}`);
    }
  }

  const output = given.get("--output") ?? "text";
  if (output !== "text" && output !== "json") {
    throw new StackError(`--output must be "text" or "json", not "${output}".`);
  }
  const projectDir = absolute(given.get("--project-dir") ?? checkout);
  const port = given.get("--port");
  const databasePort = given.get("--db-port");
  const portFromEnvironment = environment("STACK_PORT");
  const databasePortFromEnvironment = environment("STACK_DB_PORT");
  const plan = given.get("--realtime-limits");
  const planFromEnvironment = environment("STACK_REALTIME_LIMITS");
  return {
    command: flags.has("--help") || flags.has("-h") ? "help" : command,
    projectDir,
    dataDir: absolute(
      given.get("--data-dir") || environment("STACK_DATA_DIR") || join(projectDir, ".stack"),
    ),
    ...(port !== undefined
      ? { port: parsePort(port, "--port") }
      : portFromEnvironment
      ? { port: parsePort(portFromEnvironment, "STACK_PORT") }
      : {}),
    ...(databasePort !== undefined
      ? { databasePort: parsePort(databasePort, "--db-port") }
      : databasePortFromEnvironment
      ? { databasePort: parsePort(databasePortFromEnvironment, "STACK_DB_PORT") }
      : {}),
    reset: flags.has("--reset"),
    seed: !flags.has("--no-seed"),
    functions: !flags.has("--no-functions"),
    ...(plan !== undefined
      ? { realtimeLimits: parsePlan(plan, "--realtime-limits") }
      : planFromEnvironment
      ? { realtimeLimits: parsePlan(planFromEnvironment, "STACK_REALTIME_LIMITS") }
      : {}),
    output,
  };
}

function splitArgument(argument: string): [string, string | undefined] {
  const equals = argument.startsWith("--") ? argument.indexOf("=") : -1;
  return equals < 0
    ? [argument, undefined]
    : [argument.slice(0, equals), argument.slice(equals + 1)];
}

function absolute(path: string): string {
  return isAbsolute(path) ? join(path) : join(Deno.cwd(), path);
}
