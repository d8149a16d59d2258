import WebSocket from "ws";

// supabase-js needs one; Node has its own from version 22 on.
globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket;
