// Opens the overview of an archive in Chromium, clicks headings, types words and resizes the window. Reads the path of a
// page from each line of standard input, and writes a line of JSON with what was shown. Run it in the folder in which npm
// has installed the packages.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.cwd()}/`);
const { chromium } = require("playwright-core");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
const page = await browser.newPage({ offline: true });

const titles = () => page.$$eval("tbody tr:not([hidden]) th", (cells) => cells.map((cell) => cell.textContent));
const status = () => page.textContent("[role=status]");
const caption = () => page.textContent("caption");
const sorted = () => page.$$eval("th[aria-sort]", (cells) => cells.map((cell) => [cell.textContent, cell.ariaSort]));

// Returns how many pixels the page is wider than the window, whether a link to a readout is in sight, and heights.
function layout() {
  const height = (element) => Math.round(element.getBoundingClientRect().height);
  return {
    overflow: Math.max(...["html", ".scroll"].map((name) => document.querySelector(name)).map((part) => part.scrollWidth - part.clientWidth)),
    titleSeen: document.querySelector("tbody th a").getBoundingClientRect().bottom < window.innerHeight,
    rows: [...document.querySelectorAll("tbody tr")].map(height),
    targets: [...document.querySelectorAll(".files > a")].map(height),
  };
}

// Resolves when the browser has painted the page in its new size.
const untilPainted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

for await (const file of createInterface({ input: process.stdin })) {
  await page.goto(pathToFileURL(file).href);
  const seen = [{ titles: await titles(), status: await status(), sorted: await sorted(), caption: await caption() }];
  const look = async () => seen.push({ titles: await titles(), status: await status(), sorted: await sorted(), caption: await caption() });
  await page.getByRole("button", { name: "Title" }).click();
  await look();
  await page.getByRole("button", { name: "Title" }).press("Enter");
  await look();
  await page.getByRole("searchbox").fill("FISH 2031");
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent.includes(" of "));
  await look();
  await page.getByRole("searchbox").fill("");
  await page.waitForFunction(() => !document.querySelector("[role=status]").textContent.includes(" of "));
  const layouts = [];
  for (const width of [320, 360, 800, 1280]) {
    await page.setViewportSize({ width, height: 740 });
    await page.evaluate(untilPainted);
    layouts.push({ width, ...(await page.evaluate(layout)) });
  }
  seen.push(layouts);
  console.log(JSON.stringify(seen));
}
await browser.close();
