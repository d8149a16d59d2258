import { withDatabase } from "./database.ts";
import { signing, signToken, signUp } from "./tokens.ts";

/** Somebody who is signed in. */
export interface Person {
  id: string;
  email: string;
  displayName: string;
  token: string;
}

/**
 * Makes new people with these names, all signed in and nobody's friends. A hundred take about as
 * long as one: they are inserted into Auth's table at once, and their tokens are signed here.
 */
export async function createPeople<const Names extends readonly string[]>(
  ...names: Names
): Promise<{ [Index in keyof Names]: Person }> {
  const { algorithm } = await signing();
  const drafts = names.map((displayName) => ({
    id: crypto.randomUUID(),
    email: `${
      displayName.toLowerCase().replace(/[^a-z0-9]+/g, "-")
    }.${crypto.randomUUID()}@example.com`,
    displayName,
  }));
  const people = algorithm === "HS256" ? await insertAndSign(drafts) : await signUpEach(drafts);
  return people as { [Index in keyof Names]: Person };
}

/** Makes a number of people at once: Person 1, Person 2 … */
export async function createCrowd(size: number): Promise<Person[]> {
  return await createPeople(...Array.from({ length: size }, (_, index) => `Person ${index + 1}`));
}

/** Makes one new person. */
export async function createPerson(displayName: string): Promise<Person> {
  const [person] = await createPeople(displayName);
  return person;
}

type Draft = Omit<Person, "token">;

async function insertAndSign(drafts: readonly Draft[]): Promise<Person[]> {
  const rows = drafts.map(({ id, email, displayName }) => ({ id, email, displayName }));
  await withDatabase((sql) =>
    sql`
      insert into auth.users
        (id, instance_id, aud, role, email, encrypted_password, email_confirmed_at,
         raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
      select r.id, '00000000-0000-0000-0000-000000000000', 'authenticated', 'authenticated',
        r.email, '', now(), '{"provider": "email", "providers": ["email"]}',
        jsonb_build_object('display_name', r."displayName"), now(), now()
      from jsonb_to_recordset(${sql.json(rows)}) as r(id uuid, email text, "displayName" text)`
  );
  return await Promise.all(
    drafts.map(async (draft) => ({ ...draft, token: await signToken(draft) })),
  );
}

/** For stacks that sign with a key they do not give away. */
async function signUpEach(drafts: readonly Draft[]): Promise<Person[]> {
  const people: Person[] = [];
  for (const { email, displayName } of drafts) {
    people.push({ ...await signUp(email, displayName), displayName });
  }
  return people;
}

/** Makes each of the others a friend of the first person. */
export async function befriend(person: Person, ...others: readonly Person[]): Promise<void> {
  await setFriendship(person, others, "friends");
}

/** Lets a person block each of the others. */
export async function block(person: Person, ...others: readonly Person[]): Promise<void> {
  await setFriendship(person, others, "blocked");
}

async function setFriendship(
  person: Person,
  others: readonly Person[],
  status: "friends" | "blocked",
): Promise<void> {
  const ids = others.map(({ id }) => id);
  await withDatabase((sql) =>
    sql`
      insert into public.friendships (user_id, friend_id, status)
      select ${person.id}, o.id, ${status}::public.friendship_status
      from unnest(${ids}::uuid[]) as o(id)
      on conflict (user_id, friend_id) do update set status = excluded.status`
  );
}
