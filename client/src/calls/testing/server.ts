import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "@supabase/supabase-js";
import type { LiveWorkoutSupabase } from "../../database.ts";

/** A request as it came over the wire. */
export interface Heard {
  readonly method: string;
  /** Below the address of the project, with the query. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  /** The parsed body; undefined if there was none. */
  readonly body: unknown;
}

/** What the server says to a request. */
export type Reply = (request: Heard, response: ServerResponse) => void;

/** A real HTTP server in the place of a Supabase project, and the real supabase-js talking to it. */
export interface Project {
  readonly url: string;
  readonly supabase: LiveWorkoutSupabase;
  readonly heard: Heard[];
  /** What is said from now on. */
  reply: Reply;
  close(): Promise<void>;
}

/** Starts the server on a free port. Nobody is signed in, which it does not mind. */
export async function startProject(): Promise<Project> {
  const server = createServer((request, response) => {
    const parts: Uint8Array[] = [];
    request.on("data", (part: Uint8Array) => parts.push(part));
    request.on("end", () => {
      const text = Buffer.concat(parts).toString();
      const heard = {
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body: text === "" ? undefined : JSON.parse(text),
      };
      project.heard.push(heard);
      project.reply(heard, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const supabase = createClient(url, "sb_publishable_test", {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const project: Project = {
    url,
    supabase,
    heard: [],
    reply: json(200, {}),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return project;
}

/** Says this, as JSON. */
export function json(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Reply {
  return (_, response) => {
    // Where there is nothing, nothing has a type.
    const type = status === 204 ? {} : { "content-type": "application/json" };
    response.writeHead(status, { ...type, ...headers });
    response.end(status === 204 ? undefined : JSON.stringify(body));
  };
}

/** Says this, as text. */
export function text(status: number, body: string, contentType = "text/html"): Reply {
  return (_, response) => {
    response.writeHead(status, { "content-type": contentType });
    response.end(body);
  };
}

/** Breaks the connection off instead of answering. */
export const hangUp: Reply = (_, response) => void response.socket?.destroy();

/** Hears the request and says nothing. */
export const silence: Reply = () => {};

/** Each time the next of these, the last one over and over. */
export function inTurn(...replies: Reply[]): Reply {
  return (request, response) => {
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    reply?.(request, response);
  };
}

/** What Auth answers when somebody signs in, or their token is renewed. */
export function session(id: string, expiresInSeconds: number) {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const exp = Math.floor(Date.now() / 1000) + expiresInSeconds;
  return {
    access_token: `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: id, exp })}.c2lnbmF0dXJl`,
    token_type: "bearer",
    expires_in: expiresInSeconds,
    expires_at: exp,
    refresh_token: "refresh",
    user: { id, aud: "authenticated", app_metadata: {}, user_metadata: {}, created_at: "" },
  };
}
