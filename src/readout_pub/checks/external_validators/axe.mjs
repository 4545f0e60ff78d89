// Runs axe-core on all pages and in all modes in one Chromium. A request is the path of a page, an answer a line of JSON,
// a list of {rule, severity, message, where, criteria}. npm has installed the packages in the working directory.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.cwd()}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const DESKTOP = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };

const LIGHT = { media: "screen", colorScheme: "light", forcedColors: "none", reducedMotion: "reduce" };
const MODES = [
  { name: "light", size: DESKTOP, media: LIGHT },
  { name: "dark", size: DESKTOP, media: { ...LIGHT, colorScheme: "dark" } },
  { name: "320 px", size: NARROW, media: LIGHT },
  { name: "print", size: DESKTOP, media: { ...LIGHT, media: "print" } },
  { name: "forced colours", size: DESKTOP, media: { ...LIGHT, colorScheme: "dark", forcedColors: "active" } },
];

const TAGS = "wcag2a wcag2aa wcag2aaa wcag21a wcag21aa wcag21aaa wcag22a wcag22aa wcag22aaa best-practice".split(" ");

// By tags alone, axe skips AAA contrast and target size, so every rule is named.
const runAxe = (tags) => {
  const stable = axe.getRules(tags).filter((rule) => !/experimental|deprecated/.test(rule.tags));
  return axe.run(document, { runOnly: stable.map((rule) => rule.ruleId), resultTypes: ["violations"] });
};

// A browser lays out `content-visibility: auto` anew only when it paints; before, boxes of two modes overlap.
const untilPainted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

async function checkInMode(page, mode) {
  await page.setViewportSize(mode.size);
  await page.emulateMedia(mode.media);
  await page.evaluate(untilPainted);
  return findings((await page.evaluate(runAxe, TAGS)).violations, mode.name);
}

async function checkPage(context, file) {
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(axe);
  const found = [];
  for (const mode of MODES) found.push(...(await checkInMode(page, mode)));
  await page.close();
  return found;
}

// The tag "wcag1410" means criterion 1.4.10.
const criteria = (tags) => tags.flatMap((tag) => /^wcag(\d)(\d)(\d+)$/.exec(tag)?.slice(1).join(".") ?? []).join(" ");

function findings(violations, mode) {
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => ({
      rule: violation.id,
      severity: "error",
      message: `${mode}: ${violation.help}: ${node.failureSummary.replace(/\s+/g, " ")}`,
      where: node.target.join(" "),
      criteria: criteria(violation.tags),
    })),
  );
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
const context = await browser.newContext({ offline: true, bypassCSP: true });
for await (const file of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await checkPage(context, file)));
}
await browser.close();
