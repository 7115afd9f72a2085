// Counts down from what the server said was left. Announced twice to those who listen: a minute before the end, and
// at it. Without this script the page says until when.
(() => {
  const clock = document.getElementById("clock"), told = document.getElementById("over");
  const form = document.getElementById("step-form"), look = document.getElementById("look-up");
  if (look) look.addEventListener("submit", (event) => event.preventDefault()); // results stand below as one types
  const first = form && form.querySelector(".code-entry");
  if (first && (document.getElementById("not-yet") || matchMedia("(min-width: 56.25rem)").matches)) first.focus({ preventScroll: true });
  const open = document.querySelector(".tab-radio:checked");
  if (open) document.querySelector(`label[for="${open.id}"]`).scrollIntoView({ block: "nearest", inline: "center" });
  if (!clock) return;
  const left = document.getElementById("clock-left"), end = Date.now() + clock.dataset.left * 1000;
  let before = Infinity;
  const tick = () => {
    const seconds = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (before > 60 && seconds <= 60 && seconds > 0 && before !== Infinity) told.textContent = "One minute left.";
    if (seconds === 0) {
      told.textContent = "Time is over. What you hand in now is marked, and does not count.";
      document.getElementById("hand-in").textContent = "Hand in";
      return;
    }
    before = seconds;
    setTimeout(tick, 250);
  };
  tick();
})();
