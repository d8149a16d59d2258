import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withDatabase } from "./support/client.ts";
import { createProject, type TestProject } from "./support/project.ts";
import { type RunningStack, startStack, waitUntil } from "./support/stack.ts";

const clock = `create schema private;
create table private.ticks (by_role text not null);
create function private.run_clock(at timestamptz default now()) returns void language sql as $$
  insert into private.ticks values (current_user)
$$;
`;

describe("what a project schedules with pg_cron", () => {
  let project: TestProject;
  let stack: RunningStack;
  beforeAll(async () => {
    project = createProject();
    project.write("migrations/20260102000000_clock.sql", clock);
    stack = await startStack(project);
  });
  afterAll(async () => {
    await stack.stop();
    project.dispose();
  });

  it("is called by the stack every few seconds, as the owner of the database", async () => {
    const ticks = () =>
      withDatabase(
        stack.endpoints,
        async (sql) =>
          (await sql<{ by_role: string }[]>`select by_role from private.ticks`)
            .map(({ by_role }) => by_role),
      );
    await waitUntil(async () => (await ticks()).length >= 2, "two ticks", 20_000);
    expect(new Set(await ticks())).toEqual(new Set(["postgres"]));
    // The project has no janitor, which is nothing to complain of.
    expect(stack.command.output()).not.toContain("failed");
  });
});
