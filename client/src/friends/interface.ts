import type { StoreApi } from "zustand/vanilla";
import type { LiveWorkoutContext } from "../context.ts";
import type { QuickReaction, WorkoutPresence } from "../types.ts";
import type { FriendsState } from "./state.ts";

/** What a friends' list is made from. */
export type FriendsContext = Pick<
  LiveWorkoutContext,
  "supabase" | "presence" | "invitations" | "clock"
>;

/** How a friends' list is opened. */
export interface FriendsOptions {
  /** Called for every cheer that comes, once. */
  readonly onQuickReaction?: ((reaction: QuickReaction) => void) | undefined;
  /**
   * Called for every friend who trains, and whenever that changes; with the status `finished` when
   * they do not any more, or it is not to be seen any more.
   */
  readonly onPresence?: ((presence: WorkoutPresence) => void) | undefined;
  /** Which part of this to follow: invitations and cheers need no channel for each friend. */
  readonly follow?: "everything" | "presence" | undefined;
  /** For how many friends there may be a channel; 80. The platform allows 100 a connection. */
  readonly mostChannels?: number | undefined;
  /** How often what channels do not tell is asked for, in ms; once a minute. */
  readonly pollMs?: number | undefined;
  /** After how long of silence a friend is taken for gone, in ms; 5 minutes, as the server does. */
  readonly staleMs?: number | undefined;
}

/** Friends' training, invitations and cheers, for as long as it is open. */
export interface Friends {
  readonly store: StoreApi<FriendsState>;
  /** Resolves when there is something to show. Rejects if it is closed before that. */
  readonly ready: Promise<void>;
  /** The application came to the foreground; browsers tell by themselves. */
  wake(): void;
  /** Lets go of everything; resolves when nothing is left running. */
  close(): Promise<void>;
}
