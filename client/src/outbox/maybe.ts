/** Something that is there now or comes later. */
export type Maybe<Value> = Value | Promise<Value>;

/**
 * Goes on with a value: at once if it is there, else when it comes. So that with a storage that
 * writes at once everything is written when the function returns; `await` would put it off.
 */
export function andThen<Value, Next>(
  value: Maybe<Value>,
  next: (value: Value) => Maybe<Next>,
): Maybe<Next> {
  return isPromise(value) ? value.then(next) : next(value);
}

/** Goes on after a failure, of either kind. */
export function orElse<Value>(
  attempt: () => Maybe<Value>,
  next: (error: unknown) => Maybe<Value>,
): Maybe<Value> {
  try {
    const value = attempt();
    return isPromise(value) ? value.catch(next) : value;
  } catch (error) {
    return next(error);
  }
}

/** Whether it comes later. Platforms have promises of their own. */
export function isPromise<Value>(value: Maybe<Value>): value is Promise<Value> {
  return typeof (value as Promise<Value> | null | undefined)?.then === "function";
}
