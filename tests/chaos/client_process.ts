import { execFileSync } from "node:child_process";
import { Child } from "./children.ts";
import type { ClientState, ClientStatus, ClientTask, Question, Saying } from "./messages.ts";

const answerTimeoutMs = 20_000;

/** Somebody's application: a process that can be put to sleep, closed and opened again. */
export class ClientProcess {
  readonly task: ClientTask;
  /** What must never happen and did, and what the process complained about when it ended. */
  readonly faults: string[] = [];
  readonly #waiting = new Map<Saying["say"], ((saying: Saying) => void)[]>();
  #child: Child | undefined;
  #errors = "";
  #asleep = false;
  #openings = 0;

  constructor(task: ClientTask) {
    this.task = task;
  }

  /** Opens the application. Resolves once it runs; it may be long before it is connected. */
  async open(): Promise<void> {
    // Whoever comes back does not do the same things again.
    const seed = `${this.task.seed}/${++this.#openings}`;
    const child = new Child("tests/chaos/client_program.ts", [], {
      CHAOS_CLIENT: JSON.stringify({ ...this.task, seed }),
    });
    this.#child = child;
    this.#asleep = false;
    this.#errors = "";
    let line = "";
    child.onOutput((text, from) => {
      if (from === "stderr") return void (this.#errors += text);
      const lines = (line + text).split("\n");
      line = lines.pop() ?? "";
      for (const one of lines) this.#hear(one);
    });
    child.ended.then(({ code, signal }) => {
      // Being killed is part of the plan; ending by itself is not.
      if (this.#child !== child) return;
      this.faults.push(`the process ended by itself (${code ?? signal}): ${this.#errors}`);
    }, (error) => this.faults.push(`the process did not start: ${error}`));
    await this.#expect("ready", 120_000);
  }

  /** Lets it make things, or make no more. */
  tell(question: Question): void {
    this.#child?.process.stdin.write(JSON.stringify(question) + "\n");
  }

  async status(): Promise<ClientStatus> {
    this.tell({ ask: "status" });
    const saying = await this.#expect("status", answerTimeoutMs);
    return saying.status;
  }

  async state(): Promise<ClientState> {
    this.tell({ ask: "state" });
    const saying = await this.#expect("state", answerTimeoutMs);
    return saying.state;
  }

  /** The process gets no more time, as an application in somebody's pocket. */
  sleep(): void {
    if (this.#child?.signal("SIGSTOP")) this.#asleep = true;
  }

  wake(): void {
    if (!this.#asleep) return;
    this.#asleep = false;
    this.#child?.signal("SIGCONT");
  }

  /** Ends it on the spot; what it had in memory is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    this.#asleep = false;
    await child?.kill();
  }

  /** Whether the process runs, sleeps or is busy, for those who have to find out why it is silent. */
  #condition(): string {
    const pid = this.#child?.process.pid;
    if (pid === undefined) return "there is no process";
    try {
      const columns = ["-o", "stat=,time=,%cpu=", "-p", String(pid)];
      return `state, time, load: ${execFileSync("ps", columns, { encoding: "utf8" }).trim()}`;
    } catch {
      return "the process has ended";
    }
  }

  #hear(line: string): void {
    let saying: Saying;
    try {
      saying = JSON.parse(line);
    } catch {
      // Something else that was printed; or half a line of a process that was killed.
      return;
    }
    if (saying.say === "fault") return void this.faults.push(saying.fault);
    this.#waiting.get(saying.say)?.shift()?.(saying);
  }

  #expect<Say extends Saying["say"]>(
    say: Say,
    timeoutMs: number,
  ): Promise<Extract<Saying, { say: Say }>> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(say) ?? [];
      this.#waiting.set(say, waiting);
      const heard = (saying: Saying) => {
        clearTimeout(timer);
        resolve(saying as Extract<Saying, { say: Say }>);
      };
      waiting.push(heard);
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(heard), 1);
        reject(
          new Error(
            `${this.task.me.displayName} did not say "${say}" in time (${this.#condition()}).\n` +
              [...this.faults, this.#errors].join("\n"),
          ),
        );
      }, timeoutMs);
    });
  }
}
