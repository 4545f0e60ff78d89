// Sorts by the column whose heading is pressed, and shows only the rows that hold every word that was typed.
const body = document.querySelector("tbody");
const rows = Array.from(body.rows, (row) => ({ row, words: row.textContent.toLocaleLowerCase() }));
const box = document.getElementById("words");
const order = document.getElementById("order");
const count = document.getElementById("count");

function show() {
  const words = box.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const each of rows) {
    each.row.hidden = !words.every((word) => each.words.includes(word));
    shown += each.row.hidden ? 0 : 1;
  }
  count.textContent = shown === rows.length ? `${shown} readouts` : `${shown} of ${rows.length} readouts`;
}

// Rows without a value stand last, in ascending and in descending order.
function sort(heading) {
  const way = heading.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
  const column = heading.cellIndex;
  const collator = new Intl.Collator(undefined, { numeric: true });
  for (const each of rows) each.key = each.row.cells[column].textContent;
  rows.sort((a, b) => (a.key === "") - (b.key === "") || collator.compare(a.key, b.key) * (way === "ascending" ? 1 : -1));
  body.append(...rows.map((each) => each.row));
  for (const other of heading.parentNode.cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", way);
  if (column === 0) order.textContent = way === "descending" ? "the newest first" : "the oldest first";
  else order.textContent = `by ${heading.textContent.toLocaleLowerCase()}, ${way}`;
}

for (const heading of document.querySelectorAll("thead th")) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  heading.append(button);
  button.addEventListener("click", () => sort(heading));
}

// Safari takes the role of a table and its parts from their CSS display, which a narrow window changes.
const roles = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", "thead th": "columnheader", "tbody th": "rowheader", td: "cell" };
for (const [selector, role] of Object.entries(roles)) {
  for (const part of document.querySelectorAll(selector)) part.setAttribute("role", role);
}

let soon;
box.addEventListener("input", () => { clearTimeout(soon); soon = setTimeout(show, 150); });
box.form.addEventListener("submit", (event) => event.preventDefault());
box.form.hidden = false;
show();
