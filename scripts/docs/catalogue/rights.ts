import { API_ROLES, type Catalogue, SCHEMAS } from "./scope.ts";

/** What a role may do with a relation, whatever gave it the right. */
export interface Right {
  relation: string;
  role: string;
  privilege: "SELECT" | "INSERT" | "UPDATE" | "DELETE" | "TRUNCATE";
  /** The columns it is about; all of them for DELETE and TRUNCATE. */
  columns: string[];
}

/** A policy of row level security. */
export interface Policy {
  /** The table with its schema, unless that is public. */
  table: string;
  relation: string;
  name: string;
  command: "select" | "insert" | "update" | "delete" | "all";
  is_permissive: boolean;
  roles: string[];
  /** Which rows it is about. */
  using_condition: string | null;
  /** What rows it lets be written. */
  check_condition: string | null;
  comment: string | null;
}

/** What the API's roles may do with each relation, by column. */
export async function readRights(sql: Catalogue): Promise<Right[]> {
  return await sql<Right[]>`
    select c.oid::text as relation, r.role, p.privilege,
      array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    cross join unnest(${API_ROLES}::text[]) with ordinality as r (role, nr)
    cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'])
      with ordinality as p (privilege, nr)
    where n.nspname in ${sql(SCHEMAS)} and c.relkind in ('r', 'p', 'v')
      and has_schema_privilege(r.role, n.oid, 'usage')
      and case when p.privilege in ('DELETE', 'TRUNCATE')
        then has_table_privilege(r.role, c.oid, p.privilege)
        else has_column_privilege(r.role, c.oid, a.attnum, p.privilege)
      end
    group by c.oid, r.role, r.nr, p.privilege, p.nr
    order by c.oid, r.nr, p.nr
  `;
}

/** The policies of the project's tables and of Realtime's, by table, command and name. */
export async function readPolicies(sql: Catalogue): Promise<Policy[]> {
  return await sql<Policy[]>`
    select c.oid::regclass::text as table, c.oid::text as relation, p.polname as name,
      case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
        when 'd' then 'delete' else 'all' end as command,
      p.polpermissive as is_permissive,
      array(
        select case when r = 0 then 'public' else r::regrole::text end
        from unnest(p.polroles) r order by 1
      ) as roles,
      pg_get_expr(p.polqual, p.polrelid, true) as using_condition,
      pg_get_expr(p.polwithcheck, p.polrelid, true) as check_condition,
      obj_description(p.oid, 'pg_policy') as comment
    from pg_policy p
    join pg_class c on c.oid = p.polrelid
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ${sql(SCHEMAS)} or n.nspname = 'realtime'
    order by c.oid::regclass::text collate "C",
      array_position(array['r', 'a', 'w', 'd', '*'], p.polcmd::text), p.polname collate "C"
  `;
}
