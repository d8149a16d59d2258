/** Somebody who reads, and a session under way that they are in. */
export interface Reader {
  readonly id: string;
  readonly session_id: string;
}

/** The same thing read twice. `:reader` and `:session` stand for the ids of a reader. */
export interface Read {
  readonly name: string;
  /** By a person, through row level security, as PostgREST asks for it. */
  readonly throughPolicies: string;
  /** By the owner of the tables, who is asked for the same by a WHERE. */
  readonly byOwner: string;
}

/** A query with parameters in place of names. */
export interface Prepared {
  readonly text: string;
  values(reader: Reader): string[];
}

/** Numbers the parameters of a query. */
export function prepare(text: string): Prepared {
  const names = ([":reader", ":session"] as const).filter((name) => text.includes(name));
  return {
    text: names.reduce(
      (rest, name, index) => rest.replaceAll(name, `$${index + 1}::uuid`),
      text,
    ),
    values: (reader) => names.map((name) => name === ":reader" ? reader.id : reader.session_id),
  };
}

/** Rows of a table as PostgREST answers them. */
export function asRest(select: string): string {
  return `with pgrst_source as (${select})
    select coalesce(json_agg(_postgrest_t), '[]')::text as answer from pgrst_source _postgrest_t`;
}

/** What a function of the database answers. */
export function asRpc(call: string): string {
  return `select (${call})::text as answer`;
}
