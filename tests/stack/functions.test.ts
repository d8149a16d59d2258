import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { processesMentioning } from "./support/processes.ts";
import { createProject, echoFunction, type TestProject } from "./support/project.ts";
import { type RunningStack, startStack, waitForOutput, waitUntil } from "./support/stack.ts";

let project: TestProject;
let stack: RunningStack;

const answering = (text: string) => `export default { fetch: () => new Response("${text}") };\n`;

beforeAll(async () => {
  project = createProject();
  project.write("functions/.env", "GREETING=hello\nSUPABASE_URL=http://elsewhere\n");
  project.write("functions/_shared/answer.ts", 'export const answer = "shared 1";\n');
  project.write(
    "functions/shared/index.ts",
    `import { answer } from "../_shared/answer.ts";
export default { fetch: () => new Response(answer) };
`,
  );
  project.write(
    "functions/slow/index.ts",
    `export default {
  async fetch(request: Request) {
    const path = new URL(request.url).pathname;
    if (path === "/slow/crash") setTimeout(() => { throw new Error("crashed on purpose"); });
    if (path === "/slow/throw") throw new Error("thrown on purpose");
    if (path === "/slow/stream") {
      const parts = ["one ", "two ", "three"];
      return new Response(new ReadableStream({
        async pull(controller) {
          const part = parts.shift();
          if (part === undefined) return controller.close();
          controller.enqueue(new TextEncoder().encode(part));
          await new Promise((resolve) => setTimeout(resolve, 100));
        },
      }));
    }
    if (path === "/slow/abort") {
      request.signal.addEventListener("abort", () => console.log("the client has gone"));
    }
    console.log("slow begins");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return new Response("done");
  },
};
`,
  );
  project.write("functions/changing/index.ts", answering("first"));
  project.write("functions/guarded/index.ts", answering("let in"));
  project.write("functions/_hidden/index.ts", answering("hidden"));
  project.write(
    "config.toml",
    `project_id = "test"
${
      ["echo", "shared", "slow", "changing", "added"].map((name) =>
        `[functions.${name}]\nverify_jwt = false\n`
      ).join("")
    }`,
  );
  stack = await startStack(project);
});
afterAll(async () => {
  await stack.stop();
  expect(processesMentioning(project.root)).toEqual([]);
  project.dispose();
});

const call = (path: string, init?: RequestInit) =>
  fetch(`${stack.endpoints.FUNCTIONS_URL}/${path}`, init);
const textOf = async (path: string) => await (await call(path)).text();

describe("a function", () => {
  it("gets method, body and the path that the platform gives it", async () => {
    const answer = await call("echo/some/where?x=1&y=%20", { method: "PUT", body: "the body" });
    expect(await answer.json()).toMatchObject({
      method: "PUT",
      path: "/echo/some/where?x=1&y=%20",
      body: "the body",
    });
  });

  it("has the platform's environment, its own .env, and nothing of the stack's", async () => {
    const { environment } = await (await call("echo")).json();
    expect(environment).toMatchObject({
      SUPABASE_URL: stack.endpoints.API_URL,
      SUPABASE_DB_URL: stack.endpoints.DB_URL,
      GREETING: "hello",
    });
    expect(JSON.parse(environment.SUPABASE_PUBLISHABLE_KEYS)).toEqual({
      default: stack.endpoints.PUBLISHABLE_KEY,
    });
    expect(JSON.parse(environment.SUPABASE_SECRET_KEYS)).toEqual({
      default: stack.endpoints.SECRET_KEY,
    });
    expect(JSON.parse(environment.SUPABASE_JWKS).keys).toEqual([
      expect.objectContaining({ kty: "oct", alg: "HS256", kid: expect.any(String) }),
    ]);
    const others = Object.keys(environment).filter((name) =>
      !/^(SUPABASE_|DENO_)/.test(name) &&
      !["PATH", "HOME", "NO_COLOR", "GREETING"].includes(name)
    );
    expect(others).toEqual([]);
  });

  it("is not served when its name begins with an underscore", async () => {
    expect((await call("_hidden")).status).toBe(404);
    expect((await call("_shared")).status).toBe(404);
  });

  it("prints into the stack's output under its name", async () => {
    await call("slow");
    await waitForOutput(stack.command, "[slow] slow begins");
  });

  it("streams its answer", async () => {
    const answer = await call("slow/stream");
    const started = performance.now();
    const chunks: string[] = [];
    for await (const chunk of answer.body!) chunks.push(new TextDecoder().decode(chunk));
    expect(chunks.join("")).toBe("one two three");
    expect(chunks.length).toBeGreaterThan(1);
    expect(performance.now() - started).toBeGreaterThan(150);
  });

  it("learns that its client has gone", async () => {
    const controller = new AbortController();
    const request = call("slow/abort", { signal: controller.signal });
    setTimeout(() => controller.abort(), 200);
    await expect(request).rejects.toThrow();
    await waitForOutput(stack.command, "[slow] the client has gone");
  });

  it("that throws answers 500 and goes on", async () => {
    const answer = await call("slow/throw");
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ code: "WORKER_ERROR" });
    await waitForOutput(stack.command, "thrown on purpose");
    expect(await textOf("slow")).toBe("done");
  });

  it("whose process dies is started again", async () => {
    expect((await call("slow/crash")).status).toBe(500);
    await waitForOutput(stack.command, "slow ended by itself");
    expect(await textOf("slow")).toBe("done");
  });

  it("reads chunked and large bodies", async () => {
    const large = "x".repeat(3_000_000);
    const answer = await call("echo", { method: "POST", body: large });
    expect((await answer.json()).body).toHaveLength(large.length);
  });
});

