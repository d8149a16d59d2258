import { readConfig } from "../_shared/config.ts";
import { createInvitationsApp } from "./app.ts";

const app = createInvitationsApp(readConfig(Deno.env.toObject()));

export default { fetch: app.fetch };
