import type {
  PostgrestError,
  PostgrestSingleResponse,
  SupabaseClient,
} from "@supabase/supabase-js";
import type { Database } from "../../../supabase/functions/_shared/database.types.ts";
import type { LiveWorkoutSupabase } from "../database.ts";
import { LiveWorkoutError } from "../errors.ts";
import { nobodyAnswered, withDeadline } from "./deadline.ts";
import { failureOfStatus, isCode, isRecord, parseJson } from "./failures.ts";
import type { CallOptions } from "./options.ts";
import type {
  LiveTopics,
  LoggedSets,
  PersonalData,
  PresenceSettings,
  WorkoutPresence,
} from "../types.ts";

/** A request to a table or a function of the database that has not been sent yet. */
interface Query<Data> extends PromiseLike<PostgrestSingleResponse<Data>> {
  abortSignal(signal: AbortSignal): Query<Data>;
  retry(enabled: boolean): Query<Data>;
}

/**
 * Asks the database over REST, with the tables and functions of this schema, and hands back the data.
 *
 * @throws LiveWorkoutError the refusal, `network_error` or `unexpected_answer`
 * @internal
 */
export async function askDatabase<Data>(
  supabase: LiveWorkoutSupabase,
  options: CallOptions | undefined,
  query: (database: SupabaseClient<Database>) => Query<Data>,
): Promise<Data> {
  // The one place that says which tables there are: a client knows those it was typed with.
  const database = supabase as unknown as SupabaseClient<Database>;
  const { data, error, status } = await withDeadline(
    options ?? {},
    // Whoever calls decides about trying again; they know what else is going on.
    (signal) => query(database).retry(false).abortSignal(signal),
  );
  if (error !== null) throw failureOf(error, status);
  return data;
}

type Functions = Database["public"]["Functions"];

/** What functions answer; to the catalogue of the database it is all JSON. */
interface FunctionAnswers {
  export_my_data: PersonalData;
  friends_presence: WorkoutPresence[];
  get_presence_settings: PresenceSettings;
  heartbeat_presence: WorkoutPresence;
  hide_presence_from: PresenceSettings;
  live_topics: LiveTopics;
  log_live_sets: LoggedSets;
  set_presence_visibility: PresenceSettings;
  show_presence_to: PresenceSettings;
}

/**
 * Calls a function of the database over REST.
 *
 * @throws LiveWorkoutError the refusal, `network_error` or `unexpected_answer`
 * @internal
 */
export async function callFunction<Name extends keyof FunctionAnswers & keyof Functions>(
  supabase: LiveWorkoutSupabase,
  options: CallOptions | undefined,
  name: Name,
  parameters: Functions[Name]["Args"],
): Promise<FunctionAnswers[Name]> {
  return await askDatabase<unknown>(
    supabase,
    options,
    (database) => database.rpc(name, parameters),
  ) as FunctionAnswers[Name];
}

/** A refusal of the database carries the code as message, the sentence as details, all else as JSON. */
function failureOf(error: PostgrestError, status: number): LiveWorkoutError {
  if (status === 0) return nobodyAnswered("The server could not be reached.", error);
  if (/^PT\d{3}$/.test(error.code ?? "") && isCode(error.message)) {
    const members = parseJson(error.hint ?? "");
    return new LiveWorkoutError({
      code: error.message,
      detail: error.details || `${error.message.replaceAll("_", " ")}.`,
      status,
      members: isRecord(members) ? members : {},
    }, { cause: error });
  }
  // PostgreSQL and PostgREST speak for developers, in codes of their own; the status is enough.
  const spoke = Boolean(error.code);
  if (spoke && status >= 500) {
    const detail = "Something went wrong on the server.";
    return new LiveWorkoutError({ code: "internal_error", detail, status }, { cause: error });
  }
  return failureOfStatus(status, spoke ? [400, 401, 403, 413, 429] : [401, 429], {}, error);
}
