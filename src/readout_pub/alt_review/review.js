// Lets a person decide on each photo. A page that `alt review` serves sends decisions to its server; a worklist in a file
// keeps them in the browser, and saves them as a table. Texts that are not saved yet stay in the browser.
const { key, served, words, columns, rows, decided, refused } = JSON.parse(document.getElementById("worklist").textContent);
const $ = (id) => document.getElementById(id);
const name = $("reviewer");
const said = $("said");
const places = [...document.querySelectorAll(".place")];
const rowOf = new Map(rows.map((row) => [row.id, row]));
// id → the time of the decision that this page shows, what the house rules say about its text, and whether a release
// refuses it.
const detailsOf = new Map(rows.map(({ id }) => [id, { when: decided[id] ?? "", remarks: "", isRefused: refused.includes(id) }]));
const placeOf = new Map(places.map((place) => [place.dataset.id, place]));

let failing = false; // whether the server has not answered the last decision

const KEEP_AFTER = 400; // milliseconds without a keystroke before a text is kept: typing must not wait for the disk
const POLL_EVERY = 10000; // milliseconds between two requests for what others have decided

// ── what the browser keeps ───────────────────────────────────────────────────────────────────────────────────────────

// {reviewer, decisions: {id: decision}, texts: {id: text}}; `decisions` are those that no server and no file has yet.
const kept = { reviewer: "", decisions: {}, texts: {} };
let keeps = true;

function recall() {
  try {
    Object.assign(kept, JSON.parse(localStorage.getItem(key)) ?? {});
  } catch {
    keeps = false;
  }
}

function keep() {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    keeps = false;
  }
}

// ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────────────

const textOf = (place) => place.querySelector("textarea");
const reasonOf = (place) => place.querySelector("input");
const acceptOf = (place) => place.querySelector("[data-decision=accepted]");
const hasText = (decision) => decision === "described" || decision === "accepted";
// Fills the values into words of the page, which are in the language of its reader.
const fill = (name, values) => words[name].replace(/\{(\w+)\}/g, (_, value) => values[value]);
const join = (...sentences) => sentences.filter(Boolean).join(words.between);
const isRefused = (id) => detailsOf.get(id).isRefused;
const stateOf = ({ id, decision, problem }) => {
  if (decision) return decision === "expert" ? "expert" : isRefused(id) ? "open" : "decided";
  return problem ? "open" : "fine";
};

// `error` is a message of the program, which is in English.
function say(sentence, error = "") {
  said.textContent = sentence;
  if (!error) return;
  const english = document.createElement("span");
  english.lang = "en";
  english.textContent = error;
  said.append(words.between, english);
}

function showPlace(place) {
  const row = rowOf.get(place.dataset.id);
  const unsaved = place.dataset.id in kept.texts;
  for (const button of place.querySelectorAll("[data-decision]")) {
    button.setAttribute("aria-pressed", String(button.dataset.decision === row.decision));
  }
  const state = place.querySelector(".state");
  const { remarks } = detailsOf.get(row.id);
  const who = row.decision ? fill("decided_by", { decision: words[row.decision], reviewer: row.reviewer }) : words[stateOf(row)];
  const waits = served && row.id in kept.decisions;
  const more = unsaved ? words.unsaved : waits ? (failing ? words.no_answer : words.saving) : "";
  state.textContent = join(who, isRefused(row.id) ? words.refused : "", remarks, more);
  place.dataset.state = stateOf(row);
  if (isRefused(row.id) || row.decision === "accepted") acceptOf(place).hidden = false;
}

function showProgress() {
  const count = (state) => rows.filter((row) => stateOf(row) === state).length;
  const [done, waiting, all] = [count("decided"), count("expert"), rows.length - count("fine")];
  $("progress").max = Math.max(all, 1);
  $("progress").value = all ? done : 1;
  $("count").textContent = fill(waiting ? "progress_waiting" : "progress", { done, all, waiting });
}

