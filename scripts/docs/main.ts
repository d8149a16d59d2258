import { join } from "node:path";
import { checkout } from "../shared/checkout.ts";
import { runGenerator } from "../shared/generator.ts";
import { readSchema } from "./catalogue/read.ts";
import { render } from "./render.ts";

const name = "docs/schema.md";

await runGenerator({
  path: join(checkout, name),
  name,
  command: "npm run docs",
  generate: async (databaseUrl) => render(await readSchema(databaseUrl)),
});
