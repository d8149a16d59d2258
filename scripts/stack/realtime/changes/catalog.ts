import type { Query } from "../database.ts";
import { ANY, type ChangeRequest } from "./request.ts";

/** The publication that a project adds its tables to. */
export const PUBLICATION = "supabase_realtime";

/** A column as it is now. */
export interface Column {
  readonly name: string;
  readonly typeOid: number;
  /** Qualified and quoted, for use in a statement. */
  readonly type: string;
  /** As clients are told. */
  readonly typeName: string;
  readonly isKey: boolean;
}

/** A table as it is now. */
export interface Table {
  readonly oid: number;
  /** Qualified and quoted, for use in a statement. */
  readonly name: string;
  readonly hasRowSecurity: boolean;
  /** In the order of the table. */
  readonly columns: readonly Column[];
}

/** The columns that each role may select; a role that is unknown, or may nothing, has none. */
export type Privileges = ReadonlyMap<string, ReadonlySet<string>>;

/** Looks a table up; null when it is gone. */
export async function readTable(query: Query, oid: number): Promise<Table | null> {
  const rows = await query(
    `select format('%I.%I', namespace.nspname, class.relname) as table_name,
       class.relrowsecurity as has_row_security,
       attribute.attname as name,
       attribute.atttypid::text as type_oid,
       format('%I.%I', type_namespace.nspname, type.typname) as type,
       type.typname as type_name,
       exists (
         select from pg_catalog.pg_constraint
         where conrelid = class.oid and contype = 'p' and attribute.attnum = any (conkey)
       ) as is_key
     from pg_catalog.pg_class as class
     join pg_catalog.pg_namespace as namespace on namespace.oid = class.relnamespace
     join pg_catalog.pg_attribute as attribute on attribute.attrelid = class.oid
     join pg_catalog.pg_type as type on type.oid = attribute.atttypid
     join pg_catalog.pg_namespace as type_namespace on type_namespace.oid = type.typnamespace
     where class.oid = $1::oid and attribute.attnum > 0 and not attribute.attisdropped
     order by attribute.attnum`,
    [String(oid)],
  );
  const [first] = rows;
  if (!first) return null;
  return {
    oid,
    name: String(first.table_name),
    hasRowSecurity: first.has_row_security === true,
    columns: rows.map((row) => ({
      name: String(row.name),
      typeOid: Number(row.type_oid),
      type: String(row.type),
      typeName: String(row.type_name),
      isKey: row.is_key === true,
    })),
  };
}

/** What roles may select of a table, in a schema that they may use. */
export async function readPrivileges(
  query: Query,
  oid: number,
  roles: readonly string[],
): Promise<Privileges> {
  const rows = await query(
    `select role.rolname as role, attribute.attname as name
     from pg_catalog.pg_roles as role
     join pg_catalog.pg_class as class on class.oid = $1::oid
     join pg_catalog.pg_attribute as attribute
       on attribute.attrelid = class.oid and attribute.attnum > 0 and not attribute.attisdropped
     where role.rolname = any ($2::text[])
       and has_schema_privilege(role.oid, class.relnamespace, 'USAGE')
       and has_column_privilege(role.oid, class.oid, attribute.attnum, 'SELECT')`,
    [String(oid), roles],
  );
  const privileges = new Map(roles.map((role) => [role, new Set<string>()]));
  for (const row of rows) privileges.get(String(row.role))?.add(String(row.name));
  return privileges;
}

/** The published tables that a request names. */
export async function publishedTables(query: Query, request: ChangeRequest): Promise<number[]> {
  const rows = await query(
    `select format('%I.%I', schemaname, tablename)::regclass::oid::text as oid
     from pg_catalog.pg_publication_tables
     where pubname = $1
       and $2::text in (schemaname::text, $4)
       and $3::text in (tablename::text, $4)`,
    [PUBLICATION, request.schema, request.table, ANY],
  );
  return rows.map((row) => Number(row.oid));
}
