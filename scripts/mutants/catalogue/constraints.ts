import type postgres from "postgres";
import type { Mutant } from "../mutant.ts";

interface ConstraintRow {
  name: string;
  what: string;
  subject: string;
  statement: string;
}

/** Each check, unique constraint, unique index and foreign key dropped. */
export async function constraintMutants(sql: postgres.Sql): Promise<Mutant[]> {
  const rows = await sql<ConstraintRow[]>`
    select n.nspname || '.' || c.relname || ' ' || o.conname as name,
      case o.contype when 'c' then 'check' when 'f' then 'foreign key' when 'p' then 'primary key'
        when 'x' then 'exclusion' else 'unique' end as what,
      c.relname as subject,
      format('alter table %I.%I drop constraint %I%s', n.nspname, c.relname, o.conname,
        case when o.contype in ('p', 'u') then ' cascade' else '' end) as statement
    from pg_constraint o join pg_class c on c.oid = o.conrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private') and o.contype in ('c', 'f', 'p', 'u', 'x')
    union all
    select n.nspname || '.' || c.relname || ' ' || i.relname, 'unique index', c.relname,
      format('drop index %I.%I', n.nspname, i.relname)
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
      join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private') and x.indisunique
      and not exists (select from pg_constraint o where o.conindid = i.oid)
    order by 1`;
  return rows.map(({ name, what, subject, statement }) => ({
    name: `${what} ${name}: dropped`,
    kind: "constraint",
    subject,
    statements: [statement],
  }));
}
