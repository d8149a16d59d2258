import type { FunctionApp } from "../../supabase/functions/_shared/app.ts";
import { type FunctionConfig } from "../../supabase/functions/_shared/config.ts";
import type { LogSink } from "../../supabase/functions/_shared/request-log.ts";
import { createGuidedApp } from "../../supabase/functions/guided/app.ts";
import { createInvitationsApp } from "../../supabase/functions/invitations/app.ts";
import { createSessionsApp } from "../../supabase/functions/sessions/app.ts";
import { describePayloads } from "./payloads.ts";
import { documentSchema, mergeDocuments, type OpenApiDocument } from "./merge.ts";

/** What the interface as a whole is called. */
export const TITLE = "Live workouts";

/** Enough to build a function that is asked for nothing but its description. */
const config: FunctionConfig = {
  supabase: { url: "http://127.0.0.1:1", publishableKeys: {}, jwks: { keys: [] } },
  allowedOrigins: "*",
};

/** The description of all edge functions, as the file holds it. */
export async function describeFunctions(): Promise<string> {
  const merged = mergeDocuments(TITLE, [
    await describe("sessions", createSessionsApp),
    await describe("invitations", createInvitationsApp),
    await describe("guided", createGuidedApp),
    describePayloads(),
  ]);
  return `${JSON.stringify(merged, null, 2)}\n`;
}

async function describe(
  name: string,
  create: (config: FunctionConfig, log: LogSink) => FunctionApp,
): Promise<OpenApiDocument> {
  const answer = await create(config, () => {}).request(`/${name}/openapi.json`);
  return documentSchema.parse(await answer.json());
}
