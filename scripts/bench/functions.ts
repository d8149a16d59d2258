import { createClient } from "@supabase/supabase-js";
import { readConfig } from "../../supabase/functions/_shared/config.ts";
import { createSessionsApp } from "../../supabase/functions/sessions/app.ts";
import { runningStack } from "../shared/stack_command.ts";
import { startTemporaryStack } from "../shared/temporary_stack.ts";
import { jsonWebKeySet } from "../stack/keys.ts";
import { measure, quantile, type Sample, table } from "./measure.ts";

// What an edge function adds to the call of the database that it makes: verifying the token, checking
// the request, checking and mapping the answer. The function runs in this very process, and both ways make
// the same call to the same stack, taking turns; so the difference is the function's own time.

const rounds = Number(Deno.args[0] ?? 500);

const running = await runningStack();
const temporary = running ? undefined : await startTemporaryStack();
const endpoints = running ?? temporary!.endpoints;
try {
  const supabase = createClient(endpoints.API_URL, endpoints.PUBLISHABLE_KEY, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { data, error } = await supabase.auth.signInWithPassword({
    email: "alice@example.com",
    password: "train-together",
  });
  if (error) throw new Error(`Alice of the seed could not sign in: ${error.message}`);
  const app = createSessionsApp(
    readConfig({
      SUPABASE_URL: endpoints.API_URL,
      SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: endpoints.PUBLISHABLE_KEY }),
      SUPABASE_JWKS: JSON.stringify(jsonWebKeySet(endpoints.JWT_SECRET)),
    }),
    () => {},
  );
  const { data: page } = await supabase.rpc("browse_live_sessions", { scope_param: "mine" });
  const id: string = page.items[0].id;
  const headers = {
    apikey: endpoints.PUBLISHABLE_KEY,
    authorization: `Bearer ${data.session.access_token}`,
  };
  const viaFunction = async (path: string) => {
    const response = await app.request(path, { headers });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    await response.json();
  };
  const bareRpc = async (name: string, parameters: Record<string, unknown>) => {
    const { error } = await supabase.rpc(name, parameters);
    if (error) throw new Error(`${name}: ${error.message}`);
  };

  console.log(`${rounds} rounds each, taking turns, on ${endpoints.API_URL}`);
  show(
    "Snapshot of a session",
    await measure(rounds, {
      "bare RPC": () => bareRpc("get_live_session_snapshot", { session_id_param: id }),
      "GET /sessions/:id": () => viaFunction(`/sessions/${id}`),
    }),
  );
  show(
    "Browsing one's sessions",
    await measure(rounds, {
      "bare RPC": () => bareRpc("browse_live_sessions", { scope_param: "mine" }),
      "GET /sessions": () => viaFunction("/sessions?scope=mine"),
    }),
  );
} finally {
  await temporary?.stop();
}

function show(title: string, samples: Sample[]): void {
  console.log(`\n${title}`);
  table(samples).forEach((line) => console.log(line));
  const [bare, through] = samples;
  const own = quantile(through!, 0.5) - quantile(bare!, 0.5);
  console.log(`  the function's own time: ${own.toFixed(2)} ms at the median`);
}
