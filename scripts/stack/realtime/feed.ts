import { setTimeout as sleep } from "node:timers/promises";
import { LogicalReplicationService, type Pgoutput } from "pg-logical-replication";
import { PublicationPlugin, type Undecodable } from "./pgoutput.ts";

export interface Feed {
  /** True as soon as it streams, false when it does not within `timeoutMs`. */
  ready(timeoutMs: number): Promise<boolean>;
  stop(): Promise<void>;
}

export interface FeedOptions {
  readonly databaseUrl: string;
  readonly publication: string;
  /** What streams, in a word or two for the log. */
  readonly content: string;
  readonly log: (line: string) => void;
  /**
   * Called for everything that is committed, in the order of the commits. As long as it works on
   * one, the stream waits. Must not raise.
   */
  readonly onMessage: (message: Pgoutput.Message) => void | Promise<void>;
  /** Called when the stream runs again after an interruption. */
  readonly onResumed?: () => void;
}

const START_TIMEOUT_MS = 15_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;
/** The server gives up a listener that says nothing for a minute. */
const SIGN_OF_LIFE_MS = 10_000;

/**
 * Streams what is committed to a publication, and goes on by itself whenever the database comes
 * back. What is committed while no stream runs is not delivered, as on the platform.
 * Raises if the first stream cannot be started.
 */
export async function startFeed(options: FeedOptions): Promise<Feed> {
  const gate = new Gate();
  const stopping = new AbortController();
  let stream = await openStream(options, AbortSignal.timeout(START_TIMEOUT_MS));
  gate.open();

  const keepStreaming = async () => {
    while (true) {
      const reason = await stream.ended;
      gate.close();
      if (stopping.signal.aborted) return;
      options.log(`the stream of ${options.content} from the database ended: ${reason}`);
      const next = await reopen(options, stopping.signal);
      if (!next) return;
      // Stopped in the same moment: stop() knew only the stream before.
      if (stopping.signal.aborted) return await next.close();
      stream = next;
      gate.open();
      options.log(`${options.content} from the database stream again`);
      options.onResumed?.();
    }
  };
  const running = keepStreaming();

  return {
    ready: (timeoutMs) => gate.passed(timeoutMs),
    async stop() {
      stopping.abort();
      await stream.close();
      await running;
    },
  };
}

/** Tries until a stream runs, which it returns, or until `signal` says to stop: then null. */
async function reopen(options: FeedOptions, signal: AbortSignal): Promise<Stream | null> {
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    await sleep(pause, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return null;
    pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    const stream = await openStream(options, signal).catch(() => null);
    if (stream) return stream;
  }
  return null;
}

interface Stream {
  /** Resolves with the reason once the stream is over. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

/**
 * Resolves once the server streams. Raises when it does not, or when `signal` says to give up: a
 * slot waits for every transaction that was open before it.
 */
async function openStream(options: FeedOptions, signal: AbortSignal): Promise<Stream> {
  const service = new LogicalReplicationService(
    { connectionString: options.databaseUrl, application_name: "realtime_feed" },
    { acknowledge: { auto: false, timeoutSeconds: 0 }, flowControl: { enabled: true } },
  );
  // While a message is being worked on, the server's questions whether anybody listens wait.
  let heardUpTo: string | null = null;
  const signsOfLife = setInterval(() => {
    if (heardUpTo !== null) void service.acknowledge(heardUpTo);
  }, SIGN_OF_LIFE_MS);
  const close = async () => {
    clearInterval(signsOfLife);
    await service.destroy().catch(() => undefined);
  };
  const started = new Promise<void>((resolve) => void service.on("start", () => resolve()));
  let fail = (_error: Error) => {};
  const failed = new Promise<never>((_, reject) => fail = reject);
  const giveUp = () => fail(new Error("the database did not begin to stream in time"));

  service.on("error", (error) => fail(error));
  service.on("data", (_lsn: string, message: Pgoutput.Message | Undecodable) => {
    if (message.tag === "undecodable") return fail(message.error);
    return options.onMessage(message);
  });
  service.on("heartbeat", (lsn) => {
    heardUpTo = previousLsn(lsn);
    void service.acknowledge(heardUpTo);
  });

  const slotName = `realtime_${crypto.randomUUID().replaceAll("-", "")}`;
  const plugin = new PublicationPlugin(options.publication);
  const streaming = service.subscribe(plugin, slotName).then(() => {
    throw new Error("the server closed it");
  });
  const over = Promise.race([streaming, failed]);
  const ended = over.catch(async (error: unknown) => {
    await close();
    return error instanceof Error ? error.message : String(error);
  });
  signal.addEventListener("abort", giveUp);
  try {
    await Promise.race([started, over]);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
  return { ended, close };
}

/**
 * The library confirms one byte more than it is told, and a server that shuts down waits until
 * exactly its end has been confirmed.
 */
function previousLsn(lsn: string): string {
  const [high = "0", low = "0"] = lsn.split("/");
  const position = (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`) - 1n;
  return `${(position >> 32n).toString(16)}/${(position & 0xffffffffn).toString(16)}`;
}

/** Something to wait at while the stream is down. */
class Gate {
  #isOpen = false;
  readonly #waiting = new Set<() => void>();

  open(): void {
    this.#isOpen = true;
    for (const pass of this.#waiting) pass();
    this.#waiting.clear();
  }

  close(): void {
    this.#isOpen = false;
  }

  passed(timeoutMs: number): Promise<boolean> {
    if (this.#isOpen) return Promise.resolve(true);
    return new Promise((resolve) => {
      const pass = () => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(pass);
        resolve(false);
      }, timeoutMs);
      this.#waiting.add(pass);
    });
  }
}
