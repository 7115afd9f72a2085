// Sorts a table by a click on a column's head. The table is whole without this script.
document.querySelectorAll("table[data-sortable]").forEach((table) => {
  const value = (row, i) => {
    const text = row.cells[i].textContent.trim(), number = parseFloat(text);
    return Number.isNaN(number) ? text.toLowerCase() : number;
  };
  [...table.tHead.rows[0].cells].forEach((head, i) => {
    const button = document.createElement("button");
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      [...head.parentNode.cells].forEach((cell) => cell.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows].sort((a, b) => {
        const x = value(a, i), y = value(b, i);
        return typeof x === typeof y ? (x < y ? -1 : x > y ? 1 : 0) : typeof x === "number" ? -1 : 1;
      });
      table.tBodies[0].append(...(down ? rows.reverse() : rows));
    });
  });
});