describe("reloading", () => {
  it("takes over the function whose file changed", async () => {
    expect(await textOf("changing")).toBe("first");
    project.write("functions/changing/index.ts", answering("second"));
    await expect.poll(() => textOf("changing"), { timeout: 10_000 }).toBe("second");
  });

  it("takes over every function when shared code changed", async () => {
    expect(await textOf("shared")).toBe("shared 1");
    project.write("functions/_shared/answer.ts", 'export const answer = "shared 2";\n');
    await expect.poll(() => textOf("shared"), { timeout: 10_000 }).toBe("shared 2");
  });

  it("drops no request that is under way, and none that comes meanwhile", async () => {
    const under_way = Array.from({ length: 5 }, () => textOf("slow"));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = stack.command.output().length;
    project.write("functions/slow/more.ts", "export const more = 1;\n");
    let reloaded = false;
    waitUntil(() => stack.command.output().slice(before).includes("slow reloaded"), "a reload")
      .then(() => reloaded = true);
    const statuses: number[] = [];
    while (!reloaded) statuses.push((await call("slow/stream")).status);
    expect(await Promise.all(under_way)).toEqual(Array(5).fill("done"));
    expect(new Set(statuses)).toEqual(new Set([200]));
    // The old process goes when it has nothing left to do.
    await waitUntil(
      () => processesMentioning(`${project.root}/supabase/functions/slow/`).length === 1,
      "the end of the old process",
    );
  });

  it("answers 503 while the code is broken, and serves again once it is mended", async () => {
    project.write("functions/changing/index.ts", "export default {");
    await expect.poll(async () => (await call("changing")).status, { timeout: 10_000 }).toBe(503);
    expect(await (await call("changing")).json()).toEqual({
      code: "BOOT_ERROR",
      message: "Function failed to start (please check logs)",
    });
    expect(stack.command.output()).toContain("changing does not load");
    expect(stack.command.output()).toContain("functions/changing/index.ts:1:");
    expect(await textOf("shared")).toBe("shared 2");
    project.write("functions/changing/index.ts", answering("mended"));
    await expect.poll(() => textOf("changing"), { timeout: 10_000 }).toBe("mended");
  });

  it("serves a function that is new, and drops one that is gone", async () => {
    project.write("functions/added/index.ts", echoFunction);
    await expect.poll(async () => (await call("added")).status, { timeout: 10_000 }).toBe(200);
    project.remove("functions/added");
    await expect.poll(async () => (await call("added")).status, { timeout: 10_000 }).toBe(404);
  });
});

describe("verify_jwt", () => {
  const asked = (headers: Record<string, string>) => call("guarded", { headers });
  const token = (secret: string, expires: string) =>
    new SignJWT({ role: "authenticated" }).setProtectedHeader({ alg: "HS256" })
      .setExpirationTime(expires).sign(new TextEncoder().encode(secret));

  it("lets in who has a good token or an API key", async () => {
    const good = await token(stack.endpoints.JWT_SECRET, "1h");
    expect((await asked({ authorization: `Bearer ${good}` })).status).toBe(200);
    expect((await asked({ apikey: stack.endpoints.PUBLISHABLE_KEY })).status).toBe(200);
    expect(
      (await asked({
        apikey: stack.endpoints.PUBLISHABLE_KEY,
        authorization: `Bearer ${stack.endpoints.PUBLISHABLE_KEY}`,
      })).status,
    ).toBe(200);
    expect((await call("guarded", { method: "OPTIONS" })).status).toBe(200);
  });

  it("refuses everyone else, in the platform's words", async () => {
    const expired = await token(stack.endpoints.JWT_SECRET, "-1h");
    const foreign = await token("somebody else's secret of some length", "1h");
    for (
      const [headers, code] of [
        [{}, "UNAUTHORIZED_NO_AUTH_HEADER"],
        [{ authorization: "Bearer garbage" }, "UNAUTHORIZED_INVALID_JWT_FORMAT"],
        [{ authorization: `Bearer ${expired}` }, "UNAUTHORIZED_JWT"],
        [{ authorization: `Bearer ${foreign}` }, "UNAUTHORIZED_JWT"],
        [{ apikey: "sb_publishable_wrong" }, "UNAUTHORIZED_INVALID_JWT_FORMAT"],
      ] as const
    ) {
      const answer = await asked(headers);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ code });
    }
  });
});
