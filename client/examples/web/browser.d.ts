// The page runs in a browser; whoever checks it together with other code may not know.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
