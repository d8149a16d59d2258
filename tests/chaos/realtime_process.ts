import { Child } from "./children.ts";

const startTimeoutMs = 30_000;

/** The Realtime server as a process that can die while everything else goes on. */
export class RealtimeProcess {
  readonly #databaseUrl: string;
  #child: Child | undefined;
  #port = 0;

  constructor(databaseUrl: string) {
    this.#databaseUrl = databaseUrl;
  }

  /** Where it listens; where it did, while it is away. */
  get port(): number {
    return this.#port;
  }

  /** Starts it and waits until it listens. Raises Error with its output if it does not. */
  async start(): Promise<void> {
    const child = new Child("scripts/stack/realtime/serve.ts", [
      "--database-url",
      this.#databaseUrl,
    ]);
    this.#child = child;
    let said = "";
    await new Promise<void>((resolve, reject) => {
      const fail = (what: string) => reject(new Error(`The Realtime server ${what}:\n${said}`));
      const timer = setTimeout(() => fail("is not ready in time"), startTimeoutMs);
      child.onOutput((text) => {
        said += text;
        const port = /Listening on (\d+)\n/.exec(said)?.[1];
        if (port === undefined) return;
        clearTimeout(timer);
        this.#port = Number(port);
        resolve();
      });
      child.ended.then(() => fail("ended"), reject).finally(() => clearTimeout(timer));
    });
  }

  /** Ends it on the spot: nothing is said to anybody, nothing is cleared up. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    await child?.kill();
  }

  /** Holds it: its sockets stay open and nothing answers. */
  freeze(): void {
    this.#child?.signal("SIGSTOP");
  }

  thaw(): void {
    this.#child?.signal("SIGCONT");
  }
}
