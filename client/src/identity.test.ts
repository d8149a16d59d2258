import { createClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { hangUp, json, type Project, session, startProject } from "./calls/testing/server.ts";
import { createIdentity } from "./identity.ts";
import { memoryStorage } from "./outbox/storage.ts";

let project: Project;
beforeAll(async () => {
  project = await startProject();
});
afterAll(() => project.close());

const ALICE = "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01";
const BOB = "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02";

/** An application that was started; what it keeps outlives it if it is handed on. */
function start(kept = { auth: memoryStorage(), own: memoryStorage() }) {
  const supabase = createClient(project.url, "sb_publishable_test", {
    auth: { storage: kept.auth, persistSession: true, autoRefreshToken: false, storageKey: "a" },
  });
  return { kept, supabase, identity: createIdentity(supabase, kept.own) };
}

async function signIn(app: ReturnType<typeof start>, id: string, expiresInSeconds = 3600) {
  project.reply = json(200, session(id, expiresInSeconds));
  const { error } = await app.supabase.auth.signInWithPassword({ email: "a@b.c", password: "p" });
  expect(error).toBeNull();
}

describe("who is signed in", () => {
  it("is told as people come and go", async () => {
    const app = start();
    expect(await app.identity.current()).toBeNull();
    await expect(app.identity.required()).rejects.toMatchObject({ code: "unauthenticated" });
    await signIn(app, ALICE);
    expect(await app.identity.required()).toBe(ALICE);
    await signIn(app, BOB);
    expect(await app.identity.required()).toBe(BOB);
    project.reply = json(204, null);
    await app.supabase.auth.signOut();
    expect(await app.identity.current()).toBeNull();
    app.identity.close();
  });

  it("is known in the basement, also when the token has expired and the app was closed", async () => {
    const before = start();
    await signIn(before, ALICE, -10);
    before.identity.close();
    project.reply = hangUp;
    const after = start(before.kept);
    const asked = performance.now();
    expect(await after.identity.required()).toBe(ALICE);
    expect(performance.now() - asked).toBeLessThan(5_000);
    after.identity.close();
  });

  it("is nobody when the token is not renewed because it was revoked", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    const before = start();
    await signIn(before, ALICE, -10);
    before.identity.close();
    project.reply = json(400, { code: "refresh_token_not_found", message: "Invalid token" });
    const after = start(before.kept);
    expect(await after.identity.current()).toBeNull();
    // … and stays so without a network: they were signed out.
    project.reply = hangUp;
    expect(await start(before.kept).identity.current()).toBeNull();
    after.identity.close();
    said.mockRestore();
  });

  it("is not somebody who signed out, when nobody can be asked", async () => {
    const app = start();
    await signIn(app, ALICE);
    project.reply = json(204, null);
    await app.supabase.auth.signOut();
    expect(await app.kept.own.getItem("live-workout:user")).toBeNull();
    project.reply = hangUp;
    const after = start(app.kept);
    expect(await after.identity.current()).toBeNull();
    after.identity.close();
  });

  it("does not depend on a storage that works", async () => {
    const broken = {
      getItem: () => Promise.reject(new Error("forbidden")),
      setItem: () => Promise.reject(new Error("full")),
      removeItem: () => Promise.reject(new Error("forbidden")),
    };
    const app = start({ auth: memoryStorage(), own: broken });
    await signIn(app, ALICE);
    expect(await app.identity.required()).toBe(ALICE);
    app.identity.close();
  });

  it("has to be said by clients that bring their own tokens", async () => {
    const supabase = createClient(project.url, "sb_publishable_test", {
      accessToken: () => Promise.resolve("token"),
    });
    const storage = memoryStorage();
    expect(await createIdentity(supabase, storage, ALICE).required()).toBe(ALICE);
    await expect(createIdentity(supabase, storage).required()).rejects.toThrow("pass userId");
  });
});
