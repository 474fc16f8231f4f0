// Keeps the overview up to date: fetches the part of the page that changes, and puts it into its place.
"use strict";

const live = document.querySelector("[data-live]");
const PAUSE = 10000;

async function refresh() {
  if (document.visibilityState !== "visible") return;
  // What somebody reads by keyboard or has opened is not taken away.
  if (live.contains(document.activeElement)) return;
  const answer = await fetch(live.dataset.live, { credentials: "same-origin", redirect: "manual" });
  if (answer.type === "opaqueredirect") {
    location.reload();
    return;
  }
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const open = [...live.querySelectorAll("details")].map((one) => one.open);
  live.replaceChildren(...page.body.childNodes);
  live.querySelectorAll("details").forEach((one, index) => { one.open = open[index] ?? false; });
}

if (live) {
  setInterval(() => refresh().catch(() => {}), PAUSE);
}
