// Tests WCAG criteria that axe-core does not test: reflow, resized text, text spacing, focus order, visible focus.
// Reads one path per line from standard input; answers each with one line of JSON, a list of {rule, severity, message,
// where}. Run it in the folder in which npm has installed the packages.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.cwd()}/`);
const { chromium } = require("playwright-core");

const DESKTOP = { width: 1280, height: 900 };
// 1280 CSS pixels at 200 % and at 400 %, the widths that WCAG 1.4.4 and 1.4.10 refer to.
const [HALF, NARROW] = [{ width: 640, height: 450 }, { width: 320, height: 640 }];

// Doubles the text size alone: our style sheets use rem, so it is enough to double the size of the root.
const LARGER = () => {
  const root = document.documentElement;
  root.style.setProperty("font-size", `${2 * parseFloat(getComputedStyle(root).fontSize)}px`, "important");
};
const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }`;

// WCAG 1.4.4 (resize text), 1.4.10 (reflow), 1.4.12 (text spacing).
const CHANGES = [
  { rule: "reflow", name: "at 320 px", size: NARROW },
  { rule: "resize-text", name: "at 200 %", size: HALF },
  { rule: "resize-text", name: "with text of 200 %", size: DESKTOP, change: (page) => page.evaluate(LARGER) },
  { rule: "text-spacing", name: "with wider spacing", size: DESKTOP, change: (page) => page.addStyleTag({ content: SPACED }) },
  {
    rule: "text-spacing",
    name: "with wider spacing at 320 px",
    size: NARROW,
    change: (page) => page.addStyleTag({ content: SPACED }),
  },
];

const LIGHT = { media: "screen", colorScheme: "light", forcedColors: "none", reducedMotion: "reduce" };
const COLOURS = [
  { name: "light", media: LIGHT },
  { name: "dark", media: { ...LIGHT, colorScheme: "dark" } },
  { name: "forced colours", media: { ...LIGHT, colorScheme: "dark", forcedColors: "active" } },
];

// ── in the page ──────────────────────────────────────────────────────────────────────────────────────────────────────

// Returns the faults of the current layout: [where, what].
const misfits = () => {
  const place = (element) => element.tagName.toLowerCase() + (element.id ? `#${element.id}` : "");
  const found = [];
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 0) found.push(["html", `the page is ${wide} px too wide`]);
  for (const element of document.body.querySelectorAll("*")) {
    const { overflowX, overflowY } = getComputedStyle(element);
    const cut = (overflow, inner, outer) => /hidden|clip/.test(overflow) && inner > outer + 1;
    if (
      cut(overflowX, element.scrollWidth, element.clientWidth) ||
      cut(overflowY, element.scrollHeight, element.clientHeight)
    ) {
      found.push([place(element), "its text is cut off"]);
    }
  }
  // Two lines of text that overlap by more than a third of their height cannot be read. Ruby readings, superscripts,
  // subscripts and parts of formulas overlap the neighbouring line by design.
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (!text.data.trim() || text.parentElement.closest("ruby, sup, sub, math, .skip")) continue;
    if (!text.parentElement.checkVisibility()) continue; // such as the text of closed details, which has boxes
    const range = document.createRange();
    range.selectNodeContents(text);
    const boxes = [...range.getClientRects()];
    for (const box of boxes) lines.push({ box, element: text.parentElement });
    // Readers may have to scroll a table sideways, but not its caption.
    if (text.parentElement.closest("caption") && boxes.some((box) => box.right > window.innerWidth || box.left < 0)) {
      found.push([place(text.parentElement), "its text is beyond the edge of the screen"]);
    }
    // In a column that is too narrow, a long word such as a digest has only a few characters on each line.
    const word = text.data.trim();
    if (boxes.length > 4 && /^[!-~]+$/.test(word) && word.length < 6 * boxes.length) {
      found.push([place(text.parentElement), `a word is broken into ${boxes.length} lines`]);
    }
  }
  lines.sort((one, other) => one.box.top - other.box.top);
  lines.forEach(({ box, element }, number) => {
    for (let next = number + 1; next < lines.length && lines[next].box.top < box.bottom; next += 1) {
      const other = lines[next].box;
      const width = Math.min(box.right, other.right) - Math.max(box.left, other.left);
      const height = Math.min(box.bottom, other.bottom) - other.top;
      if (width > 2 && height > Math.min(box.height, other.height) / 3) {
        found.push([place(element), `its text and that of ${place(lines[next].element)} overlap`]);
      }
    }
  });
  return found;
};

