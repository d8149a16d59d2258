import { type OwnStack, startOwnStack } from "./own_stack.ts";

/** A request for everything that happens to `public.things`, which everybody may read. */
export const things = { event: "*", schema: "public", table: "things" } as const;

/** A stack with published tables that everybody may read, and one that is not published. */
export async function startStackWithThings(): Promise<OwnStack> {
  const stack = await startOwnStack();
  await stack.sql((sql) =>
    sql.unsafe(`
      create table public.things (
        id bigint primary key, name text, n int, ok boolean, tags text[], data jsonb,
        at timestamptz, raw bytea
      );
      grant select on public.things to anon;
      create table public.others (id int primary key, big text);
      grant select on public.others to anon;
      create table public.unpublished (id int primary key);
      grant select on public.unpublished to anon;
      alter publication supabase_realtime add table public.things, public.others;
    `)
  );
  return stack;
}
