import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { runningStack } from "../helpers/stack.ts";

const run = promisify(execFile);
const file = new URL("../../docs/api.md", import.meta.url);

/** The blocks of docs/api.md as one script, pointed at the stack under test. */
function script(): string {
  const { API_URL, PUBLISHABLE_KEY } = runningStack();
  const blocks = [...readFileSync(file, "utf8").matchAll(/```sh\n(.*?)```/gs)];
  return blocks.map(([, block]) => block).join("\n")
    .replaceAll("http://127.0.0.1:54321", API_URL)
    .replaceAll(/sb_publishable_[\w-]+/g, PUBLISHABLE_KEY);
}

const ids = { id: expect.stringMatching(/^[0-9a-f-]{36}$/) };

it("docs/api.md does what it says, from sign-in to recap", async () => {
  const { stdout, stderr } = await run("sh", ["-eu", "-c", script()]);
  expect(stderr).toBe("");
  const answers = stdout.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
  const plannedExercises = [
    { exerciseId: "squat", targetSets: 5 },
    { exerciseId: "lunge", targetSets: 3 },
  ];
  expect(answers).toMatchObject([
    {
      session: { ...ids, mode: "guided", name: "Leg day", plannedExercises },
      participant: { displayName: "Bob", isLeader: true },
    },
    { results: [{ outcome: "invited", invitation: { hostDisplayName: "Bob" } }] },
    { invitation: { status: "accepted" }, participant: { displayName: "Carol" } },
    { session: { participantCount: 3 }, participant: { displayName: "Erin" } },
    { session: { status: "active", currentExerciseId: "squat", version: 1 } },
    { status: 409, code: "version_conflict", currentVersion: 1 },
    { participant: { displayName: "Carol", readyForNext: true }, waitingFor: [ids.id] },
    { session: { restEndsAt: expect.any(Number) } },
    { session: { version: 3 } },
    {
      participants: [{ displayName: "Bob" }, { displayName: "Carol" }, { displayName: "Erin" }],
      lastSeq: 9,
    },
    {
      events: [
        { seq: 4, type: "session_started" },
        { seq: 5, type: "exercise_changed" },
        { seq: 6, type: "ready_status_changed" },
        { seq: 7, type: "rest_started" },
        { seq: 8, type: "rest_ended" },
        { seq: 9, type: "set_completed", data: { weightKg: 60, reps: 5 } },
      ],
      hasMore: false,
    },
    { session: { status: "ended" }, summary: { totalSets: 1, totalVolumeKg: 300 } },
    { summary: { participantCount: 3, totalSets: 1, totalVolumeKg: 300 } },
    { status: 409, code: "session_ended" },
  ]);
});
