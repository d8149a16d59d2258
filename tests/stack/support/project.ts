import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkout } from "../../setup/command.ts";

/** A small project of a test's own, with its data folder beside it. */
export interface TestProject {
  root: string;
  dataDir: string;
  /** Writes a file, named relative to the folder supabase. */
  write(path: string, contents: string): void;
  remove(path: string): void;
  /** Deletes everything. */
  dispose(): void;
}

export const noteMigration = `create table public.notes (
  id bigint generated always as identity primary key,
  author uuid not null default auth.uid() references auth.users (id) on delete cascade,
  text text not null
);
alter table public.notes enable row level security;
revoke all on public.notes from public, anon, authenticated, service_role;
grant select, insert (text) on public.notes to authenticated;
create policy "Authors read" on public.notes for select to authenticated
  using (author = (select auth.uid()));
create policy "Authors write" on public.notes for insert to authenticated
  with check (author = (select auth.uid()));
create table public.secrets (id int primary key);
alter table public.secrets enable row level security;
`;

export const echoFunction = `export default {
  async fetch(request: Request): Promise<Response> {
    return Response.json({
      method: request.method,
      path: new URL(request.url).pathname + new URL(request.url).search,
      body: await request.text(),
      environment: Deno.env.toObject(),
    });
  },
};
`;

/**
 * A project with one migration and one function.
 *
 * @param parent where its folder goes
 */
export function createProject(parent = tmpdir()): TestProject {
  const root = mkdtempSync(join(parent, "stack-project-"));
  chmodSync(root, 0o755);
  const project: TestProject = {
    root,
    dataDir: join(root, ".stack"),
    write(path, contents) {
      const target = join(root, "supabase", path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, contents);
    },
    remove: (path) => rmSync(join(root, "supabase", path), { recursive: true }),
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
  project.write(
    "config.toml",
    `project_id = "test"
[api]
auto_expose_new_tables = false
[auth]
minimum_password_length = 8
[functions.echo]
verify_jwt = false
`,
  );
  project.write("migrations/20260101000000_notes.sql", noteMigration);
  project.write("functions/echo/index.ts", echoFunction);
  // So that functions find their packages.
  symlinkSync(join(checkout, "node_modules"), join(root, "node_modules"));
  return project;
}

/** A copy of what a stack is started from, without the packages, which are linked. */
export function copyCheckout(target: string): void {
  for (const name of ["package.json", "deno.json", "scripts", "supabase"]) {
    cpSync(join(checkout, name), join(target, name), { recursive: true });
  }
}
