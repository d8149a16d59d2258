import { join } from "node:path";
import { checkout } from "../shared/checkout.ts";
import { runGenerator } from "../shared/generator.ts";
import { addAliases } from "./aliases.ts";
import { format } from "../shared/format.ts";
import { generate } from "./generate.ts";
import { refine } from "./refine.ts";

const name = "supabase/functions/_shared/database.types.ts";

await runGenerator({
  path: join(checkout, name),
  name,
  command: "npm run types",
  generate: async (databaseUrl) => {
    const generated = await format(await generate(databaseUrl));
    return await format(addAliases(refine(generated)));
  },
});
