import { parseOptions, USAGE } from "./options.ts";
import { findTarget, type Target } from "./target.ts";
import { trainInTerminal } from "./terminal.ts";
import { trainTogether } from "./three.ts";

if (Deno.args.includes("--help")) {
  console.log(USAGE);
  Deno.exit(0);
}

let target: Target | undefined;
let failed = false;
try {
  const { as, sets } = parseOptions(Deno.args);
  target = await findTarget({ mayStart: as === undefined });
  console.log(`Demo on ${target.description}`);
  if (as === undefined) await trainTogether(target);
  else await trainInTerminal(target, as, sets);
} catch (error) {
  failed = true;
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : error}`);
} finally {
  await target?.stop();
}
Deno.exit(failed ? 1 : 0);
