import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkout } from "../shared/checkout.ts";
import { check, type GeneratedFile, type Outcome, write } from "../shared/generated_file.ts";
import { clientTypes } from "./client_types.ts";
import { describeFunctions } from "./document.ts";

const command = "npm run openapi";
const source = "the routes";

const usage = `Usage: ${command} [-- --check]

Writes docs/openapi.json from the routes of all edge functions, and the client's types from that.
With --check it only compares, and fails if they differ.`;

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
    const document = await describeFunctions();
    const outcomes: Outcome[] = [];
    for (
      const file of [
        generated("docs/openapi.json", document),
        generated("client/src/generated/openapi.ts", await clientTypes(document)),
      ]
    ) outcomes.push(values.check ? await check(file) : await write(file));
    return {
      ok: outcomes.every(({ ok }) => ok),
      message: outcomes.map(({ message }) => message).join("\n"),
    };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

function generated(name: string, contents: string): GeneratedFile {
  return { path: join(checkout, name), name, command, source, contents };
}

const { ok, message } = await run();
if (ok) console.log(message);
else console.error(message);
Deno.exit(ok ? 0 : 1);
