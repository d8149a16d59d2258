import { execFile } from "node:child_process";
import { describe, expect, it } from "vitest";
import { createPerson } from "../helpers/people.ts";
import { runningStack } from "../helpers/stack.ts";
import { signing } from "../helpers/tokens.ts";
import { checkout, denoExecutable } from "../setup/command.ts";

// The function as a process of its own, as the platform runs it: what it needs to start, and what
// it writes to its output.

/** Loads the function, sends it requests one after the other, and prints each status. */
const SCRIPT = `
const { default: shell } = await import(Deno.env.get("ENTRYPOINT"));
for (const { path, ...init } of JSON.parse(Deno.env.get("REQUESTS") ?? "[]")) {
  const answer = await shell.fetch(new Request("http://localhost" + path, init));
  console.log("STATUS " + answer.status);
  await answer.body?.cancel();
}`;

interface Outcome {
  exitCode: number;
  output: string[];
  errors: string;
}

function run(
  name: string,
  environment: Record<string, string>,
  requests: unknown[] = [],
): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      denoExecutable(),
      ["eval", "--config", "deno.json", SCRIPT],
      {
        cwd: checkout,
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          NO_COLOR: "1",
          ENTRYPOINT: new URL(`../../supabase/functions/${name}/index.ts`, import.meta.url).href,
          REQUESTS: JSON.stringify(requests),
          ...environment,
        },
      },
      (error, stdout, stderr) =>
        resolve({
          exitCode: error === null ? 0 : Number(error.code ?? 1),
          output: stdout.split("\n").filter((line) => line !== ""),
          errors: stderr,
        }),
    );
  });
}

/** What the function verifies tokens with; fetched from Auth if the stack keeps its key to itself. */
async function signingKeys(): Promise<Record<string, string>> {
  const { algorithm, keyId } = await signing();
  if (algorithm !== "HS256") return {};
  const k = Buffer.from(runningStack().JWT_SECRET).toString("base64url");
  return {
    SUPABASE_JWKS: JSON.stringify({ keys: [{ kty: "oct", alg: "HS256", kid: keyId, k }] }),
  };
}

describe.each(["sessions", "invitations", "guided"])("the process of %s", (name) => {
  it("refuses to start without its settings, and says which are missing", async () => {
    const { exitCode, errors } = await run(name, { SUPABASE_URL: "http://127.0.0.1:1" });
    expect(exitCode).not.toBe(0);
    expect(errors).toContain("The function cannot start:");
    expect(errors).toContain("SUPABASE_PUBLISHABLE_KEYS is not set");
    expect(errors).not.toContain("SUPABASE_URL is not");
  });
});

describe("the process of a function", () => {
  it("writes one line of JSON for each request, with nothing secret in it", async () => {
    const { API_URL, PUBLISHABLE_KEY, SECRET_KEY } = runningStack();
    const alice = await createPerson("Alice");
    const headers = {
      authorization: `Bearer ${alice.token}`,
      apikey: PUBLISHABLE_KEY,
      "content-type": "application/json",
    };
    const { exitCode, output } = await run("sessions", {
      SUPABASE_URL: API_URL,
      SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: PUBLISHABLE_KEY }),
      SUPABASE_SECRET_KEYS: JSON.stringify({ default: SECRET_KEY }),
      ...await signingKeys(),
    }, [
      { path: "/sessions/health" },
      {
        path: "/sessions",
        method: "POST",
        headers: { ...headers, "x-request-id": "trace-1" },
        body: JSON.stringify({ mode: "shared", name: "hunter2" }),
      },
      { path: "/sessions?cursor=hunter2", headers },
      { path: "/sessions", headers: { authorization: "Bearer hunter2" } },
      { path: "/hunter2", headers },
    ]);
    expect(exitCode).toBe(0);
    expect(output.filter((line) => line.startsWith("STATUS"))).toEqual([
      "STATUS 200",
      "STATUS 201",
      "STATUS 400",
      "STATUS 401",
      "STATUS 404",
    ]);
    const lines = output.filter((line) => !line.startsWith("STATUS"));
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { function: "sessions", method: "GET", route: "/sessions/health", status: 200, code: null },
      {
        method: "POST",
        route: "/sessions",
        status: 201,
        requestId: "trace-1",
        userId: alice.id,
      },
      { route: "/sessions", status: 400, code: "invalid_request", userId: alice.id },
      { route: "/sessions", status: 401, code: "unauthenticated", userId: null },
      { route: null, status: 404, code: "not_found", userId: null },
    ]);
    for (const secret of ["hunter2", alice.token, alice.email, PUBLISHABLE_KEY, SECRET_KEY]) {
      expect(lines.join("\n")).not.toContain(secret);
    }
  });
});
