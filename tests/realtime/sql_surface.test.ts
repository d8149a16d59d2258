import { beforeAll, describe, expect, it } from "vitest";
import { type Database, withDatabase } from "../helpers/database.ts";

/** What a statement answers in a transaction of its own that leaves nothing behind. */
async function attempt(text: string, role = "postgres"): Promise<Record<string, unknown>[]> {
  const done = new Error("done");
  let rows: Record<string, unknown>[] = [];
  await withDatabase(async (sql) => {
    await sql.begin(async (transaction) => {
      await transaction.unsafe(`set local role ${role}`);
      rows = await transaction.unsafe(text);
      throw done;
    }).catch((error: unknown) => {
      if (error !== done) throw error;
    });
  });
  return rows;
}

describe("realtime.messages", () => {
  it("has partitions from yesterday to three days ahead, by the days of UTC", async () => {
    const rows = await attempt(
      "select inhrelid::regclass::text as name from pg_inherits " +
        "where inhparent = 'realtime.messages'::regclass order by 1",
    );
    const expected = [-1, 0, 1, 2, 3].map((days) => {
      const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
      return `realtime.messages_${day.replaceAll("-", "_")}`;
    });
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(expected));
  });

  it("takes a message in every time zone", async () => {
    for (const zone of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
      const rows = await attempt(
        `set local time zone '${zone}'; insert into realtime.messages (topic, extension)
         values ('anything', 'broadcast')
         returning inserted_at = timezone('utc', now()) as in_utc`,
      );
      expect(rows.flat().at(-1)).toEqual({ in_utc: true });
    }
  });

  it("lets a project create policies, and nothing else", async () => {
    await attempt(
      "create policy probe on realtime.messages for select to authenticated using (false)",
    );
    for (
      const text of [
        "alter table realtime.messages add column more text",
        "alter table realtime.messages disable row level security",
        "drop table realtime.messages",
        "create table realtime.mine ()",
        "set role supabase_realtime_admin",
        "select realtime.maintain_message_partitions()",
      ]
    ) {
      await expect(attempt(text), text).rejects.toMatchObject({ code: "42501" });
    }
  });

  it.each(["anon", "authenticated"])(
    "shows and takes nothing that no policy allows: %s",
    async (role) => {
      expect(await attempt("select count(*)::int from realtime.messages", role)).toEqual([
        { count: 0 },
      ]);
      const insert = "insert into realtime.messages (topic, extension) values ('a', 'broadcast')";
      await expect(attempt(insert, role)).rejects.toMatchObject({ code: "42501" });
      await expect(attempt("delete from realtime.messages", role)).rejects.toMatchObject({
        code: "42501",
      });
    },
  );
});

describe("realtime.send", () => {
  it("writes a private broadcast with an id unless told otherwise", async () => {
    const rows = await attempt(`
      select realtime.send('{"a": 1}', 'event', 'sql surface');
      select id::text, extension, event, private, payload from realtime.messages
      where topic = 'sql surface'`);
    const [row] = rows.flat().slice(-1);
    expect(row).toEqual({
      id: expect.any(String),
      extension: "broadcast",
      event: "event",
      private: true,
      payload: { a: 1, id: row?.id },
    });
  });

  it.each([
    ["no policy lets the caller write", `'{}', 'event', 'topic'`, "authenticated"],
    ["the payload is no object", `'[1]', 'event', 'topic'`, "postgres"],
    ["there is no topic", `'{}', 'event', null`, "postgres"],
  ])("warns and goes on when %s", async (_what, parameters, role) => {
    const rows = await attempt(
      `select realtime.send(${parameters}); select 'went on' as what`,
      role,
    );
    expect(rows.flat().at(-1)).toEqual({ what: "went on" });
  });

  it("tells policies the topic", async () => {
    const rows = await attempt(`
      select realtime.topic() as before;
      select realtime.send('{}', 'event', 'a topic');
      select realtime.topic() as after`);
    expect(rows.flat()).toEqual([{ before: null }, { send: "" }, { after: "a topic" }]);
  });
});

describe("realtime.broadcast_changes", () => {
  it.each([
    ["'TRUNCATE', 'lifts', 'public', null::record, null::record", "Unexpected operation type"],
    ["'INSERT', 'lifts', 'public', null::record, null::record, 'STATEMENT'", "for each row"],
  ])("refuses %s", async (parameters, message) => {
    await expect(attempt(`select realtime.broadcast_changes('topic', 'event', ${parameters})`))
      .rejects.toThrow(message);
  });
});

describe("the publication that feeds the server", () => {
  let publication: Awaited<ReturnType<Database["unsafe"]>>;

  beforeAll(async () => {
    publication = await withDatabase((sql) =>
      sql.unsafe(
        "select pubinsert, pubupdate, pubdelete, pubtruncate, pubviaroot, schemaname, tablename " +
          "from pg_publication join pg_publication_tables using (pubname) " +
          "where pubname = 'supabase_realtime_messages_publication'",
      )
    );
  });

  it("has new messages and nothing else", () => {
    expect([...publication]).toEqual([{
      pubinsert: true,
      pubupdate: false,
      pubdelete: false,
      pubtruncate: false,
      pubviaroot: true,
      schemaname: "realtime",
      tablename: "messages",
    }]);
  });
});