// A photo that has just been decided stays shown until the reader chooses again which photos to see: what has the focus
// must not vanish.
function showOnly(which) {
  for (const place of places) {
    place.hidden = which !== "all" && which !== stateOf(rowOf.get(place.dataset.id));
  }
  for (const article of document.querySelectorAll("article")) {
    article.hidden = ![...article.querySelectorAll(".place")].some((place) => !place.hidden);
  }
  const shown = places.filter((place) => !place.hidden).length;
  say(fill(shown === places.length ? "shown_all" : "shown_some", { shown, all: places.length }));
}

// ── deciding ─────────────────────────────────────────────────────────────────────────────────────────────────────────

// Returns whether the decision was taken; if not, says why and moves to the field that needs a value.
function decide(place, decision, { quietly = false } = {}) {
  const id = place.dataset.id;
  const text = textOf(place).value.trim().replace(/\s+/g, " ");
  if (!name.value.trim()) {
    if (!quietly) complain(name, words.name_first);
    return false;
  }
  if (hasText(decision) && !text) {
    if (!quietly) complain(textOf(place), words.text_first);
    return false;
  }
  if (decision === "accepted" && !reasonOf(place).value.trim()) {
    if (!quietly) complain(reasonOf(place), words.reason_first);
    return false;
  }
  const made = {
    id,
    decision,
    alt: hasText(decision) ? text : "",
    reviewer: name.value.trim(),
    reason: reasonOf(place).value.trim(),
    seen: detailsOf.get(id).when,
  };
  delete kept.texts[id];
  kept.decisions[id] = made;
  keep();
  take(made);
  say(fill("taken", { decision: words[decision], progress: $("count").textContent }));
  if (served) queue(made);
  return true;
}

function leaveText(place) {
  const { decision, alt } = rowOf.get(place.dataset.id);
  if (!hasText(decision) || textOf(place).value !== alt) {
    decide(place, "described", { quietly: true });
  } else {
    delete kept.texts[place.dataset.id];
    keep();
    showPlace(place);
  }
}

// The sentence also stands beside the field: in small windows the bar with all messages may be out of sight.
function complain(field, sentence) {
  say(sentence);
  const state = field.closest(".place")?.querySelector(".state");
  if (state) state.textContent = sentence;
  field.setAttribute("aria-invalid", "true");
  field.focus();
}

// Takes back what `complain` has said, once the reader has changed the field or has left the place.
function withdraw(field) {
  if (!field.hasAttribute("aria-invalid")) return;
  field.removeAttribute("aria-invalid");
  say("");
  const place = field.closest(".place");
  if (place) showPlace(place);
}

function leave(place) {
  place?.querySelectorAll("[aria-invalid]").forEach(withdraw);
}

// Shows a decision of this person or of another.
function take(made) {
  const place = placeOf.get(made.id);
  if (!place) return;
  const { decision, alt, reviewer, reason } = made;
  Object.assign(rowOf.get(made.id), { decision, alt, reviewer, reason });
  detailsOf.set(made.id, { when: made.when ?? made.seen, remarks: made.remarks ?? "", isRefused: made.refused ?? false });
  if (hasText(made.decision) && !(made.id in kept.texts)) textOf(place).value = made.alt;
  if (made.reason) reasonOf(place).value = made.reason;
  showPlace(place);
  showProgress();
}

// The next place that needs a decision after `place`, from the top if there is none below; null if no other place needs one.
function nextOpen(place) {
  const start = places.indexOf(place) + 1;
  const order = [...places.slice(start), ...places.slice(0, start)];
  return order.find((each) => !each.hidden && each !== place && stateOf(rowOf.get(each.dataset.id)) === "open") ?? null;
}

// Moves so that the photo and the field are in sight, if there is room for both.
function goTo(place) {
  const article = place.closest("article");
  const fits = article.getBoundingClientRect().height < window.innerHeight;
  const isFirst = place === article.querySelector(".place:not([hidden])");
  (isFirst ? article : place).scrollIntoView({ block: fits ? "center" : "start" });
  textOf(place).focus();
}

function goOn(place) {
  leave(place);
  const next = nextOpen(place);
  if (next) goTo(next);
  else say(fill("none_left", { progress: $("count").textContent }));
}

