import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { befriend, type Person } from "../helpers/people.ts";
import { runningStack } from "../helpers/stack.ts";
import { checkout, denoExecutable } from "../setup/command.ts";

// The demo as people run it: real processes, each with a client of its own.

const PASSWORD = "train-together";

/** Somebody who can sign in with the password of the demo, under the name they give themselves. */
async function signUp(displayName: string): Promise<Person> {
  const { API_URL, PUBLISHABLE_KEY } = runningStack();
  const email = `${displayName.toLowerCase()}.${crypto.randomUUID()}@example.com`;
  const answer = await fetch(`${API_URL}/auth/v1/signup`, {
    method: "POST",
    headers: { apikey: PUBLISHABLE_KEY, "content-type": "application/json" },
    body: JSON.stringify({ email, password: PASSWORD, data: { display_name: displayName } }),
  });
  const { access_token: token, user } = await answer.json();
  await fetch(`${API_URL}/rest/v1/users?id=eq.${user.id}`, {
    method: "PATCH",
    headers: {
      apikey: PUBLISHABLE_KEY,
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ display_name: displayName }),
  });
  return { id: user.id, email, displayName, token };
}

/** A terminal in which the demo runs. */
class Terminal {
  output = "";
  readonly closed: Promise<number | null>;
  #watching: (() => void)[] = [];

  constructor(readonly process: ChildProcess) {
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on("data", (chunk) => {
        this.output += chunk;
        for (const look of this.#watching) look();
      });
    }
    this.closed = new Promise((resolve) => process.on("close", resolve));
  }

  /** The feed as it stands there. */
  get feed(): string[] {
    return this.output.split("\n").filter((line) => line.startsWith("#"));
  }

  /** Resolves when the terminal shows what is asked for. */
  async shows(what: string, isThere: () => boolean): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const limit = setTimeout(
        () => reject(new Error(`The terminal does not show ${what}:\n${this.output}`)),
        40_000,
      );
      const look = () => {
        if (!isThere()) return;
        clearTimeout(limit);
        resolve();
      };
      this.#watching.push(look);
      look();
    });
  }
}

const terminals: Terminal[] = [];
afterEach(async () => {
  for (const { process } of terminals) process.kill("SIGKILL");
  await Promise.all(terminals.splice(0).map(({ closed }) => closed));
});

function demo(args: readonly string[], environment: Record<string, string> = {}): Terminal {
  const { API_URL, PUBLISHABLE_KEY } = runningStack();
  const main = join(checkout, "scripts", "demo", "main.ts");
  const terminal = new Terminal(spawn(denoExecutable(), ["run", "-A", main, ...args], {
    cwd: checkout,
    env: {
      ...process.env,
      NO_COLOR: "1",
      SUPABASE_URL: API_URL,
      SUPABASE_PUBLISHABLE_KEY: PUBLISHABLE_KEY,
      DEMO_PASSWORD: PASSWORD,
      ...environment,
    },
    stdio: ["pipe", "pipe", "pipe"],
  }));
  terminals.push(terminal);
  return terminal;
}

const setsIn = (feed: readonly string[]) => feed.filter((line) => line.includes("Squat"));

describe("the demo", () => {
  it("shows three people the same, and proves it", async () => {
    const people = await Promise.all(["Ann", "Ben", "Cleo"].map((name) => signUp(name)));
    await befriend(people[0]!, ...people.slice(1));
    const emails = people.map(({ email }) => email).join(",");
    const terminal = demo([], { DEMO_EMAILS: emails });
    expect(await terminal.closed, terminal.output).toBe(0);
    const [hers, ...others] = ["Ann", "Ben", "Cleo"].map((name) =>
      terminal.output.split("\n")
        .filter((line) => line.startsWith(`  ${name} `) && line.includes("│"))
        .map((line) => line.replace(/^.*│ /, ""))
    );
    expect(hers).toHaveLength(14);
    for (const screen of others) expect(screen).toEqual(hers);
    expect(terminal.output).toContain("3 people, 9 sets, 4725 kg");
    expect(terminal.output).toContain(
      "Every screen showed every event from its first to the last, once and in order.",
    );
  }, 60_000);

  it("shows in two terminals the same session, in the same order", async () => {
    const [dora, emil] = await Promise.all(["Dora", "Emil"].map(signUp)) as [Person, Person];
    await befriend(dora, emil);
    const first = demo(["--as", dora.email, "--auto", "--sets", "6"]);
    await first.shows("a set", () => setsIn(first.feed).length > 0);
    const second = demo(["--as", emil.email, "--auto", "--sets", "6"]);
    for (const terminal of [first, second]) {
      await terminal.shows("all sets", () => setsIn(terminal.feed).length === 12);
    }
    expect(second.feed).toEqual(first.feed);
    expect(first.feed.map((line) => Number(line.slice(1, 4))))
      .toEqual(first.feed.map((_, index) => index + 1));
    for (const name of ["Dora", "Emil"]) {
      const own = setsIn(first.feed).filter((line) => line.includes(`${name}: `));
      expect(own, first.output).toHaveLength(6);
    }

    // Enter logs a set; q leaves, and the other sees it.
    second.process.stdin?.write("\n");
    await first.shows("another set", () => setsIn(first.feed).length === 13);
    second.process.stdin?.write("q");
    expect(await second.closed, second.output).toBe(0);
    expect(second.output).toContain("Left, after 7 sets");
    await first.shows("who left", () => first.feed.at(-1)?.includes("Emil left") ?? false);
    first.process.kill("SIGINT");
    expect(await first.closed, first.output).toBe(0);
    expect(first.output).toContain("Left, after 6 sets");
  }, 90_000);

  it("puts two who begin at the same moment into one session", async () => {
    const [fay, gil] = await Promise.all(["Fay", "Gil"].map(signUp)) as [Person, Person];
    await befriend(fay, gil);
    const both = [fay, gil].map(({ email }) => demo(["--as", email, "--auto", "--sets", "2"]));
    for (const terminal of both) {
      await terminal.shows("all sets", () => setsIn(terminal.feed).length === 4);
    }
    for (const { process } of both) process.kill("SIGTERM");
    for (const terminal of both) expect(await terminal.closed, terminal.output).toBe(0);
  }, 90_000);

  it.each([
    [["--sets", "3"], "go with --as"],
    [["--as", "a@example.com", "--sets", "3"], "goes with --auto"],
    [["--as", "a@example.com", "--auto", "--sets", "many"], "a number from 1"],
    [["--as", "nobody@example.com"], "could not sign in"],
    [["--colour"], "--colour"],
  ])("says what is wrong with %j", async (args, message) => {
    const terminal = demo(args);
    expect(await terminal.closed).toBe(1);
    expect(terminal.output).toContain(message);
    expect(terminal.output).not.toContain("    at ");
  });
});
