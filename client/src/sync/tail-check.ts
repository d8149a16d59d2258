/** Without a channel the log is asked for at least this often. */
const WITHOUT_CHANNEL_MS = 10_000;

/** Says when it is time to ask whether the last message was lost: it leaves no gap. */
export class TailCheck {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isListening = false;

  /** @param intervalMs how often, about, as long as a channel is joined */
  constructor(readonly intervalMs: number, readonly onTime: () => void) {}

  /** To be called after each check: sets when the next one is due. */
  checked(isListening: boolean): void {
    this.stop();
    this.#isListening = isListening;
    const interval = isListening ? this.intervalMs : Math.min(this.intervalMs, WITHOUT_CHANNEL_MS);
    // Not all who lost the channel at one moment ask at one moment.
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.onTime();
    }, interval * (0.8 + 0.4 * Math.random()));
  }

  /** The channel is lost: sooner, from here on; but not put off by each attempt that fails. */
  lost(): void {
    if (this.#timer !== undefined && this.#isListening) this.checked(false);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
