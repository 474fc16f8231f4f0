// What the pages do with script, each of which they can do without: telling the page that shows them what happens,
// searching while someone types, and going on when there is news.
"use strict";

const speech = document.getElementById("speech")?.dataset;
const read = (text) => (text ? JSON.parse(text) : []);

/** Tells of messages: an app by navigations, one after another, a page by posting them to its site and to no other. */
function say(messages) {
  messages.forEach(({ type, metadata }, place) => {
    if (speech.app) {
      const address = type.replace(/^mx\//, `${speech.app}://`);
      const text = encodeURIComponent(JSON.stringify(metadata));
      setTimeout(() => location.assign(`${address}?metadata=${text}`), place * 50);
      return;
    }
    if (!speech.target) {
      return;
    }
    const message = speech.version === "4"
      ? { mx: true, type, metadata }
      : JSON.stringify({ moneyDesktop: true, type, payload: metadata, timeStamp: Date.now() });
    for (const other of new Set([window.parent, window.opener])) {
      if (other && other !== window) {
        other.postMessage(message, speech.target);
      }
    }
  });
}

/** What a message says: MX's embedding kit sends text, others objects. */
function objectOf(data) {
  try {
    return typeof data === "string" ? JSON.parse(data) : data;
  } catch {
    return null;
  }
}

/** What the browser keeps under a name while the visit lasts, as far as it keeps anything; `next` takes its place. */
function kept(name, next) {
  try {
    const before = sessionStorage.getItem(name);
    sessionStorage.setItem(name, next);
    return before;
  } catch {
    return null;
  }
}

/** A minute: how often the page around hears that someone is at work here. */
const AT_WORK = 60000;

/** Tells that someone is at work here, so that the page around does not take them for gone. */
function keepAwake(ids) {
  let last = Number(kept("told", 0)) || 0;
  // A page that was just opened is at work as well.
  let isUsed = true;
  const tell = () => {
    if (isUsed && document.visibilityState === "visible" && Date.now() - last >= AT_WORK) {
      say([{ type: "mx/ping", metadata: ids }]);
      last = Date.now();
      isUsed = false;
    }
    kept("told", last);
  };
  for (const sign of ["keydown", "pointerdown", "scroll"]) {
    addEventListener(sign, () => { isUsed = true; }, { capture: true, passive: true });
  }
  tell();
  setInterval(tell, 5000);
}

if (speech) {
  const messages = read(speech.messages);
  const before = kept("step", speech.step);
  const ids = messages[0] && { user_guid: messages[0].metadata.user_guid, session_guid: messages[0].metadata.session_guid };
  if (ids && before && before !== speech.step) {
    messages.push({ type: "mx/connect/stepChange", metadata: { ...ids, previous: before, current: speech.step } });
  }
  // The first has no type: it holds what all of them have in common.
  say(messages.filter(({ type }) => type));
  /** Tells of what someone does; an app hears by navigations, which must not break off the one that was asked for. */
  const sayFirst = (event, text, go) => {
    const told = read(text);
    say(told);
    if (speech.app && told.length > 0) {
      event.preventDefault();
      setTimeout(go, told.length * 50 + 100);
    }
  };
  document.addEventListener("submit", (event) => {
    sayFirst(event, event.target.dataset.say, () => event.target.submit());
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-say]");
    if (link && "stays" in link.dataset) {
      event.preventDefault();
      say(read(link.dataset.say));
    } else if (link) {
      sayFirst(event, link.dataset.say, () => location.assign(link.href));
    }
  });
  keepAwake(ids);
  addEventListener("message", ({ origin, data }) => {
    const asked = origin === speech.target ? objectOf(data) : null;
    if (asked?.type !== "mx/navigation" || (asked.payload ?? asked).action !== "back") {
      return;
    }
    const back = document.querySelector("a[data-back]");
    say([{ type: "mx/navigation", metadata: { ...ids, did_go_back: Boolean(back) } }]);
    back?.click();
  });
}

const search = document.getElementById("search");
if (search) {
  const found = document.getElementById("found");
  let waiting;
  let asked = 0;
  search.q.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const number = ++asked;
      const address = new URL(search.action);
      address.search = new URLSearchParams({ q: search.q.value, part: "1" });
      try {
        const answer = await fetch(address);
        const part = await answer.text();
        if (answer.ok && number === asked) {
          found.innerHTML = part;
          if (speech && search.q.value.trim()) {
            const { user_guid, session_guid } = read(speech.messages)[0].metadata;
            say([{ type: "mx/connect/institutionSearch", metadata: { user_guid, session_guid, query: search.q.value } }]);
          }
        }
      } catch {
        // The network is away; the button still works when it is back.
      }
    }, 300);
  });
}

const poll = document.getElementById("poll");
if (poll) {
  const lost = document.getElementById("lost");
  const ask = async () => {
    let isAway = true;
    try {
      // A server that is out of reach may say nothing at all.
      const signal = AbortSignal.timeout(5000);
      const answer = await fetch(poll.dataset.address, { cache: "no-store", signal });
      if (!answer.ok && answer.status !== 503) {
        location.reload();
        return;
      }
      if (answer.ok && (await answer.json()).state !== poll.dataset.state) {
        location.replace(location.href);
        return;
      }
      isAway = !answer.ok;
    } catch {
      // The network is away; the next try may find it.
    }
    lost.hidden = !isAway;
    setTimeout(ask, 1000);
  };
  setTimeout(ask, 1000);
}

// Each page is a new one: who listens to it hears its title first.
if (document.referrer === "" && window.history.length > 1) {
  document.getElementById("main").focus({ preventScroll: true });
}
