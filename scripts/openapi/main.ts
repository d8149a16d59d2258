import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkout } from "../shared/checkout.ts";
import { check, type Outcome, write } from "../shared/generated_file.ts";
import { describeFunctions } from "./document.ts";

const name = "docs/openapi.json";
const command = "npm run openapi";
const source = "the routes";

const usage = `Usage: ${command} [-- --check]

Writes ${name} from the routes of all edge functions. With --check it only compares, and fails if
they differ.`;

async function run(): Promise<Outcome> {
  try {
    const { values } = parseArgs({
      args: Deno.args,
      options: {
        check: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return { ok: true, message: usage };
    const contents = await describeFunctions();
    const file = { path: join(checkout, name), name, command, source, contents };
    return values.check ? await check(file) : await write(file);
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

const { ok, message } = await run();
if (ok) console.log(message);
else console.error(message);
Deno.exit(ok ? 0 : 1);
