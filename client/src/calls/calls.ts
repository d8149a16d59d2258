import type { LiveWorkoutSupabase } from "../database.ts";
import { type GuidedCalls, guidedCalls } from "./guided.ts";
import { type HistoryCalls, historyCalls } from "./history.ts";
import { type InvitationCalls, invitationCalls } from "./invitations.ts";
import { type PresenceCalls, presenceCalls } from "./presence.ts";
import { type ServiceCalls, serviceCalls } from "./service.ts";
import { type SessionCalls, sessionCalls } from "./sessions.ts";
import { type SetCalls, setCalls } from "./sets.ts";
import { type TalkCalls, talkCalls } from "./talk.ts";

/** Everything that can be asked of the server, by subject. All of it raises `LiveWorkoutError`. */
export interface Calls {
  readonly sessions: SessionCalls;
  readonly invitations: InvitationCalls;
  readonly guided: GuidedCalls;
  readonly sets: SetCalls;
  readonly talk: TalkCalls;
  readonly presence: PresenceCalls;
  readonly history: HistoryCalls;
  readonly service: ServiceCalls;
}

/** All calls, as whoever is signed in at this client of supabase-js. */
export function createCalls(supabase: LiveWorkoutSupabase): Calls {
  return {
    sessions: sessionCalls(supabase),
    invitations: invitationCalls(supabase),
    guided: guidedCalls(supabase),
    sets: setCalls(supabase),
    talk: talkCalls(supabase),
    presence: presenceCalls(supabase),
    history: historyCalls(supabase),
    service: serviceCalls(supabase),
  };
}
