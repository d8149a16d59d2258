import { randomUUID } from "node:crypto";
import { cpSync } from "node:fs";
import { join } from "node:path";
import type { SupabaseClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkout } from "../setup/command.ts";
import { audit } from "../races/crowd.ts";
import { signUp, withDatabase } from "./support/client.ts";
import { isAlive, processesMentioning } from "./support/processes.ts";
import { createProject, type TestProject } from "./support/project.ts";
import { type RunningStack, startStack, waitUntil } from "./support/stack.ts";

const PEOPLE = 6;
const SETS_EACH = 40;

describe("PostgreSQL is killed while people train", () => {
  let project: TestProject;
  let stack: RunningStack;
  beforeAll(async () => {
    project = createProject();
    project.remove("migrations");
    cpSync(
      join(checkout, "supabase", "migrations"),
      join(project.root, "supabase", "migrations"),
      { recursive: true },
    );
    stack = await startStack(project, ["--no-seed"]);
  });
  afterAll(async () => {
    await stack.stop();
    project.dispose();
  });

  it("every set that was acknowledged is there, once, with its event and its count", async () => {
    const people: SupabaseClient[] = [];
    for (let number = 0; number < PEOPLE; number++) {
      people.push((await signUp(stack.endpoints)).client);
    }
    const { data, error } = await people[0]!.rpc("open_live_session", {
      mode_param: "shared",
      visibility_param: "public",
    });
    expect(error).toBeNull();
    const sessionId: string = data.session.id;
    for (const person of people) {
      await person.rpc("join_live_session", { session_id_param: sessionId });
    }
    await people[0]!.rpc("start_live_session", { session_id_param: sessionId });

    const acknowledged: string[] = [];
    let retries = 0;
    const training = people.map(async (person) => {
      for (let set = 0; set < SETS_EACH; set++) {
        const id = randomUUID();
        // As a phone does it: the same set again until somebody says that it is stored.
        for (let isStored = false; !isStored;) {
          const { error, status } = await person.from("live_session_sets").insert({
            id,
            session_id: sessionId,
            exercise_id: "squat",
            exercise_name: "Squat",
            weight_kg: 60 + set,
            reps: 5,
            timestamp_ms: Date.now(),
          });
          isStored = error === null;
          if (isStored) acknowledged.push(id);
          else {
            expect(status).toBe(503);
            retries++;
          }
          await new Promise((resolve) => setTimeout(resolve, 25));
        }
      }
    });

    for (const share of [0.25, 0.6]) {
      await waitUntil(() => acknowledged.length > share * PEOPLE * SETS_EACH, "sets");
      const [server] = processesMentioning(`-D ${project.dataDir}`);
      process.kill(server!.pid, "SIGKILL");
      await waitUntil(() => !isAlive(server!.pid), "the end of PostgreSQL");
    }
    await Promise.all(training);
    expect(retries).toBeGreaterThan(0);

    await withDatabase(stack.endpoints, async (sql) => {
      const stored = await sql<{ id: string; events: number }[]>`
        select s.id, (select count(*)::int from public.live_session_events e
          where e.session_id = s.session_id and e.type = 'set_completed'
            and e.event_data #>> '{data,setId}' = s.id::text) as events
        from public.live_session_sets s where s.session_id = ${sessionId}`;
      expect(stored.map(({ id }) => id).sort()).toEqual(acknowledged.sort());
      expect(stored.every(({ events }) => events === 1)).toBe(true);
      const { stated, counted, gaps } = await audit(sql, sessionId);
      expect(stated).toEqual(counted);
      expect(stated).toMatchObject({ sets: PEOPLE * SETS_EACH });
      expect(gaps).toBe(0);
    });
  });
});
