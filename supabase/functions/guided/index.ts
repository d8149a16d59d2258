import { readConfig } from "../_shared/config.ts";
import { createGuidedApp } from "./app.ts";

const app = createGuidedApp(readConfig(Deno.env.toObject()));

export default { fetch: app.fetch };