function goBack(place) {
  leave(place);
  const shown = places.filter((each) => !each.hidden);
  const before = shown[shown.indexOf(place) - 1];
  if (before) goTo(before);
}

const act = {
  t: (place) => decide(place, "described") && goOn(place),
  d: (place) => decide(place, "decorative") && goOn(place),
  c: (place) => place.querySelector("[data-decision=caption]").disabled || (decide(place, "caption") && goOn(place)),
  a: (place) => acceptOf(place).hidden || (decide(place, "accepted") && goOn(place)),
  e: (place) => decide(place, "expert") && goOn(place),
  w: (place) => decide(place, "withheld") && goOn(place),
  n: goOn,
  p: goBack,
};

function share(article) {
  const [first, ...others] = article.querySelectorAll(".place");
  const { decision } = rowOf.get(first.dataset.id);
  if (!decision) return complain(textOf(first), words.decide_first);
  for (const place of others) {
    textOf(place).value = textOf(first).value;
    if (decision === "accepted") reasonOf(place).value = reasonOf(first).value;
    if (decision !== "caption" || !place.querySelector("[data-decision=caption]").disabled) decide(place, decision);
  }
  return true;
}

// Fills in a proposed text, for this person to read and to save.
function propose(place, text) {
  textOf(place).value = text;
  kept.texts[place.dataset.id] = text;
  keep();
  showPlace(place);
  textOf(place).focus();
}

const list = $("photos");
list.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.decision) decide(button.closest(".place"), button.dataset.decision);
  if (button?.dataset.act === "share") share(button.closest("article"));
  if (button?.dataset.act === "take") propose(button.closest(".place"), button.value);
});

list.addEventListener("keydown", (event) => {
  const place = event.target.closest(".place");
  if (!place || event.isComposing) return;
  const isText = event.target.matches("textarea");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    act.t(place);
  } else if (isText && event.key === "Escape") {
    event.preventDefault();
    place.querySelector("[data-decision]").focus();
  } else if (event.target.matches("[data-decision]") && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const action = act[event.key.toLowerCase()];
    if (action) {
      event.preventDefault();
      action(place);
    }
  }
});

let soon;
list.addEventListener("input", (event) => {
  const place = event.target.closest(".place");
  withdraw(event.target);
  if (!event.target.matches("textarea")) return;
  kept.texts[place.dataset.id] = event.target.value;
  clearTimeout(soon);
  soon = setTimeout(() => { keep(); showPlace(place); }, KEEP_AFTER);
});

// Leaving the field of a text saves the text, unless the key that was pressed has saved it.
// Whoever empties the field has to choose another decision.
list.addEventListener("change", (event) => {
  const place = event.target.closest(".place");
  if (event.target.matches("textarea")) leaveText(place);
  else if (rowOf.get(place.dataset.id).decision) decide(place, rowOf.get(place.dataset.id).decision, { quietly: true });
});

name.addEventListener("input", () => {
  withdraw(name);
  kept.reviewer = name.value;
  keep();
});
$("who").addEventListener("submit", (event) => {
  event.preventDefault();
  goOn(null);
});
$("show").addEventListener("change", (event) => showOnly(event.target.value));
let current = null; // the place that had the focus last
list.addEventListener("focusin", (event) => { current = event.target.closest(".place") ?? current; });
$("next").addEventListener("click", () => goOn(current));

// ── with a server ────────────────────────────────────────────────────────────────────────────────────────────────────

let sent = Promise.resolve();

// Decisions arrive in the order in which they were made.
function queue(made) {
  sent = sent.then(() => send(made));
  return sent;
}

async function send(made) {
  const { id } = made;
  let answer, got;
  try {
    answer = await fetch("decisions", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(made),
      keepalive: true,
    });
    got = await answer.json();
  } catch {
    failing = true;
    say(words.no_answer);
    showPlace(placeOf.get(id));
    return;
  }
  if (failing) say(words.answers_again);
  failing = false;
  if (!answer.ok && answer.status !== 409) {
    say(words.not_saved, got.error);
    return;
  }
  const isLast = kept.decisions[id] === made;
  if (isLast) delete kept.decisions[id];
  keep();
  if (answer.status === 409) conflict(made, got);
  else if (isLast) {
    take(got);
    if (got.remarks) say(fill("remarks", { photo: placeOf.get(id).closest("article").querySelector("h2").textContent, remarks: got.remarks }));
  }
}

