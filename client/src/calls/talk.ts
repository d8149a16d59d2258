import type { LiveWorkoutSupabase } from "../database.ts";
import { newId } from "../ids.ts";
import type { Emote, NewReaction } from "../types.ts";
import type { CallOptions } from "./options.ts";
import { askDatabase } from "./table.ts";

/** What is sent has an id; with the same one again nothing happens, and it succeeds. */
export interface SendOptions extends CallOptions {
  /** The id of what is sent; a new one unless given. */
  readonly id?: string | undefined;
}

/** A cheer for a friend who trains somewhere else, perhaps for one of their sets. */
export interface NewQuickReaction {
  readonly toUserId: string;
  readonly emote: Emote;
  readonly setId?: string | undefined;
}

/** Cheers and words. All hand the id of what was sent back, and raise `LiveWorkoutError`. */
export interface TalkCalls {
  /** Says something (1 to 500 characters) to everybody in the session. */
  say(sessionId: string, text: string, options?: SendOptions): Promise<string>;
  /** Cheers somebody in the same session on. */
  react(sessionId: string, reaction: NewReaction, options?: SendOptions): Promise<string>;
  /** Cheers a friend on from afar. */
  cheer(reaction: NewQuickReaction, options?: SendOptions): Promise<string>;
}

/** The calls about cheers and words, as whoever is signed in. */
export function talkCalls(supabase: LiveWorkoutSupabase): TalkCalls {
  return {
    say: async (sessionId, message, options) => {
      const id = options?.id ?? newId();
      await askDatabase(
        supabase,
        options,
        (database) =>
          database.from("live_session_messages").insert({ id, session_id: sessionId, message }),
      );
      return id;
    },
    react: async (sessionId, { toUserId, emote, targetSetId }, options) => {
      const id = options?.id ?? newId();
      await askDatabase(
        supabase,
        options,
        (database) =>
          database.from("live_session_reactions").insert({
            id,
            session_id: sessionId,
            to_user_id: toUserId,
            emote,
            target_set_id: targetSetId ?? null,
          }),
      );
      return id;
    },
    cheer: async ({ toUserId, emote, setId }, options) => {
      const id = options?.id ?? newId();
      await askDatabase(
        supabase,
        options,
        (database) =>
          database.from("quick_reactions")
            .insert({ id, to_user_id: toUserId, emote, set_id: setId ?? null }),
      );
      return id;
    },
  };
}
