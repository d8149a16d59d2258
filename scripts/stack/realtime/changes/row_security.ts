import type { Query } from "../database.ts";
import { StatementError } from "../database.ts";
import type { Claims } from "../keys.ts";
import type { Table } from "./catalog.ts";
import type { RowText } from "./row_change.ts";

/**
 * Whether somebody may see a row as it is now, found by its primary key. A policy that raises
 * counts as no, and so does a row that is gone. Leaves the transaction in that person's role.
 */
export async function maySee(
  query: Query,
  table: Table,
  row: RowText,
  claims: Claims,
  log: (line: string) => void,
): Promise<boolean> {
  const keys = table.columns.filter(({ isKey }) => isKey);
  const values = keys.map(({ name }) => row.get(name));
  if (keys.length === 0 || values.some((value) => typeof value !== "string")) return false;
  const conditions = keys.map(({ name }, index) => `${identifier(name)} = $${index + 1}`);
  await query("savepoint may_see");
  try {
    await query(
      "select set_config('role', $1, true), set_config('request.jwt.claims', $2, true)",
      [claims.role, JSON.stringify(claims)],
    );
    const [answer] = await query(
      `select exists (select from ${table.name} where ${conditions.join(" and ")}) as seen`,
      values,
    );
    return answer?.seen === true;
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    await query("rollback to savepoint may_see");
    log(
      `asking the policies of ${table.name} for role ${claims.role} failed: ` +
        `${error.code} ${error.message}`,
    );
    return false;
  }
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
