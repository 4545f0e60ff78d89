// axe-core in Chromium for all pages and modes in one browser: the path of a page is a line, its answer a line of JSON,
// a list of {rule, severity, message, where, criteria}. The working directory is the one in which npm installed.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.cwd()}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const DESK = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };

const LIGHT = { media: "screen", colorScheme: "light", forcedColors: "none", reducedMotion: "reduce" };
const MODES = [
  { name: "light", size: DESK, media: LIGHT },
  { name: "dark", size: DESK, media: { ...LIGHT, colorScheme: "dark" } },
  { name: "320 px", size: NARROW, media: LIGHT },
  { name: "print", size: DESK, media: { ...LIGHT, media: "print" } },
  { name: "forced colours", size: DESK, media: { ...LIGHT, colorScheme: "dark", forcedColors: "active" } },
];

const TAGS = "wcag2a wcag2aa wcag2aaa wcag21a wcag21aa wcag21aaa wcag22a wcag22aa wcag22aaa best-practice".split(" ");

// Axe leaves out AAA contrast and the size of targets even if their tags are asked for, so every rule is named.
const judge = (tags) => {
  const settled = axe.getRules(tags).filter((rule) => !/experimental|deprecated/.test(rule.tags));
  return axe.run(document, { runOnly: settled.map((rule) => rule.ruleId), resultTypes: ["violations"] });
};

async function look(page, mode) {
  await page.setViewportSize(mode.size);
  await page.emulateMedia(mode.media);
  return told((await page.evaluate(judge, TAGS)).violations, mode.name);
}

async function visit(context, file) {
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(axe);
  const found = [];
  for (const mode of MODES) found.push(...(await look(page, mode)));
  await page.close();
  return found;
}

// The tag "wcag1410" is criterion 1.4.10.
const criteria = (tags) => tags.flatMap((tag) => /^wcag(\d)(\d)(\d+)$/.exec(tag)?.slice(1).join(".") ?? []).join(" ");

function told(violations, mode) {
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
  console.log(JSON.stringify(await visit(context, file)));
}
await browser.close();
