import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { StackError } from "./errors.ts";
import { parseOptions, usage } from "./options.ts";
import { fail, line } from "./report.ts";

/** The root of this repository. */
const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

async function main(): Promise<number> {
  const options = parseOptions(Deno.args, (name) => Deno.env.get(name), checkout);
  // Each command loads only what it needs, so that status answers at once.
  switch (options.command) {
    case "help":
      line(usage);
      return 0;
    case "status":
      return await (await import("./commands/status.ts")).status(options);
    case "stop":
      return await (await import("./commands/stop.ts")).stop(options);
    case "start":
      return await (await import("./commands/start.ts")).start(options);
  }
}

// One part's slip must not take the others along, nor leave PostgreSQL without its keeper.
for (const kind of ["error", "unhandledrejection"] as const) {
  globalThis.addEventListener(kind, (event) => {
    event.preventDefault();
    fail("An error that nothing handled; the stack goes on:");
    console.error(event instanceof ErrorEvent ? event.error : event.reason);
  });
}

try {
  Deno.exit(await main());
} catch (error) {
  if (error instanceof StackError) fail(error.message);
  else {
    fail("The stack failed in a way that is its own fault:");
    console.error(error);
  }
  Deno.exit(1);
}
