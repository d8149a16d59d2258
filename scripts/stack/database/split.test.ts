import { describe, expect, it } from "vitest";
import { lineAt, splitStatements } from "./split.ts";

const texts = (script: string) => splitStatements(script).map(({ text }) => text);

describe("splitStatements", () => {
  it.each([
    ["nothing", "", []],
    ["only blanks and comments", " \n-- a; b\n/* c; /* nested; */ d; */\n;;", []],
    ["two statements", "select 1; select 2", ["select 1", "select 2"]],
    ["a last statement without a semicolon", "select 1;\nselect 2\n-- end", [
      "select 1",
      "select 2\n-- end",
    ]],
    ["a semicolon in a string", "select 'a;b', 'it''s; so'; select 2", [
      "select 'a;b', 'it''s; so'",
      "select 2",
    ]],
    ["a backslash in a plain string", String.raw`select '\'; select 2`, [
      String.raw`select '\'`,
      "select 2",
    ]],
    ["a backslash in an escape string", String.raw`select E'\';', e'a'';'; select 2`, [
      String.raw`select E'\';', e'a'';'`,
      "select 2",
    ]],
    ["a name that ends in e before a string", "select name'x'; select 2", [
      "select name'x'",
      "select 2",
    ]],
    ["quoted names", 'select 1 as "a;""b;"; select 2', ['select 1 as "a;""b;"', "select 2"]],
    ["dollar quotes", "do $$ begin; x; end $$; select 2", ["do $$ begin; x; end $$", "select 2"]],
    ["named dollar quotes", "do $a$ $$; $b$; $a$; select 2", ["do $a$ $$; $b$; $a$", "select 2"]],
    ["a parameter that is no dollar quote", "select $1; select $2", ["select $1", "select $2"]],
    ["a name with a dollar sign", "select a$b; select c$b", ["select a$b", "select c$b"]],
    ["comments inside a statement", "select 1 -- one; two\n, 2 /* ; */; select 3", [
      "select 1 -- one; two\n, 2 /* ; */",
      "select 3",
    ]],
    [
      "a rule of several statements",
      "create rule r as on insert to t do (delete from a; delete from b); select 2",
      [
        "create rule r as on insert to t do (delete from a; delete from b)",
        "select 2",
      ],
    ],
    [
      "a body that begins atomic",
      "create function f() begin atomic select 1; select case when true then 1 end; end; select 2",
      [
        "create function f() begin atomic select 1; select case when true then 1 end; end",
        "select 2",
      ],
    ],
    ["a plain begin", "begin; select 1; end;", ["begin", "select 1", "end"]],
  ])("understands %s", (_, script, expected) => {
    expect(texts(script)).toEqual(expected);
  });

  it("says where each statement begins", () => {
    const script = "-- ä 🎉\nselect 1;\n\n  select\n  2;";
    const lines = splitStatements(script).map(({ offset }) => lineAt(script, offset));
    expect(lines).toEqual([2, 4]);
  });
});
