import { FunctionsHttpError, type SupabaseClient } from "@supabase/supabase-js";
import { LiveSessionEvent } from "../../supabase/functions/_shared/schemas/live-session-event.ts";

/** A person with their own phone: a client, a session and what arrived on the screen. */
export class Person {
  readonly events: LiveSessionEvent[] = [];
  id = "";
  displayName = "";
  #waiting: { seen: (event: LiveSessionEvent) => boolean; resolve: (at: number) => void }[] = [];

  constructor(readonly supabase: SupabaseClient, readonly show: (line: LiveSessionEvent) => void) {}

  /**
   * Signs in.
   *
   * @throws Error if Auth does not take the address and password
   */
  async signIn(email: string, password: string): Promise<void> {
    const { data, error } = await this.supabase.auth.signInWithPassword({ email, password });
    if (error) throw new Error(`${email} could not sign in: ${error.message}.`);
    this.id = data.user.id;
    this.displayName = String(data.user.user_metadata.display_name ?? email.split("@")[0]);
  }

  /**
   * Calls a route of the `sessions` function.
   *
   * @throws Error with the code and sentence of the refusal
   */
  async call<Answer>(
    method: "GET" | "POST",
    path: string,
    body?: Record<string, unknown>,
  ): Promise<Answer> {
    const { data, error } = await this.supabase.functions.invoke<Answer>(`sessions${path}`, {
      method,
      ...(body ? { body } : {}),
    });
    if (error instanceof FunctionsHttpError) throw new Refusal(await error.context.json());
    if (error) throw error;
    return data as Answer;
  }

  /** Opens the session's channel; resolves once everything that happens will arrive. */
  async watch(sessionId: string): Promise<void> {
    // A private channel is joined with the person's token, which has to be there first.
    await this.supabase.realtime.setAuth();
    const channel = this.supabase.channel(`live_session:${sessionId}`, {
      config: { private: true },
    });
    channel.on("broadcast", { event: "live_event" }, ({ payload }) => {
      this.#receive(LiveSessionEvent.parse(payload));
    });
    await new Promise<void>((resolve, reject) => {
      channel.subscribe((status, error) => {
        if (status === "SUBSCRIBED") resolve();
        else if (status !== "CLOSED") {
          reject(error ?? new Error(`The channel answered ${status}.`));
        }
      });
    });
  }

  /** When the event arrives on this screen (or did), in milliseconds of performance.now(). */
  sees(seen: (event: LiveSessionEvent) => boolean): Promise<number> {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(
        () => reject(new Error(`An event did not reach ${this.displayName} within 10 s.`)),
        10_000,
      );
      this.#waiting.push({
        seen,
        resolve: (at) => {
          clearTimeout(limit);
          resolve(at);
        },
      });
    });
  }

  #receive(event: LiveSessionEvent): void {
    const at = performance.now();
    this.events.push(event);
    this.show(event);
    this.#waiting = this.#waiting.filter(({ seen, resolve }) => {
      if (!seen(event)) return true;
      resolve(at);
      return false;
    });
  }
}

/** A refusal of the API, with its stable code. */
export class Refusal extends Error {
  readonly code: string;
  readonly sessionId?: string;

  constructor(problem: { code: string; detail: string; sessionId?: string }) {
    super(`${problem.code}: ${problem.detail}`);
    this.code = problem.code;
    this.sessionId = problem.sessionId;
  }
}
