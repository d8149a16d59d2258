import type { EdgeFunction } from "./discover.ts";
import { BootError, type FunctionProcess, startProcess } from "./process.ts";

/** What a host needs from the stack around it. */
export interface HostSurroundings {
  environment(): Promise<Record<string, string>>;
  sockets: string;
  /** The stack's data folder. */
  dataDir: string;
  /** Gets the function's own output. */
  print(name: string, line: string): void;
  /** Gets what happens to the function. */
  report(message: string, failed: boolean): void;
}

const quickDeathMilliseconds = 2_000;
/** How long an outdated process may take over the requests that it still has. */
const reloadPatienceMilliseconds = 60_000;
const stopPatienceMilliseconds = 3_000;

/** Keeps one function served: replaces its process when the code changes or the process dies. */
export class FunctionHost {
  #current: FunctionProcess | undefined;
  #booting: Promise<void> | undefined;
  #bootAgain = false;
  #stopped = false;

  constructor(
    readonly edgeFunction: EdgeFunction,
    private readonly surroundings: HostSurroundings,
  ) {}

  /** The process to send requests to, waiting while one starts; undefined if the code is broken. */
  async process(): Promise<FunctionProcess | undefined> {
    if (!this.#current && this.#booting) await this.#booting;
    return this.#current;
  }

  /** Starts the first process. @throws BootError if the code is broken */
  async start(): Promise<void> {
    this.#use(await this.#launch());
  }

  /**
   * Starts a process with the code as it is now and moves over to it; the old one finishes what it
   * has. Broken code is reported and answers nothing until it is mended.
   */
  reload(): Promise<void> {
    if (this.#booting) {
      this.#bootAgain = true;
      return this.#booting;
    }
    this.#booting = this.#reloadUntilSettled().finally(() => this.#booting = undefined);
    return this.#booting;
  }

  /** Ends the process after what it has under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#booting;
    await this.#current?.finish(stopPatienceMilliseconds);
  }

  async #reloadUntilSettled(): Promise<void> {
    do {
      this.#bootAgain = false;
      const started = performance.now();
      const old = this.#current;
      try {
        const process = await this.#launch();
        this.#use(process);
        const duration = Math.round(performance.now() - started);
        this.surroundings.report(`${this.edgeFunction.name} reloaded in ${duration} ms`, false);
      } catch (error) {
        if (!(error instanceof BootError)) throw error;
        this.#current = undefined;
        this.surroundings.report(
          `${this.edgeFunction.name} does not load:\n${error.message}`,
          true,
        );
      }
      old?.finish(reloadPatienceMilliseconds);
    } while (this.#bootAgain && !this.#stopped);
  }

  async #launch(): Promise<FunctionProcess> {
    const { surroundings, edgeFunction } = this;
    return await startProcess(
      edgeFunction,
      await surroundings.environment(),
      surroundings.sockets,
      surroundings.dataDir,
      (line) => surroundings.print(edgeFunction.name, line),
    );
  }

  #use(process: FunctionProcess): void {
    this.#current = process;
    process.ended.then(async (status) => {
      if (this.#stopped || this.#current !== process) return;
      this.#current = undefined;
      this.surroundings.report(
        `${this.edgeFunction.name} ended by itself (${
          status.signal ?? `exit code ${status.code}`
        }); starting it again`,
        true,
      );
      const lived = Date.now() - process.startedAt;
      if (lived < quickDeathMilliseconds) {
        this.#booting = new Promise((resolve) => setTimeout(resolve, quickDeathMilliseconds));
        await this.#booting;
        this.#booting = undefined;
      }
      if (!this.#stopped) await this.reload();
    });
  }
}
