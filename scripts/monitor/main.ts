import { parseArgs } from "node:util";
import { runningStack } from "../shared/stack_command.ts";
import { NoReport, readReport } from "./read.ts";
import { render } from "./render.ts";

const usage = `Usage: npm run monitor [-- [--json] [--db-url <url>]]

Prints how it is going: sessions, sets, refusals, and what the database spends its time and space on.
Of the database in --db-url or DATABASE_URL, else of the running stack.

  --json   the same as JSON, by the names of the views in schema monitoring (npm run -s monitor -- --json)`;

async function findDatabase(given: string | undefined): Promise<string> {
  const url = given || Deno.env.get("DATABASE_URL") || (await runningStack())?.DB_URL;
  if (url === undefined) {
    throw new NoReport(
      `No stack is running here. Start one with "npm start", or set DATABASE_URL.`,
    );
  }
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new NoReport("The database's URL has the form postgresql://user:password@host/database.");
  }
  return url;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      json: { type: "boolean", default: false },
      "db-url": { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(usage);
  const url = await findDatabase(values["db-url"]);
  const report = await readReport(url);
  const { host, pathname } = new URL(url);
  console.log(values.json ? JSON.stringify(report, null, 2) : render(report, host + pathname));
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  Deno.exit(1);
}
