// Keeps what is typed as it is typed, looks codes up and checks them as one types. Without this script buttons do it.
(() => {
  const form = document.getElementById("step-form");
  if (!form) return;
  const saved = document.getElementById("saved");
  let timer = 0, sending = false, again = false;

  const say = (text) => { if (saved) saved.textContent = text; };
  const save = async () => {
    if (sending) { again = true; return; }
    sending = true;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST", body: new FormData(form), headers: { "X-Requested-With": "draft" }, keepalive: true,
      });
      if (answer.ok) {
        form.elements.token.value = (await answer.json()).token;
        say("Saved " + new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
      } else {
        say(answer.status === 409 ? "Handed in elsewhere: reload to see the marking" : "Not saved: use “Save for later”");
      }
    } catch {
      say("Not saved yet: no connection. Trying again.");
      timer = setTimeout(save, 5000);
    }
    sending = false;
    if (again) { again = false; save(); }
  };
  const soon = () => {
    say("Saving…");
    clearTimeout(timer);
    timer = setTimeout(save, 600);
  };
  form.addEventListener("input", (event) => {
    if (!event.target.classList.contains("look-up-box")) soon();
  });
  // On a slow line somebody types before this script is there: what differs from the page as it came is kept too.
  const typed = (part) => part.type !== "hidden" && !part.classList.contains("look-up-box") && (
    part.options ? [...part.options].some((option) => option.selected !== option.defaultSelected) && part.selectedIndex > 0
    : "defaultChecked" in part && ["checkbox", "radio"].includes(part.type) ? part.checked !== part.defaultChecked
    : "defaultValue" in part && part.value !== part.defaultValue);
  if ([...form.elements].some(typed)) soon();

  // Handing in twice by a double click: the second click finds the button asleep. The server marks once in any case.
  // Nothing entered is more often a slip of the thumb than an answer: the first press asks, the second hands in.
  const blank = () => [...new FormData(form)].every(([name, value]) =>
    name === "csrf_token" || name === "token" || name.startsWith("look_up.") || !value.trim());
  let asked = false;
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!asked && form.dataset.bench !== undefined && event.submitter && event.submitter.id === "hand-in" && blank()) {
      event.preventDefault();
      asked = true;
      say("Nothing is entered. Press again to hand it in blank, for no marks.");
      return;
    }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => delete form.dataset.sent);

  // A code in the last box of a list opens another one, as long as the step takes more codes.
  const number = (label, place) => label.replace(/\d+$/, place);
  form.addEventListener("input", (event) => {
    const row = event.target.closest(".code-list li"), list = row && row.parentNode;
    if (!row || row !== list.lastElementChild || !event.target.value || list.children.length >= Number(list.dataset.most)) return;
    const next = row.cloneNode(true);
    next.querySelectorAll("input, select").forEach((part) => {
      part.value = "";
      part.setAttribute("aria-label", number(part.getAttribute("aria-label"), list.children.length + 1));
    });
    list.append(next);
  });

  // A code goes into the first free box of its field; where none is free, into the last.
  const put = (entries, code) => {
    const free = entries.find((entry) => !entry.value.trim()) || entries.at(-1);
    free.value = code;
    free.focus();
    free.dispatchEvent(new Event("input", { bubbles: true }));
    return free.getAttribute("aria-label");
  };

  // Each field of codes has its own box: it searches the code set of that field, and the newest question wins.
  document.querySelectorAll(".look-up").forEach((part) => {
    const box = part.querySelector(".look-up-box"), hits = part.querySelector(".look-up-hits"), encoder = part.querySelector(".open-encoder a");
    const entries = () => [...form.querySelectorAll(".code-entry")].filter((entry) => entry.name === hits.dataset.for);
    let asking = null, wait = 0;
    const wake = () => hits.querySelectorAll(".btn-use, .btn-next").forEach((button) => { button.hidden = false; });
    const show = async () => {
      if (asking) asking.abort();
      asking = new AbortController();
      const address = new URL(hits.dataset.source, location.href);
      address.searchParams.set("look_up", box.value);
      if (encoder) {
        const door = new URL(encoder.href);
        door.searchParams.set(encoder.dataset.term, box.value);
        encoder.href = door;
      }
      try {
        const answer = await fetch(address, { headers: { "X-Requested-With": "look-up", "X-For": "workbench" }, signal: asking.signal });
        if (answer.ok) { hits.innerHTML = await answer.text(); wake(); }
      } catch { /* a newer question took its place */ }
    };
    box.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(show, 150); });
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); show(); } });
    hits.addEventListener("click", (event) => {
      const use = event.target.closest(".btn-use"), next = event.target.closest(".btn-next");
      if (use) put(entries(), use.dataset.code);
      if (next) { box.value = next.dataset.text; box.focus(); show(); }
    });
    wake();
  });

  // Live edits: after a pause in typing codes, the newest question only. The button does the same at once.
  const found = document.getElementById("edits-found");
  if (found) {
    let asking = null, wait = 0;
    const check = async () => {
      if (asking) asking.abort();
      asking = new AbortController();
      try {
        const answer = await fetch(found.dataset.source, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "edits" }, signal: asking.signal });
        if (answer.ok) {
          const open = found.querySelector("details[open]");
          found.innerHTML = await answer.text();
          if (open && found.querySelector("details")) found.querySelector("details").open = true;
        }
      } catch { /* a newer question took its place, or there is no connection: the next pause asks again */ }
    };
    form.addEventListener("input", (event) => {
      if (!event.target.closest(".code-list")) return;
      clearTimeout(wait);
      wait = setTimeout(check, 350);
    });
    document.getElementById("check-codes").addEventListener("click", (event) => { event.preventDefault(); check(); });
    if (form.querySelector(".code-entry") && [...form.querySelectorAll(".code-entry")].some((entry) => entry.value)) check();
  }

  // The encoder in another tab hands a code over by the name of this step.
  if ("BroadcastChannel" in window && form.querySelector(".code-entry")) {
    const channel = new BroadcastChannel("chartroom " + form.dataset.bench);
    channel.onmessage = (event) => {
      if (!event.data.code) return;
      const entries = [...form.querySelectorAll(".code-entry")].filter((entry) => entry.dataset.system === event.data.system);
      channel.postMessage({ told: entries.length ? event.data.code + " stands in the case: " + put(entries, event.data.code).toLowerCase() + "." : "This step asks for no code of that set." });
    };
  }

  // Words marked in the chart go into the answer that asks for them. Without this script they are copied by hand.
  const chart = document.querySelector(".desk");
  let marked = "";
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (chart && selection.rangeCount && chart.contains(selection.anchorNode)) {
      const words = selection.toString().replace(/\s+/g, " ").trim();
      if (words) marked = words;
    }
  });
  form.querySelectorAll(".use-marked").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const box = document.getElementById(button.dataset.for);
      if (!marked) { say("Mark words in a document of the chart first"); return; }
      box.value = marked;
      box.focus();
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
  const problems = document.getElementById("problem-summary");
  if (problems) problems.focus();
})();
