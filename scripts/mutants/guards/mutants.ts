import type postgres from "postgres";
import type { Mutant } from "../mutant.ts";
import { weaken } from "./weaken.ts";

interface FunctionRow {
  name: string;
  subject: string;
  definition: string;
}

/** Each guard in each function's source removed, one at a time. */
export async function guardMutants(sql: postgres.Sql): Promise<Mutant[]> {
  const rows = await sql<FunctionRow[]>`
    select n.nspname || '.' || p.proname as name, p.proname as subject,
      pg_get_functiondef(p.oid) as definition
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'private') and p.prokind = 'f' order by p.oid::regprocedure::text`;
  const seen = new Map<string, number>();
  return rows.flatMap(({ name, subject, definition }) =>
    weaken(definition).map(({ guard, source }): Mutant => {
      const full = `guard ${name}: without ${guard}`;
      const count = (seen.get(full) ?? 0) + 1;
      seen.set(full, count);
      return {
        name: count > 1 ? `${full} [${count}]` : full,
        kind: "guard",
        subject,
        function: name,
        statements: [source],
      };
    })
  );
}
