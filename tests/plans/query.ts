/** What an index is for: the query of one function, policy, command or constraint. */
export interface NamedQuery {
  /** Whose query it is. */
  readonly of: string;
  readonly text: string;
  /** Asked by a signed-in person, through the policies; otherwise as its function asks it. */
  readonly asPerson?: true;
}

/** Queries by the index that is there for them. */
export type Queries = Readonly<Record<string, NamedQuery>>;

/** One row by its id. */
export const byId = (of: string, table: string): NamedQuery => ({
  of,
  text: `select * from ${table} where id = $1`,
});

/** One row by its id, asked by a person. */
export const own = (of: string, table: string): NamedQuery => ({
  ...byId(of, table),
  asPerson: true,
});
