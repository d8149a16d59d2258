import { describe, expect, it } from "vitest";
import { runScript } from "../tools/script.ts";

/** The benchmarks that there are, by what the command says of itself. */
async function names(): Promise<string[]> {
  const { output } = await runScript("bench", ["--help"]);
  return [...output.matchAll(/^ {2}([a-z][a-z-]*) +[A-Z]/gm)].map(([, name]) => name!);
}

/**
 * Tests that benchmarks run, by their short form; not what they measure. Each file takes a share of them, so that
 * files run beside each other.
 */
export async function testShare(share: number, of: number): Promise<void> {
  const all = await names();
  if (all.length < of) throw new Error("Too few benchmarks are listed.");
  describe("npm run bench -- --short", () => {
    it.each(all.filter((_, index) => index % of === share))("%s runs", async (name) => {
      const { code, output, errors } = await runScript("bench", [name, "--short"]);
      expect({ code, errors }).toEqual({ code: 0, errors: "" });
      expect(output).toContain(`(${name})`);
      expect(output).not.toMatch(/NaN|Infinity|undefined/);
    }, 120_000);
  });
}
