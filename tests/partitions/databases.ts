import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { checkout, denoExecutable } from "../setup/command.ts";

/** A PostgreSQL of one's own, with databases that are copies of each other. */
export interface Databases {
  /** Copies a database that nobody is connected to. */
  copy(from: string, to: string): Promise<void>;
  /** Signs in as the project's own role; the caller ends it. */
  open(database: string, connections?: number): postgres.Sql;
  /** The address of a database, for the project's own role. */
  urlOf(database: string): string;
  stop(): Promise<void>;
}

function startDeno(script: string, argument: string): ChildProcess {
  const child = spawn(
    denoExecutable(),
    ["run", "-A", join(checkout, "tests", "partitions", script), argument],
    { cwd: checkout, env: { ...process.env, NO_COLOR: "1" }, stdio: ["pipe", "pipe", "inherit"] },
  );
  return child;
}

/** Starts PostgreSQL; its database `postgres` has the project's schema and seed. */
export async function startDatabases(): Promise<Databases> {
  const server = startDeno("serve.ts", "partitions-");
  const ended = new Promise<void>((resolve) => server.on("close", () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    let output = "";
    server.stdout!.on("data", (chunk) => {
      output += chunk;
      const [found] = /postgresql:\S+(?=\n)/.exec(output) ?? [];
      if (found) resolve(found);
    });
    server.on("close", () => reject(new Error(`The database does not start:\n${output}`)));
  });
  const urlOf = (database: string) => new URL(`/${database}`, address).href;
  const open = (database: string, connections = 1) =>
    postgres(urlOf(database), { max: connections, onnotice: () => {} });
  return {
    urlOf,
    open,
    copy: async (from, to) => {
      // One's own connection does not stand in the way.
      const sql = open(from);
      try {
        await sql.unsafe(`create database ${to} template ${from}`);
      } finally {
        await sql.end();
      }
    },
    stop: async () => {
      server.stdin!.end();
      await ended;
    },
  };
}

/** What of supabase/tests does not hold in a database, a line each. */
export async function runPgtap(
  databaseUrl: string,
): Promise<{ passed: number; failures: string[] }> {
  const child = startDeno("run_pgtap.ts", databaseUrl);
  let output = "";
  child.stdout!.on("data", (chunk) => output += chunk);
  await new Promise((resolve) => child.on("close", resolve));
  const result: { passed: number; failures: [file: string, text: string][] } = JSON.parse(output);
  return {
    passed: result.passed,
    failures: result.failures.map(([file, text]) => {
      const [name, , ...diagnostics] = text.split("\n").map((line) => line.replace(/^[\s#]+/, ""));
      const said = diagnostics.filter((line) => !line.startsWith("Looks like"))
        .join(" ").replaceAll(/\s+/g, " ");
      return `${file}: ${name!.replace(/^\d+ /, "")}. ${said}`;
    }),
  };
}

/** Fills a database with fourteen months of training. */
export async function generate(sql: postgres.Sql, sessions: number): Promise<void> {
  const text = await readFile(join(checkout, "tests", "partitions", "data.sql"), "utf8");
  await sql.unsafe(text.replaceAll(":sessions", String(sessions)));
}
