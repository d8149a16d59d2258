import { itDescribesItself } from "../_shared/testing/function-checks.ts";
import { createInvitationsApp } from "./app.ts";

await itDescribesItself({
  name: "invitations",
  create: createInvitationsApp,
  folder: new URL("./", import.meta.url),
  routes: [
    "DELETE /invitations/links/{id}",
    "DELETE /invitations/{id}",
    "GET /invitations",
    "POST /invitations",
    "POST /invitations/links",
    "POST /invitations/links/redeem",
    "POST /invitations/{id}/accept",
    "POST /invitations/{id}/decline",
  ],
});