// A browser lays out `content-visibility: auto` anew only when it paints. Until then, texts of two layouts overlap.
const untilPainted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
// On a busy machine, that takes more than two frames. A true fault is still there after two seconds.
const [ATTEMPTS, PAUSE] = [10, 200];

// Numbers the elements that the Tab key should reach, and returns how many there are.
const reachable = () => {
  document.activeElement.blur();
  const stops = document.querySelectorAll("a[href], button:enabled, input, select, textarea, summary, [tabindex='0']");
  // The Tab key skips what a closed `details` hides.
  return [...stops].filter((element) => element.checkVisibility()).map(
    (element, number) => element.setAttribute("data-stop", number),
  ).length;
};

// Returns the number of the focused element, and why its focus cannot be seen (WCAG 2.4.7 and 2.4.11).
const focused = () => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const rgb = (colour) => (colour.match(/[\d.]+/g) ?? [0, 0, 0]).slice(0, 3).map(Number);
  const light = (colour) => {
    const [r, g, b] = rgb(colour).map((part) => part / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const [one, other] = [style.outlineColor, getComputedStyle(document.body).backgroundColor].map(light);
  const wrong = [];
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) wrong.push("its focus has no outline");
  else if (Math.max(one, other) / Math.min(one, other) < 3) wrong.push("the outline of its focus has too little contrast");
  const box = element.getBoundingClientRect();
  const seen = box.bottom > 0 && box.top < window.innerHeight && box.right > 0 && box.left < window.innerWidth;
  if (!seen) wrong.push("it is out of sight when it has the focus");
  return { stop: Number(element.getAttribute("data-stop") ?? -1), where: element.outerHTML.slice(0, 80), wrong };
};

// ── from outside ─────────────────────────────────────────────────────────────────────────────────────────────────────

const finding = (rule, mode, [where, what]) => ({ rule, severity: "error", message: `${mode}: ${what}`, where });

async function fits(page, file, { rule, name, size, change }) {
  await page.setViewportSize(size);
  await page.emulateMedia(LIGHT);
  await page.goto(pathToFileURL(file).href);
  await change?.(page);
  let found = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    await page.evaluate(untilPainted);
    found = await page.evaluate(misfits);
    if (!found.length) break;
    await page.waitForTimeout(PAUSE);
  }
  return found.map((each) => finding(rule, name, each));
}

async function keyboard(page, { name, media }) {
  await page.setViewportSize(DESKTOP);
  await page.emulateMedia(media);
  const found = [];
  const stops = await page.evaluate(reachable);
  for (let stop = 0; stop < stops; stop += 1) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate(focused);
    if (focus.stop !== stop) found.push(finding("focus-order", name, [focus.where, `the Tab key reaches it as number ${stop + 1}`]));
    found.push(...focus.wrong.map((wrong) => finding("focus-visible", name, [focus.where, wrong])));
  }
  return found;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
const page = await (await browser.newContext({ offline: true, bypassCSP: true })).newPage();
for await (const file of createInterface({ input: process.stdin })) {
  const found = [];
  for (const change of CHANGES) found.push(...(await fits(page, file, change)));
  for (const colours of COLOURS) {
    await page.goto(pathToFileURL(file).href);
    found.push(...(await keyboard(page, colours)));
  }
  console.log(JSON.stringify(found));
}
await browser.close();
