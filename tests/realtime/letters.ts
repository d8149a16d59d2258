import { until } from "./channels.ts";
import { changesOf, listen } from "./changes_seen.ts";
import { type OwnStack, startOwnStack, tokenFor } from "./own_stack.ts";
import type { RawSocket } from "./raw_socket.ts";

/** A request for everything that happens to `public.letters`. */
export const letters = { event: "*", schema: "public", table: "letters" } as const;

/**
 * A stack with a published table of which people see the rows that are theirs or public, and of
 * these everything but the secret.
 */
export async function startStackWithLetters(): Promise<OwnStack> {
  const stack = await startOwnStack();
  await stack.sql((sql) =>
    sql.unsafe(`
      create table public.letters (
        id int primary key, owner text, is_public boolean not null default false, body text,
        secret text
      );
      alter table public.letters enable row level security;
      grant select (id, owner, is_public, body) on public.letters to authenticated;
      grant select on public.letters to service_role;
      create policy "Owners and everybody" on public.letters for select to authenticated
        using (is_public or owner = current_setting('request.jwt.claims', true)::jsonb ->> 'sub');
      alter publication supabase_realtime add table public.letters;
    `)
  );
  return stack;
}

/** Empties the table. */
export async function burnLetters(stack: OwnStack): Promise<void> {
  await stack.sql((sql) =>
    sql.unsafe("truncate public.letters; alter table public.letters replica identity default")
  );
}

/** A socket that listens with a token of its own. */
export async function listener(
  stack: OwnStack,
  claims: { sub?: string; role?: string },
  request: object = letters,
): Promise<RawSocket> {
  const socket = await stack.socket();
  await listen(socket, [request], await tokenFor(stack.endpoints, claims));
  return socket;
}

/** What arrived, up to a public row that everybody gets. */
export async function seenBy(stack: OwnStack, ...sockets: RawSocket[]): Promise<string[][]> {
  await stack.sql((sql) =>
    sql.unsafe("insert into public.letters values (999, null, true, 'end', 'end')")
  );
  const end = (socket: RawSocket) => changesOf(socket).some(({ data }) => data.record?.id === 999);
  await until(() => sockets.every(end), "the last row", 20_000);
  return sockets.map((socket) =>
    changesOf(socket).slice(0, -1).map(({ data }) =>
      `${data.type} ${data.record?.id ?? data.old_record?.id}`
    )
  );
}
