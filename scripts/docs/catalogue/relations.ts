import { type Catalogue, SCHEMAS } from "./scope.ts";

/** A table, view or sequence. */
export interface Relation {
  oid: string;
  schema: string;
  name: string;
  /** As in pg_class: r table, p partitioned table, v view, S sequence. */
  kind: "r" | "p" | "v" | "S";
  has_row_security: boolean;
  comment: string | null;
}

/** A column of a table or view. */
export interface Column {
  relation: string;
  name: string;
  type: string;
  is_nullable: boolean;
  /** The expression of its default, if it has one. */
  default_value: string | null;
  comment: string | null;
}

/** The project's own relations, in the order in which the migrations create them. */
export async function readRelations(sql: Catalogue): Promise<Relation[]> {
  return await sql<Relation[]>`
    select c.oid::text, n.nspname as schema, c.relname as name, c.relkind as kind,
      c.relrowsecurity as has_row_security, obj_description(c.oid, 'pg_class') as comment
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ${sql(SCHEMAS)} and c.relkind in ('r', 'p', 'v', 'S')
      and not c.relispartition
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('e', 'i', 'a'))
    order by c.oid
  `;
}

/** The columns of all relations, in the order in which a table has them. */
export async function readColumns(sql: Catalogue): Promise<Column[]> {
  return await sql<Column[]>`
    select c.oid::text as relation, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
      not a.attnotnull as is_nullable, pg_get_expr(d.adbin, d.adrelid, true) as default_value,
      col_description(c.oid, a.attnum) as comment
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where n.nspname in ${sql(SCHEMAS)} and c.relkind in ('r', 'p', 'v')
    order by c.oid, a.attnum
  `;
}
