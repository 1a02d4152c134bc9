// The queue follows what happens: when the hub says that something moved, the list is fetched again. Without it the
// page works as before. One connection, and only while the page is seen: a browser has six for a site.
"use strict";
(() => {
  const parts = ["nav.views", ".list-head h1", ".queue .card", ".queue .pager"];
  const together_ms = 1000;
  let source = null;
  let waiting = null;

  async function fetchAgain() {
    waiting = null;
    if (document.hidden) return;
    const answer = await fetch(location.href, { redirect: "error" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of parts) {
      const [now, then] = [document.querySelector(part), fresh.querySelector(part)];
      // Whoever is on a link there would lose his place.
      if (now && then && !now.contains(document.activeElement)) now.replaceWith(then);
    }
  }

  function moved() {
    if (waiting === null) waiting = setTimeout(() => fetchAgain().catch(() => {}), together_ms);
  }

  function listen() {
    if (document.hidden) {
      if (source !== null) source.close();
      source = null;
    } else if (source === null) {
      source = new EventSource("/api/live");
      source.addEventListener("moved", moved);
      source.addEventListener("resync", moved);
    }
  }

  document.addEventListener("visibilitychange", () => {
    listen();
    // What moved while nobody looked was not heard.
    if (!document.hidden) moved();
  });
  listen();
})();
