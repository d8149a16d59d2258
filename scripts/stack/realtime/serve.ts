import { parseArgs } from "node:util";
import { developmentKeys } from "../keys.ts";
import { listenForStop } from "../signals.ts";
import { startRealtime } from "./server.ts";

const usage =
  `Usage: deno run -A scripts/stack/realtime/serve.ts --database-url <url> [--port <number>]

Runs the local Realtime server as a process of its own, beside a running stack and on its database,
so that it can die and come back while the rest stays. The stack goes on looking after the
partitions of realtime.messages.

  --database-url <url>  the stack's DB_URL
  --port <number>       where to listen on 127.0.0.1 (default 0: any free port)

Prints "Listening on <port>" when it is ready. Ends at SIGINT or SIGTERM.`;

async function serve(): Promise<void> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      "database-url": { type: "string" },
      port: { type: "string", default: "0" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(usage);
  const databaseUrl = values["database-url"];
  if (databaseUrl === undefined) throw new Error(`--database-url is missing.\n\n${usage}`);
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new Error(`--port must be a port number from 0 to 65535, not "${values.port}".`);
  }

  const stop = listenForStop();
  const realtime = await startRealtime({
    databaseUrl,
    ...developmentKeys,
    maintainsPartitions: false,
    log: (text) => console.log(`[realtime] ${text}`),
  });
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port,
    onListen: (address) => console.log(`Listening on ${address.port}`),
  }, (request) => realtime.handle(request));
  await new Promise<void>((resolve) => {
    if (stop.signal.aborted) resolve();
    stop.signal.addEventListener("abort", () => resolve());
  });
  await realtime.stop();
  await server.shutdown();
}

try {
  await serve();
  Deno.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  Deno.exit(1);
}
