import type postgres from "postgres";

/** What is said about the two tables, kind by kind, each line as the catalogue tells it. */
export type Catalogue = Record<string, string[]>;

const TABLES = "('public.live_session_sets'::regclass, 'public.live_session_events'::regclass)";

const QUESTIONS: Record<string, string> = {
  columns:
    `select concat_ws(' ', c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),
      a.attnotnull, a.attstorage, pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum))
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum where c.oid in ${TABLES}`,
  tables:
    `select concat_ws(' ', c.relname, c.relowner::regrole, c.relrowsecurity, c.relforcerowsecurity,
      c.relreplident, obj_description(c.oid, 'pg_class')) from pg_class c where c.oid in ${TABLES}`,
  constraints: `select concat_ws(' ', x.conrelid::regclass, x.conname, pg_get_constraintdef(x.oid),
      x.convalidated, obj_description(x.oid, 'pg_constraint'))
    from pg_constraint x where x.conrelid in ${TABLES} and x.contype <> 'n'`,
  references:
    `select concat_ws(' ', x.conrelid::regclass, x.conname, pg_get_constraintdef(x.oid), x.convalidated)
    from pg_constraint x where x.contype = 'f' and x.conparentid = 0 and x.connamespace = 'public'::regnamespace
      and x.conrelid not in ${TABLES}`,
  indexes:
    `select concat_ws(' ', replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON '), i.indisvalid,
      obj_description(i.indexrelid, 'pg_class')) from pg_index i where i.indrelid in ${TABLES}`,
  policies: `select concat_ws(' ', p.polrelid::regclass, p.polname, p.polcmd, p.polpermissive,
      array(select pg_get_userbyid(r) from unnest(p.polroles) r)::text, pg_get_expr(p.polqual, p.polrelid),
      pg_get_expr(p.polwithcheck, p.polrelid), obj_description(p.oid, 'pg_policy'))
    from pg_policy p where p.polrelid in ${TABLES}`,
  triggers:
    `select concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled, obj_description(t.oid, 'pg_trigger'))
    from pg_trigger t where t.tgrelid in ${TABLES} and not t.tgisinternal`,
  grants:
    `select concat_ws(' ', c.relname, a.attname, x.grantor::regrole, case x.grantee when 0 then 'public'
      else x.grantee::regrole::text end, x.privilege_type, x.is_grantable)
    from pg_class c
    cross join lateral (select null::name as attname, c.relacl as acl
      union all select a.attname, a.attacl from pg_attribute a where a.attrelid = c.oid) a
    cross join lateral aclexplode(a.acl) x where c.oid in ${TABLES}`,
  functions: `select concat_ws(' ', pg_get_functiondef(p.oid), p.proowner::regrole, p.proacl::text,
      obj_description(p.oid, 'pg_proc'))
    from pg_proc p where p.prokind = 'f' and p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)`,
  views:
    `select concat_ws(' ', c.oid::regclass, pg_get_viewdef(c.oid), c.reloptions::text, c.relacl::text,
      obj_description(c.oid, 'pg_class')) from pg_class c
    where c.relkind = 'v' and c.relnamespace = 'monitoring'::regnamespace`,
  publications: `select concat_ws(' ', p.pubname, t.schemaname, t.tablename) from pg_publication p
    join pg_publication_tables t on t.pubname = p.pubname where p.pubname = 'supabase_realtime'`,
};

/** Reads all that hangs on the two tables. */
export async function readCatalogue(sql: postgres.Sql): Promise<Catalogue> {
  await sql`set search_path = ''`;
  const answers = Object.entries(QUESTIONS).map(async ([kind, question]) => {
    const rows = await sql.unsafe(question).values();
    return [kind, rows.map(([line]) => String(line)).sort()] as const;
  });
  return Object.fromEntries(await Promise.all(answers));
}

/** The first line or two of what is only in one of the two, kind by kind. */
export function difference(before: Catalogue, after: Catalogue) {
  const only = (lines: Catalogue, others: Catalogue) =>
    Object.entries(lines).flatMap(([kind, all]) =>
      all.filter((line) => !others[kind]!.includes(line)).map((line) =>
        `${kind}: ${line.split("\n")[0]!.trim()}`
      )
    );
  return { gone: only(before, after), come: only(after, before) };
}
