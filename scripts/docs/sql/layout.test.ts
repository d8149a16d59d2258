import { describe, expect, it } from "vitest";
import { condition, oneLine } from "./layout.ts";
import { parameterList, withoutDefault } from "./parameters.ts";
import { firing } from "./triggers.ts";

describe("SQL in one line", () => {
  it.each([
    ["CHECK (a > 0 AND b IS NOT NULL)", "check (a > 0 and b is not null)"],
    ["user_id = (( SELECT auth.uid() AS uid))", "user_id = (select auth.uid())"],
    [
      "(id IN ( SELECT f.id\n   FROM f\n  WHERE (f.a = 1)))",
      "id in (select f.id from f where (f.a = 1))",
    ],
    ["'Say (OR) ''this'''::text", "'Say (OR) ''this'''"],
    ["'{}'::uuid[]", "'{}'"],
    ["NULL::text", "null"],
    ["0::numeric", "0"],
    ["type::text = 'a'::kind", "type::text = 'a'"],
    ['"Select" = 1', '"Select" = 1'],
    ["now() + '24:00:00'::interval", "now() + '24:00:00'"],
  ])("%s", (source, expected) => {
    expect(oneLine(source)).toBe(expected);
  });

  it("keeps the alias of a query that needs it", () => {
    expect(oneLine("( SELECT a AS b FROM t)")).toBe("select a as b from t");
  });

  it.each(["(a", "a)", "(a))"])("refuses %s", (source) => {
    expect(() => oneLine(source)).toThrow(/do not match/);
  });
});

describe("a condition", () => {
  const long = (name: string) => `${name}_of_considerable_length = 'something'`;

  it("that is short stays in one line", () => {
    expect(condition("using", "(a = 1)")).toBe("using (a = 1)");
  });

  it("that is long parts at what binds loosest, inwards", () => {
    const source = `${long("a")} OR ${long("b")} AND (${long("c")} OR ${long("d")} AND ${
      long("e")
    })`;
    expect(condition("using", source)).toBe([
      "using (",
      `  ${long("a")}`,
      `  or ${long("b")}`,
      `    and (`,
      `      ${long("c")}`,
      `      or ${long("d")} and ${long("e")}`,
      `    )`,
      ")",
    ].join("\n"));
  });

  it("does not take the and of between for a conjunction", () => {
    const source = `${long("a")} AND b BETWEEN 1 AND 2 AND ${long("c")}`;
    expect(condition("using", source).split("\n")).toHaveLength(5);
  });
});

describe("the parameters of a function", () => {
  it("part at commas, but not within defaults", () => {
    const list = parameterList(
      "a text DEFAULT 'x, y'::text, b uuid[] DEFAULT ARRAY[f(1, 2), f(3, 4)], at timestamp with time zone",
    );
    expect(list).toEqual([
      "a text default 'x, y'",
      "b uuid[] default array[f(1, 2), f(3, 4)]",
      "at timestamptz",
    ]);
    expect(list.map(withoutDefault)).toEqual(["a text", "b uuid[]", "at timestamptz"]);
  });

  it("may be none", () => {
    expect(parameterList("")).toEqual([]);
  });
});

describe("when a trigger fires", () => {
  const create = (rest: string) => `CREATE TRIGGER t ${rest} EXECUTE FUNCTION private.f()`;

  it.each([
    [create("BEFORE INSERT ON s FOR EACH ROW"), "before insert, for each row"],
    [
      create("AFTER INSERT OR UPDATE OF a, b ON s REFERENCING NEW TABLE AS n FOR EACH STATEMENT"),
      "after insert or update of a, b, for each statement",
    ],
    [
      create("AFTER UPDATE ON s FOR EACH ROW WHEN ((old.a IS DISTINCT FROM 'X'::text))"),
      "after update, for each row when `old.a is distinct from 'X'`",
    ],
  ])("%s", (definition, expected) => {
    expect(firing(definition)).toBe(expected);
  });

  it("refuses what it does not understand", () => {
    expect(() => firing("CREATE RULE r")).toThrow(/not understood/);
  });
});
