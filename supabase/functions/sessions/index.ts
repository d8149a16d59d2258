import { readConfig } from "../_shared/config.ts";
import { createSessionsApp } from "./app.ts";

const app = createSessionsApp(readConfig(Deno.env.toObject()));

export default { fetch: app.fetch };
