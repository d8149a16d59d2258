import type postgres from "postgres";
import type { Mutant } from "../mutant.ts";

interface TriggerRow {
  name: string;
  trigger: string;
  target: string;
  subject: string;
}

/** Each trigger of the product disabled, those on the accounts of Auth included. */
export async function triggerMutants(sql: postgres.Sql): Promise<Mutant[]> {
  const rows = await sql<TriggerRow[]>`
    select n.nspname || '.' || c.relname || ' ' || t.tgname as name, quote_ident(t.tgname) as trigger,
      format('%I.%I', n.nspname, c.relname) as target, c.relname as subject
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_proc p on p.oid = t.tgfoid join pg_namespace pn on pn.oid = p.pronamespace
    where not t.tgisinternal and (n.nspname in ('public', 'private') or pn.nspname = 'private')
    order by 1`;
  return rows.map(({ name, trigger, target, subject }) => ({
    name: `trigger ${name}: disabled`,
    kind: "trigger",
    subject,
    statements: [`alter table ${target} disable trigger ${trigger}`],
  }));
}
