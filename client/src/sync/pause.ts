/** A wait that can be cut short. */
export interface Pause {
  /** Resolves when the time is over or the wait was cut short. */
  readonly over: Promise<void>;
  cut(): void;
}

/** Waits for a time in ms. */
export function pause(milliseconds: number): Pause {
  let cut = () => {};
  const over = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    cut = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { over, cut: () => cut() };
}

/** What a promise says, unless it takes longer than a time in ms: then an error with this message. */
export async function within<Value>(
  milliseconds: number,
  message: string,
  promise: PromiseLike<Value>,
): Promise<Value> {
  const deadline = pause(milliseconds);
  try {
    return await Promise.race([
      promise,
      deadline.over.then(() => Promise.reject(new Error(message))),
    ]);
  } finally {
    // The race is decided: this settles nothing any more but ends the timer.
    deadline.cut();
  }
}
