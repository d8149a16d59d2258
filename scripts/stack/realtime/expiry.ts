/** Timers of a runtime reach no further than some days; a token may be good for years. */
const LONGEST_TIMER_MS = 5 * 60 * 1000;

/** Calls `onExpired` once `exp` (seconds since 1970) has come. Returns how to call it off. */
export function atExpiry(exp: number | undefined, onExpired: () => void): () => void {
  if (exp === undefined) return () => {};
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    const left = exp * 1000 - Date.now();
    if (left <= 0) onExpired();
    else timer = setTimeout(wait, Math.min(left, LONGEST_TIMER_MS));
  };
  timer = setTimeout(wait, 0);
  return () => clearTimeout(timer);
}
