import { API_ROLES, type Catalogue, SCHEMAS } from "./scope.ts";

/** A trigger. */
export interface Trigger {
  /** The table with its schema, unless that is public. */
  table: string;
  relation: string;
  name: string;
  /** The whole statement that would create it. */
  definition: string;
  function_name: string;
  function_comment: string | null;
}

/** A function of the project's own. */
export interface Routine {
  schema: string;
  name: string;
  parameters: string;
  result: string;
  volatility: "immutable" | "stable" | "volatile";
  runs_as_owner: boolean;
  /** Which of the API's roles may execute it. */
  callers: string[];
  comment: string | null;
}

/** An enum type. */
export interface Enum {
  schema: string;
  name: string;
  values: string[];
  comment: string | null;
}

/** The triggers that run the project's functions, on whatever table, in the order they fire. */
export async function readTriggers(sql: Catalogue): Promise<Trigger[]> {
  return await sql<Trigger[]>`
    select c.oid::regclass::text as table, c.oid::text as relation, t.tgname as name,
      pg_get_triggerdef(t.oid, true) as definition,
      f.oid::regproc::text as function_name, obj_description(f.oid, 'pg_proc') as function_comment
    from pg_trigger t
    join pg_class c on c.oid = t.tgrelid
    join pg_proc f on f.oid = t.tgfoid
    join pg_namespace n on n.oid = f.pronamespace
    where n.nspname in ${sql(SCHEMAS)} and not t.tgisinternal and t.tgparentid = 0
    order by c.oid::regclass::text collate "C", t.tgname collate "C"
  `;
}

/** The project's functions, by schema and name. */
export async function readRoutines(sql: Catalogue): Promise<Routine[]> {
  return await sql<Routine[]>`
    select n.nspname as schema, p.proname as name, pg_get_function_arguments(p.oid) as parameters,
      pg_get_function_result(p.oid) as result,
      case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end
        as volatility,
      p.prosecdef as runs_as_owner,
      array(
        select r from unnest(${API_ROLES}::text[]) with ordinality as r (r, nr)
        where has_schema_privilege(r, n.oid, 'usage') and has_function_privilege(r, p.oid, 'execute')
        order by nr
      ) as callers,
      obj_description(p.oid, 'pg_proc') as comment
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ${sql(SCHEMAS)}
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by n.nspname collate "C", p.proname collate "C", pg_get_function_arguments(p.oid) collate "C"
  `;
}

/** The project's enum types, in the order in which the migrations create them. */
export async function readEnums(sql: Catalogue): Promise<Enum[]> {
  return await sql<Enum[]>`
    select n.nspname as schema, t.typname as name,
      array(select e.enumlabel::text from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder)
        as values,
      obj_description(t.oid, 'pg_type') as comment
    from pg_type t
    join pg_namespace n on n.oid = t.typnamespace
    where n.nspname in ${sql(SCHEMAS)} and t.typtype = 'e'
    order by t.oid
  `;
}
