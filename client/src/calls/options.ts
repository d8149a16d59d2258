/** What every call takes beside its subject. */
export interface CallOptions {
  /** Calls it off: it then fails with `network_error`. */
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for the whole answer, in ms; 15 s unless given. */
  readonly timeoutMs?: number | undefined;
}

/** What calls take that create something. */
export interface CreationOptions extends CallOptions {
  /**
   * Makes calling again safe, for a day: the same key and body get the first answer again. Such a
   * call repeats itself when the network fails; a key of one's own lets an application that was
   * closed meanwhile go on where it was.
   */
  readonly idempotencyKey?: string | undefined;
}
