/**
 * A function in a process of its own, to see what it takes to start and to keep. Its one argument is
 * JSON; what it prints is JSON.
 */

interface Task {
  readonly entrypoint: string;
  readonly method: string;
  readonly path: string;
  readonly token: string;
  readonly apiKey: string;
  /** How many requests to answer after the first. */
  readonly requests: number;
}

const AT_ONCE = 4;

// The function writes a line about each request; only the last line is for whoever started this.
const print = console.log;
console.log = () => {};

const task: Task = JSON.parse(Deno.args[0]!);
const startedAt = performance.now();
const module: { default: { fetch(request: Request): Response | Promise<Response> } } = await import(
  task.entrypoint
);
const importedAt = performance.now();

async function answer(): Promise<number> {
  const response = await module.default.fetch(
    new Request(`http://localhost${task.path}`, {
      method: task.method,
      headers: { apikey: task.apiKey, authorization: `Bearer ${task.token}` },
    }),
  );
  await response.text();
  return response.status;
}

function memory(): { rssBytes: number; heapBytes: number } {
  // Only there with --expose-gc.
  (globalThis as { gc?: () => void }).gc?.();
  const { rss, heapUsed } = Deno.memoryUsage();
  return { rssBytes: rss, heapBytes: heapUsed };
}

const status = await answer();
const answeredAt = performance.now();
const atRest = memory();
let left = task.requests;
await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  while (left-- > 0) {
    const now = await answer();
    if (now !== status) throw new Error(`It answered ${now} after ${status}.`);
  }
}));
print(JSON.stringify({
  status,
  importMs: importedAt - startedAt,
  firstAnswerMs: answeredAt - importedAt,
  secondsOfRequests: (performance.now() - answeredAt) / 1000,
  atRest,
  afterwards: memory(),
}));
