import { pause } from "./pause.ts";

const PATIENCE_MS = 2_000;

/**
 * What the first page waits for: what is asked for after the join need not be asked for again. But
 * not for long, the channel may not be there for hours.
 */
export class FirstJoin {
  #settle: () => void = () => {};
  readonly #settled = new Promise<void>((resolve) => this.#settle = resolve);

  /** The channel was joined, or will not be so soon. */
  settle(): void {
    this.#settle();
  }

  /** Resolves when it is settled, or has taken too long. */
  async settled(): Promise<void> {
    const patience = pause(PATIENCE_MS);
    await Promise.race([this.#settled, patience.over]);
    patience.cut();
  }
}
