/** The wish to stop, from Ctrl-C, `kill` or a closed terminal. */
export interface StopRequest {
  /** Aborts at the first signal. */
  signal: AbortSignal;
}

/**
 * Listens for the signals that ask for the end. The first one is a wish; a second one ends this
 * process at once, and the next start clears up.
 */
export function listenForStop(): StopRequest {
  const controller = new AbortController();
  // Without a terminal nobody can close one: then a hang-up is what nohup is there to ignore.
  const names = [
    "SIGINT",
    "SIGTERM",
    ...(Deno.stdout.isTerminal() ? ["SIGHUP"] as const : []),
  ] as const;
  for (const name of names) {
    Deno.addSignalListener(name, () => {
      if (controller.signal.aborted) Deno.exit(130);
      controller.abort(name);
    });
  }
  return { signal: controller.signal };
}
