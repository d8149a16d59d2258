import type postgres from "postgres";
import type { Mutant } from "../mutant.ts";

interface PolicyRow {
  name: string;
  policy: string;
  target: string;
  subject: string;
  hasUsing: boolean;
  hasCheck: boolean;
}

interface TableRow {
  name: string;
  target: string;
  subject: string;
}

/** Each policy's conditions to `true`, each policy dropped, row level security off per table. */
export async function policyMutants(sql: postgres.Sql): Promise<Mutant[]> {
  const policies = await sql<PolicyRow[]>`
    select n.nspname || '.' || c.relname || ' ' || p.polname as name, quote_ident(p.polname) as policy,
      format('%I.%I', n.nspname, c.relname) as target, c.relname as subject,
      p.polqual is not null as "hasUsing", p.polwithcheck is not null as "hasCheck"
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private', 'realtime') order by 1`;
  const tables = await sql<TableRow[]>`
    select n.nspname || '.' || c.relname as name, format('%I.%I', n.nspname, c.relname) as target,
      c.relname as subject
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private') and c.relrowsecurity order by 1`;
  return [
    ...policies.flatMap(conditionMutants),
    ...tables.map(({ name, target, subject }): Mutant => ({
      name: `${name}: row level security disabled`,
      kind: "row level security",
      subject,
      statements: [`alter table ${target} disable row level security`],
    })),
  ];
}

function conditionMutants(row: PolicyRow): Mutant[] {
  const mutant = (what: string, statement: string): Mutant => ({
    name: `policy ${row.name}: ${what}`,
    kind: "policy",
    subject: row.subject,
    statements: [statement],
  });
  const alter = `alter policy ${row.policy} on ${row.target}`;
  return [
    ...(row.hasUsing ? [mutant("using true", `${alter} using (true)`)] : []),
    ...(row.hasCheck ? [mutant("with check true", `${alter} with check (true)`)] : []),
    mutant("dropped", `drop policy ${row.policy} on ${row.target}`),
  ];
}
