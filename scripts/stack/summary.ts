import { bold, dim } from "./report.ts";
import type { RunningState } from "./state.ts";

/** The lines that tell a person what runs where and who can sign in. */
export function summary(state: RunningState): string[] {
  const { endpoints, functions, people } = state;
  const rows: [string, string][] = [
    ["API", endpoints.API_URL],
    ["Functions", `${endpoints.FUNCTIONS_URL}${functions.length ? `/{${functions}}` : ""}`],
    ["Realtime", endpoints.REALTIME_URL],
    ["Database", endpoints.DB_URL],
    ["Publishable key", endpoints.PUBLISHABLE_KEY],
    ["Secret key", `${endpoints.SECRET_KEY}  ${dim("(server side only)")}`],
    ["JWT secret", endpoints.JWT_SECRET],
  ];
  const emailWidth = Math.max(...people.map(({ email }) => email.length), 0);
  const nameWidth = Math.max(...people.map(({ displayName }) => displayName.length), 0);
  return [
    "",
    ...rows.map(([name, value]) => `  ${bold(name.padEnd(16))} ${value}`),
    ...(people.length === 0 ? [] : [
      "",
      `  ${bold("People to sign in as")}`,
      ...people.map(({ displayName, email, password }) =>
        `    ${displayName.padEnd(nameWidth)}  ${email.padEnd(emailWidth)}  ${password}`
      ),
    ]),
    "",
    `  ${dim("The keys are the same on every machine: for development only.")}`,
  ];
}
