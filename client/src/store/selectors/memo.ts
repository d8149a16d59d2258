/**
 * A function that computes again only when one of its arguments is another than the last time. The
 * results hang on the first argument, so that several rooms do not drive out each other's, and go
 * when it goes.
 */
export function memoize<First extends object, Rest extends readonly unknown[], Result>(
  compute: (first: First, ...rest: Rest) => Result,
): (first: First, ...rest: Rest) => Result {
  const results = new WeakMap<First, { readonly rest: Rest; readonly result: Result }>();
  return (first, ...rest) => {
    const last = results.get(first);
    if (last !== undefined && rest.every((argument, index) => argument === last.rest[index])) {
      return last.result;
    }
    const result = compute(first, ...rest);
    results.set(first, { rest, result });
    return result;
  };
}
