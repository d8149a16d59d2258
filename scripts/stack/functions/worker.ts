/**
 * The process of one edge function: imports its index.ts and serves what that exports, on a Unix
 * socket. The stack starts it and talks to it over standard input, whose end means that the stack
 * is gone.
 */

interface Orders {
  entrypoint: string;
  socket: string;
  /** What marks a line of standard output as ours and not the function's. */
  marker: string;
}

type Handler = (request: Request) => Response | Promise<Response>;

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

function handlerOf(module: Record<string, unknown>): Handler {
  const exported = module.default;
  if (
    exported !== null && typeof exported === "object" && "fetch" in exported &&
    typeof exported.fetch === "function"
  ) {
    return (request) => Reflect.apply(exported.fetch as Handler, exported, [request]);
  }
  throw new Error(
    "index.ts must have a default export with a method fetch: export default { fetch: … }",
  );
}

function workerError(error: unknown): Response {
  console.error(error);
  return Response.json({
    code: "WORKER_ERROR",
    message: "Function exited due to an error (please check logs)",
  }, { status: 500 });
}

const input = linesOf(Deno.stdin.readable);
const first = await input.next();
if (first.done) Deno.exit(0);
const orders: Orders = JSON.parse(first.value);

const serving = Promise.withResolvers<Deno.HttpServer<Deno.UnixAddr>>();

async function obey(): Promise<never> {
  for await (const order of input) {
    if (order !== "finish") continue;
    await (await serving.promise).shutdown();
    break;
  }
  Deno.exit(0);
}
const obeying = obey();

/** What is wrong with the function's code, without the frames that are this file's. */
function describeLoadError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = error.stack?.includes(error.message) ? error.stack : error.message;
  return text.split("\n").filter((line) => !line.includes(import.meta.url)).join("\n");
}

async function load(): Promise<Handler> {
  try {
    return handlerOf(await import(new URL(`file://${orders.entrypoint}`).href));
  } catch (error) {
    console.error(describeLoadError(error));
    Deno.exit(1);
  }
}

const handler = await load();
serving.resolve(Deno.serve({
  path: orders.socket,
  onListen: () => console.log(`${orders.marker} ready`),
  onError: workerError,
}, (request) => handler(request)));
await obeying;
