// Results as one types, keys for the list, and codes handed to the case in the other tab. Without it links and buttons do.
(() => {
  const copy = async (code, say) => {
    try { await navigator.clipboard.writeText(code); say(code + " is copied."); } catch { say("This browser does not let pages copy. Type it: " + code); }
  };
  // The case listens on a channel of its own name; it answers where the code went.
  const use = (bench, code, system, say) => {
    const channel = new BroadcastChannel("chartroom " + bench);
    const late = setTimeout(() => { say("The case is not open in another tab any more. Copy the code."); channel.close(); }, 600);
    channel.onmessage = (event) => { if (event.data.told) { clearTimeout(late); say(event.data.told); channel.close(); } };
    channel.postMessage({ code, system });
  };

  document.querySelectorAll(".take").forEach((take) => {
    const { code, system, bench } = take.dataset, told = take.querySelector("[role=status]");
    const say = (text) => { told.textContent = text; };
    take.hidden = false;
    take.querySelector(".take-copy").addEventListener("click", () => copy(code, say));
    const button = take.querySelector(".take-use");
    button.hidden = !bench;
    button.addEventListener("click", () => use(bench, code, system, say));
  });

  const form = document.getElementById("search-form");
  if (!form) return;
  const box = document.getElementById("search-box"), system = document.getElementById("search-system");
  const hits = document.getElementById("search-hits"), empty = document.getElementById("search-empty"), keys = document.getElementById("keys");
  const hint = keys.innerHTML, bench = hits.dataset.bench;
  keys.hidden = false;
  let wait = 0, asking = null;
  const wake = () => {
    hits.querySelectorAll(".btn-next").forEach((button) => { button.hidden = false; });
    if (bench) hits.querySelectorAll(".btn-use").forEach((button) => { button.hidden = false; });
  };
  const show = async () => {
    if (asking) asking.abort();
    asking = new AbortController();
    const address = new URL(form.action);
    new FormData(form).forEach((value, name) => address.searchParams.set(name, value));
    try {
      const answer = await fetch(address, { headers: { "X-Requested-With": "look-up" }, signal: asking.signal });
      if (!answer.ok) return;
      hits.innerHTML = await answer.text();
      empty.hidden = Boolean(box.value.trim());
      keys.innerHTML = hint;
      history.replaceState(null, "", address);
      wake();
    } catch { /* a newer question took its place */ }
  };
  const soon = () => { clearTimeout(wait); wait = setTimeout(show, 120); };
  box.addEventListener("input", soon);
  system.addEventListener("change", show);

  const links = () => [...hits.querySelectorAll(".hits a")];
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && links().length) { event.preventDefault(); links()[0].focus(); }
  });
  hits.addEventListener("keydown", (event) => {
    const all = links(), at = all.indexOf(document.activeElement);
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = all[at].closest("li"), say = (text) => { keys.textContent = text; };
    const moves = { ArrowDown: all[at + 1], ArrowUp: all[at - 1] || box, Home: all[0], End: all.at(-1), Escape: box };
    if (moves[event.key]) { event.preventDefault(); moves[event.key].focus(); }
    if (event.key.toLowerCase() === "c") copy(row.dataset.code, say);
    if (event.key.toLowerCase() === "u" && bench && "whole" in row.dataset) use(bench, row.dataset.code, row.dataset.system, say);
  });
  hits.addEventListener("click", (event) => {
    const next = event.target.closest(".btn-next"), taken = event.target.closest(".btn-use");
    if (next) { box.value = next.dataset.text; box.focus(); show(); }
    if (taken) { const row = taken.closest("li"); use(bench, row.dataset.code, row.dataset.system, (text) => { keys.textContent = text; }); }
  });
  wake();
})();
