import type { Database, Query } from "../database.ts";
import { StatementError } from "../database.ts";
import type { Claims } from "../keys.ts";
import { type Column, readPrivileges, readTable, type Table } from "./catalog.ts";
import { passes } from "./conditions.ts";
import type { Filter } from "./filters.ts";
import { PROJECT_ROLE } from "./project_role.ts";
import { MOST_BYTES, render, renderError } from "./render.ts";
import { bytesOf, type RowChange } from "./row_change.ts";
import { maySee } from "./row_security.ts";
import type { Subscription } from "./subscriptions.ts";
import { toJson } from "./values.ts";

/** A subscription, and whose rights it has. */
export interface Asking {
  readonly subscription: Subscription;
  readonly claims: Claims;
}

/** What a subscription is to get of a change. */
export interface Delivery {
  readonly subscription: Subscription;
  /** JSON. */
  readonly data: string;
}

interface Candidate extends Asking {
  readonly selectable: ReadonlySet<string>;
}

/**
 * Decides who gets a change, and what of it: the columns that the role may select of the rows that
 * the person may see. Works in one transaction of which nothing stays. Raises DatabaseUnavailable.
 */
export function decide(
  database: Database,
  change: RowChange,
  asked: readonly Asking[],
  log: (line: string) => void,
): Promise<Delivery[]> {
  return database.rolledBack(async (query) => {
    const table = await readTable(query, change.relation.oid);
    if (!table) return [];
    const roles = [...new Set(asked.map(({ claims }) => claims.role))];
    const privileges = await readPrivileges(query, table.oid, roles);

    const deliveries: Delivery[] = [];
    let candidates: Candidate[] = [];
    for (const one of asked) {
      const selectable = privileges.get(one.claims.role) ?? new Set<string>();
      const error = refusal(change, table, selectable);
      if (error === null) candidates.push({ ...one, selectable });
      else deliveries.push({ subscription: one.subscription, data: renderError(change, error) });
    }
    if (candidates.length === 0) return deliveries;

    await query("select set_config('role', $1, true)", [PROJECT_ROLE]);
    const known = knownColumns(change, table);
    candidates = await filtered(query, change, known, candidates, log);
    if (candidates.length === 0) return deliveries;
    const read = {
      change,
      table,
      record: await toJson(query, known, change.record),
      identity: await toJson(query, known, change.identity),
      tooLarge: bytesOf(change) > MOST_BYTES,
    };
    if (table.hasRowSecurity && change.type !== "DELETE") {
      candidates = await seeing(query, change, table, candidates, log);
    }
    const rendered = new Map<string, string>();
    for (const { subscription, claims, selectable } of candidates) {
      const { select } = subscription.request;
      const key = JSON.stringify([claims.role, select]);
      const data = rendered.get(key) ?? render(read, { selectable, select });
      rendered.set(key, data);
      deliveries.push({ subscription, data });
    }
    return deliveries;
  });
}

/** What a role is told that may not even know which row it is about, or null. */
function refusal(
  change: RowChange,
  table: Table,
  selectable: ReadonlySet<string>,
): string | null {
  const keys = table.columns.filter(({ isKey }) => isKey);
  if (selectable.size === 0 || keys.some(({ name }) => !selectable.has(name))) {
    return "Error 401: Unauthorized";
  }
  if (keys.length === 0 && change.type !== "DELETE") {
    return "Error 400: Bad Request, no primary key";
  }
  return null;
}

/** Columns that are still what they were when the change was made: rights are those of today. */
function knownColumns(change: RowChange, table: Table): Column[] {
  return table.columns.filter(({ name, typeOid }) =>
    change.relation.columnTypes.get(name) === typeOid
  );
}

async function filtered(
  query: Query,
  change: RowChange,
  columns: readonly Column[],
  candidates: readonly Candidate[],
  log: (line: string) => void,
): Promise<Candidate[]> {
  const row = change.type === "DELETE" ? change.identity : change.record;
  const answers = new Map<string, boolean>();
  const passesOne = async (filter: Filter): Promise<boolean> => {
    const column = columns.find(({ name }) => name === filter.column);
    const value = row.get(filter.column);
    // What cannot be looked at does not pass.
    if (!column || value === undefined) return false;
    await query("savepoint filter");
    try {
      return await passes(query, filter, column, value);
    } catch (error) {
      if (!(error instanceof StatementError)) throw error;
      await query("rollback to savepoint filter");
      log(`a filter on ${column.name} failed: ${error.code} ${error.message}`);
      return false;
    }
  };
  const passing: Candidate[] = [];
  for (const candidate of candidates) {
    let passed = true;
    for (const filter of candidate.subscription.request.filters) {
      const key = JSON.stringify(filter);
      // A column that was shown when the filter was made may have been taken away.
      const answer = candidate.selectable.has(filter.column) &&
        (answers.get(key) ?? await passesOne(filter));
      if (candidate.selectable.has(filter.column)) answers.set(key, answer);
      passed &&= answer;
      if (!passed) break;
    }
    if (passed) passing.push(candidate);
  }
  return passing;
}

/** Asks the policies once for each person, however many subscriptions they have. */
async function seeing(
  query: Query,
  change: RowChange,
  table: Table,
  candidates: readonly Candidate[],
  log: (line: string) => void,
): Promise<Candidate[]> {
  const answers = new Map<string, boolean>();
  const seen: Candidate[] = [];
  for (const candidate of candidates) {
    const key = JSON.stringify(candidate.claims);
    const answer = answers.get(key) ??
      await maySee(query, table, change.record, candidate.claims, log);
    answers.set(key, answer);
    if (answer) seen.push(candidate);
  }
  return seen;
}
