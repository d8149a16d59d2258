import { call } from "../helpers/api.ts";
import { exhaustLimit } from "../helpers/invitations.ts";
import { befriend, createPeople, createPerson } from "../helpers/people.ts";
import { endSession, joinSession, openSession } from "../helpers/sessions.ts";
import { itAnswersWithEveryCode, type Scenarios } from "./every-code.ts";

const OPEN = { mode: "shared" };

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** A session of a host and a guest. */
async function assemble() {
  const [host, guest, stranger] = await createPeople("Host", "Guest", "Stranger");
  const { id } = await openSession(host);
  await joinSession(id, guest);
  return { host, guest, stranger, id };
}

type Cast = Awaited<ReturnType<typeof assemble>>;
type Caller = keyof Omit<Cast, "id">;

/** How a route about one session answers when this person calls it, perhaps after its end. */
function route(method: Method, path: (cast: Cast) => string, body?: (cast: Cast) => unknown) {
  return (caller: Caller, prepare: (cast: Cast) => Promise<unknown> = async () => {}) =>
  async () => {
    const cast = await assemble();
    await prepare(cast);
    return await call(method, `/sessions/${cast.id}${path(cast)}`, cast[caller], body?.(cast));
  };
}

const end = ({ id, host }: Cast) => endSession(id, host);

/** How a route answers about a session that is not there. */
function unknown(method: Method, path: (cast: Cast) => string, body?: (cast: Cast) => unknown) {
  return async () => {
    const cast = await assemble();
    const id = crypto.randomUUID();
    return await call(method, `/sessions/${id}${path(cast)}`, cast.host, body?.(cast));
  };
}

/** The scenarios of a route that is the host's. */
function forHost(
  method: Method,
  path: (cast: Cast) => string,
  body?: (cast: Cast) => unknown,
) {
  const by = route(method, path, body);
  return {
    success: by("host"),
    not_host: by("guest"),
    session_not_found: unknown(method, path, body),
    session_ended: by("host", end),
  } satisfies Scenarios;
}

/** The scenarios of a route that is for those who are or were in the session. */
function forInsiders(method: Method, path: (cast: Cast) => string) {
  const by = route(method, path);
  return {
    success: by("guest"),
    not_participant: by("stranger"),
    session_not_found: unknown(method, path),
  } satisfies Scenarios;
}

const at = (path: string) => () => path;
const join = route("POST", at("/join"));
const { session_ended: _, ...endScenarios } = forHost("POST", at("/end"));
const toGuest = ({ guest }: Cast) => ({ userId: guest.id });
const toStranger = ({ stranger }: Cast) => ({ userId: stranger.id });

itAnswersWithEveryCode("sessions", {
  openSession: {
    success: async () => await call("POST", "/sessions", await createPerson("Alice"), OPEN),
    already_in_session: async () => {
      const { guest } = await assemble();
      return await call("POST", "/sessions", guest, OPEN);
    },
    rate_limited: async () => {
      const [alice, bob] = await createPeople("Alice", "Bob");
      await befriend(alice, bob);
      await exhaustLimit(alice, "invitation");
      return await call("POST", "/sessions", alice, { ...OPEN, inviteeIds: [bob.id] });
    },
  },
  browseSessions: {
    success: async () => await call("GET", "/sessions", (await assemble()).guest),
  },
  readSession: {
    success: route("GET", at(""))("stranger"),
    session_not_found: unknown("GET", at("")),
  },
  updateSession: forHost("PATCH", at(""), () => ({ name: "Renamed" })),
  joinSession: {
    success: join("stranger"),
    session_not_found: unknown("POST", at("/join")),
    session_ended: join("guest", end),
    session_full: join("stranger", ({ id, host }) => {
      return call("PATCH", `/sessions/${id}`, host, { maxParticipants: 2 });
    }),
    already_in_session: join("stranger", ({ stranger }) => openSession(stranger)),
  },
  leaveSession: forInsiders("POST", at("/leave")),
  startSession: forHost("POST", at("/start")),
  endSession: endScenarios,
  readEvents: forInsiders("GET", at("/events")),
  readSummary: forInsiders("GET", at("/summary")),
  transferHost: {
    ...forHost("POST", at("/host"), toGuest),
    user_not_found: route("POST", at("/host"), toStranger)("host"),
  },
  removeParticipant: {
    ...forHost("DELETE", ({ guest }) => `/participants/${guest.id}`),
    user_not_found: route("DELETE", ({ stranger }) => `/participants/${stranger.id}`)("host"),
  },
});
