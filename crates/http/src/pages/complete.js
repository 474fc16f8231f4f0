// Tells the window that opened this one how the way to the institution ended, and closes this one.
"use strict";

const end = document.getElementById("end").dataset;
const metadata = { user_guid: end.user, member_guid: end.member };
if (end.reason) {
  metadata.error_reason = end.reason;
}
const type = `mx/connect/oauthComplete/${end.reason ? "error" : "success"}`;
// To whichever window opened this one: the message holds ids only, which are worth nothing without a session.
for (const other of new Set([window.opener, window.parent])) {
  if (other && other !== window) {
    other.postMessage({ mx: true, type, metadata }, "*");
  }
}

const button = document.getElementById("close");
button.hidden = false;
button.addEventListener("click", () => window.close());
if (window.opener && !end.reason) {
  window.close();
}
