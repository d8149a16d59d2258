/** Somebody at the keyboard. */
export interface Keys {
  /** Resolves when they want to go: q, Ctrl-C, or a signal to end. */
  readonly quit: Promise<void>;
  /** Gives the keyboard back. */
  close(): void;
}

const ENTER = ["\r", "\n"];
const QUIT = ["q", "Q", "\u0003", "\u0004"];

/** Listens to the keyboard, and calls back for each press of Enter. */
export function listenToKeys(onEnter: () => void): Keys {
  const quit = Promise.withResolvers<void>();
  const stop = () => quit.resolve();
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stop);
  const isTerminal = Deno.stdin.isTerminal();
  // Key by key, not line by line; Ctrl-C stays a signal.
  if (isTerminal) Deno.stdin.setRaw(true, { cbreak: true });
  void read();
  return {
    quit: quit.promise,
    close: () => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.removeSignalListener(signal, stop);
      if (isTerminal) Deno.stdin.setRaw(false);
    },
  };

  async function read(): Promise<void> {
    const decoder = new TextDecoder();
    const bytes = new Uint8Array(64);
    for (;;) {
      const length = await Deno.stdin.read(bytes);
      // No keyboard: then only a signal ends it.
      if (length === null) return;
      for (const key of decoder.decode(bytes.subarray(0, length), { stream: true })) {
        if (ENTER.includes(key)) onEnter();
        if (QUIT.includes(key)) return stop();
      }
    }
  }
}
