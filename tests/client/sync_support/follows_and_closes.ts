// Follows a session for a moment and closes: the process has to end by itself then. To be run with
// the address, the key, a person's token and the session's id as JSON in the environment.
import { createClient } from "@supabase/supabase-js";
import { sessionCalls } from "../../../client/src/calls/sessions.ts";
import { syncSession } from "../../../client/src/sync/sync-session.ts";
import type { Database } from "../../../supabase/functions/_shared/database.types.ts";
import { Recorder } from "./recorder.ts";
import { until } from "./until.ts";

const { url, key, token, sessionId } = JSON.parse(process.env.SYNC_TEST ?? "{}");
const supabase = createClient<Database>(url, key, { accessToken: () => Promise.resolve(token) });
const heard = new Recorder();
const calls = sessionCalls(supabase);
const sync = syncSession({ supabase, calls, sessionId, listener: heard });
await until(() => heard.isLive, "live", 10_000);
sync.wake();
await sync.close();
await supabase.realtime.disconnect();
console.log(JSON.stringify({ seqs: heard.seqs, broken: heard.broken, closedAt: Date.now() }));
