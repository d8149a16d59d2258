import type postgres from "postgres";
import type { Mutant } from "../mutant.ts";

interface GrantRow {
  name: string;
  subject: string;
  statement: string;
}

/**
 * Each column grant of signed-in people widened to every column of its table, everything of a table
 * granted that is not, reading for anon, reading private tables, and each private definer function
 * made executable for signed-in people.
 */
export async function grantMutants(sql: postgres.Sql): Promise<Mutant[]> {
  const byColumn = await sql<GrantRow[]>`
    select n.nspname || '.' || c.relname || ': ' || lower(p.privilege) || ' of every column' as name,
      c.relname as subject,
      format('grant %s (%s) on %I.%I to authenticated', p.privilege,
        string_agg(quote_ident(a.attname), ', ' order by a.attnum), n.nspname, c.relname) as statement
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      cross join unnest(array['SELECT', 'INSERT', 'UPDATE']) p (privilege)
    where n.nspname = 'public' and c.relkind = 'r'
      and not has_column_privilege('authenticated', c.oid, a.attnum, p.privilege)
    group by n.nspname, c.relname, p.privilege order by 1`;
  const byTable = await sql<GrantRow[]>`
    select n.nspname || '.' || c.relname || ': ' || g.privilege || ' granted to ' || g.grantee as name,
      c.relname as subject,
      format('grant %s on %I.%I to %s', g.privilege, n.nspname, c.relname, g.grantee) as statement
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join (values ('public', 'delete', 'authenticated'), ('public', 'select', 'anon'),
        ('private', 'select', 'authenticated')) g (schema, privilege, grantee) on g.schema = n.nspname
    where c.relkind = 'r' and not has_table_privilege(g.grantee, c.oid, g.privilege) order by 1`;
  const executable = await sql<GrantRow[]>`
    select p.oid::regprocedure || ': executable' as name, p.proname as subject,
      format('grant execute on function %s to authenticated', p.oid::regprocedure) as statement
    from pg_proc p where p.pronamespace = 'private'::regnamespace and p.prosecdef
      and not has_function_privilege('authenticated', p.oid, 'execute') order by 1`;
  const mutant =
    (kind: "grant" | "execute") => ({ name, subject, statement }: GrantRow): Mutant => ({
      name: `${kind} ${name}`,
      kind,
      subject,
      statements: [statement],
    });
  return [...byColumn, ...byTable].map(mutant("grant")).concat(executable.map(mutant("execute")));
}