// Another person has decided since this page showed the photo: this person chooses, and both texts stay in the file.
function conflict(mine, theirs) {
  const place = placeOf.get(mine.id);
  take(theirs);
  const box = document.createElement("p");
  box.className = "conflict";
  const quoted = ({ decision, alt }) => fill(alt ? "quoted" : "quoted_without_text", { decision: words[decision], alt });
  box.append(fill("conflict", { reviewer: theirs.reviewer, theirs: quoted(theirs), mine: quoted(mine) }), " ");
  const answers = {
    [words.keep_theirs]: () => {},
    [words.take_mine]: () => { const again = { ...mine, seen: theirs.when }; kept.decisions[mine.id] = again; keep(); take(again); queue(again); },
  };
  for (const [label, then] of Object.entries(answers)) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(label);
    button.addEventListener("click", () => { then(); box.remove(); textOf(place).focus(); say(""); });
    box.append(button, " ");
  }
  place.append(box);
  say(box.firstChild.textContent);
}

async function ask() {
  if (document.hidden) return;
  for (const made of Object.values(kept.decisions)) await queue(made);
  let answer, got;
  try {
    answer = await fetch("decisions");
    got = await answer.json();
  } catch {
    return; // `send` tells people that the program does not answer; without a decision nothing is lost
  }
  if (!answer.ok) say("", got.error);
  else for (const each of got) if (!(each.id in kept.decisions) && detailsOf.get(each.id)?.when !== each.when) take(each);
}

// ── without a server ─────────────────────────────────────────────────────────────────────────────────────────────────

// Spreadsheet programs run cells as formulas; the same rule as in csv_cells.py.
const FORMULA = /(^|[;\t\r\n])(?=(?:[^\S\t\r\n]|["'])*[=+\-@＝＋－＠\t\r])/g;
const cell = (text) => `"${text.replace(FORMULA, "$1'").replaceAll('"', '""')}"`;

function csv() {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

function save(content, type, suffix) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = `worklist-decided.${suffix}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  exported = JSON.stringify(kept.decisions);
  say(fill("downloaded", { file: link.download }));
}

let exported = JSON.stringify({});

// The same file in another tab has kept something: what it decided is shown here too, so that neither tab writes over
// the decisions of the other.
function adopt({ decisions = {} }) {
  for (const made of Object.values(decisions)) {
    if (JSON.stringify(made) === JSON.stringify(kept.decisions[made.id])) continue;
    kept.decisions[made.id] = made;
    delete kept.texts[made.id];
    take(made);
  }
}

// ── start ────────────────────────────────────────────────────────────────────────────────────────────────────────────

recall();
name.value = kept.reviewer;
for (const made of Object.values(kept.decisions)) take(made);
for (const [id, text] of Object.entries(kept.texts)) if (placeOf.has(id)) textOf(placeOf.get(id)).value = text;
places.forEach(showPlace);
showProgress();
if (served) {
  ask();
  setInterval(ask, POLL_EVERY);
  window.addEventListener("focus", ask);
} else {
  exported = JSON.stringify(kept.decisions);
  $("csv").addEventListener("click", () => save(csv(), "text/csv", "csv"));
  $("json").addEventListener("click", () => save(`${JSON.stringify(rows, null, 1)}\n`, "application/json", "json"));
  window.addEventListener("beforeunload", (event) => {
    if (!keeps && JSON.stringify(kept.decisions) !== exported) event.preventDefault();
  });
  window.addEventListener("storage", (event) => {
    if (event.key === key && event.newValue) adopt(JSON.parse(event.newValue));
  });
}
// A text that is being typed when the page is closed is saved like a text that was left.
window.addEventListener("pagehide", () => {
  const place = document.activeElement?.closest?.(".place");
  if (place && place.dataset.id in kept.texts) decide(place, "described", { quietly: true });
  keep();
});
