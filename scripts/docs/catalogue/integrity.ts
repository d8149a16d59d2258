import { type Catalogue, SCHEMAS } from "./scope.ts";

/** A constraint of a table. */
export interface Constraint {
  relation: string;
  name: string;
  /** As in pg_constraint: p primary key, u unique, f foreign key, c check, x exclusion. */
  kind: string;
  definition: string;
  comment: string | null;
}

/** An index of a table. */
export interface Index {
  relation: string;
  name: string;
  is_unique: boolean;
  /** Method, columns and condition, as after USING. */
  definition: string;
  /** The constraint that it is there for, if one is. */
  constraint_name: string | null;
  comment: string | null;
}

/** The constraints of all tables: keys first, then references, then checks, each by name. */
export async function readConstraints(sql: Catalogue): Promise<Constraint[]> {
  return await sql<Constraint[]>`
    select c.oid::text as relation, k.conname as name, k.contype as kind,
      pg_get_constraintdef(k.oid, true) as definition,
      obj_description(k.oid, 'pg_constraint') as comment
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ${sql(SCHEMAS)} and k.contype in ('p', 'u', 'f', 'c', 'x')
    order by c.oid, array_position(array['p', 'u', 'f', 'c', 'x'], k.contype::text),
      k.conname collate "C"
  `;
}

/** The indexes of all tables, by name, those of constraints first. */
export async function readIndexes(sql: Catalogue): Promise<Index[]> {
  return await sql<Index[]>`
    select c.oid::text as relation, i.relname as name, x.indisunique as is_unique,
      regexp_replace(pg_get_indexdef(i.oid), '^.*? USING ', '') as definition,
      k.conname as constraint_name, obj_description(i.oid, 'pg_class') as comment
    from pg_index x
    join pg_class i on i.oid = x.indexrelid
    join pg_class c on c.oid = x.indrelid
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_constraint k on k.conindid = i.oid and k.contype in ('p', 'u', 'x')
    where n.nspname in ${sql(SCHEMAS)}
    order by c.oid, k.conname is null, i.relname collate "C"
  `;
}
