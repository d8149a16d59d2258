/** Calls somebody else's code: what it raises is said on the console and goes no further. */
export function undisturbed(work: () => void): void {
  try {
    work();
  } catch (error) {
    console.error("A listener failed:", error);
  }
}
