// Keeps what is typed as it is typed, and looks codes up as one types. Without this script buttons do both.
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
  form.addEventListener("input", (event) => {
    if (event.target.name === "look_up") return;
    say("Saving…");
    clearTimeout(timer);
    timer = setTimeout(save, 600);
  });

  // Handing in twice by a double click: the second click finds the button asleep. The server marks once in any case.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => delete form.dataset.sent);

  const box = document.getElementById("look-up-box"), hits = document.getElementById("hits");
  if (box && hits) {
    let asked = 0, wait = 0;
    const show = async () => {
      const mine = ++asked;
      const answer = await fetch(hits.dataset.source + "?look_up=" + encodeURIComponent(box.value), { headers: { "X-Requested-With": "look-up" } });
      if (answer.ok && mine === asked) { hits.innerHTML = await answer.text(); wake(); }
    };
    const wake = () => hits.querySelectorAll(".btn-use").forEach((button) => { button.hidden = false; });
    box.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(show, 150); });
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); show(); } });
    hits.addEventListener("click", (event) => {
      const button = event.target.closest(".btn-use");
      if (!button) return;
      const entries = [...form.querySelectorAll(".code-entry")];
      const free = entries.find((entry) => !entry.value.trim()) || entries.at(-1);
      free.value = button.dataset.code;
      free.focus();
      free.dispatchEvent(new Event("input", { bubbles: true }));
    });
    wake();
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
