import { describe, expect, it } from "vitest";
import { weaken } from "./weaken.ts";

describe("weaken", () => {
  it("takes one refusal away at a time", () => {
    const source = `begin
  perform private.require(p_a between 1 and 2, 'a lies (really) between 1, and 2.');
  if p_b then
    perform private.refuse('not_host', format('%s, no', p_b));
  end if;
end`;
    expect(weaken(source)).toEqual([
      {
        guard: "require(p_a between 1 and 2, 'a lies (really) between 1, and 2.')",
        source: source.replace(/perform private\.require\(.*\);/, "null;"),
      },
      {
        guard: "refuse('not_host', format('%s, no', p_b))",
        source: source.replace(/perform private\.refuse\(.*\);/, "null;"),
      },
    ]);
  });

  it("takes one away that is asked of many rows, or by an assignment", () => {
    expect(weaken("perform private.check_item(i.value) from items i;").map((w) => w.source))
      .toEqual(["perform null from items i;"]);
    expect(weaken("v_called := private.limit_rate(new.user_id, 'set', 60);").map((w) => w.source))
      .toEqual(["v_called := null;"]);
  });

  it("keeps the row that a guard hands on", () => {
    expect(weaken("v public.live_sessions := private.lock_session(p_id);").map((w) => w.source))
      .toEqual([
        "v public.live_sessions := (select unguarded from public.live_sessions unguarded " +
        "where unguarded.id = p_id);",
      ]);
  });

  it("answers that everything can be seen", () => {
    expect(weaken("where not private.can_see_session(s.id)").map((w) => w.source))
      .toEqual(["where not true"]);
  });

  it("leaves other calls and the function's own headline", () => {
    expect(weaken(
      "CREATE OR REPLACE FUNCTION private.refuse(p_code text) perform private.append_event(1);",
    )).toEqual([]);
  });

  it("does not guess where a call ends", () => {
    expect(() => weaken("perform private.require(p_a, 'x'")).toThrow("A call does not end");
  });
});
