// What turns saved pages into PDF, EPUB and HTML beside us: `printers.mjs percollate|chromium`. Each name of a page on
// standard input is answered by the seconds that each format took, from the file to the finished bytes.
// Libraries are looked for from the folder that NODE_PATH names; PUPPETEER_EXECUTABLE_PATH is the Chromium.

import { mkdtempSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const installed = createRequire(join(process.env.NODE_PATH, "package.json"));
const load = (name) => import(pathToFileURL(installed.resolve(name)).href);
const folder = mkdtempSync(join(tmpdir(), "printers-"));

async function timed(work, output) {
  const start = performance.now();
  await work(output);
  const seconds = (performance.now() - start) / 1000;
  if (!statSync(output).size) throw new Error(`${output} is empty`);
  return seconds;
}

// It starts a Chromium for each PDF, as it does on the command line.
async function percollate() {
  const made = await load("percollate");
  made.configure();
  return async (page) => {
    const seconds = {};
    for (const format of ["html", "epub", "pdf"]) {
      const output = join(folder, `page.${format}`);
      seconds[format] = await timed(() => made[format]([page], { output, sandbox: false }), output);
    }
    return seconds;
  };
}

// One browser and one tab for all pages; no tags and no outline, which would take longer.
async function chromium() {
  const { default: puppeteer } = await load("puppeteer");
  const browser = await puppeteer.launch({ headless: "new", args: ["--no-sandbox"] });
  const tab = await browser.newPage();
  const output = join(folder, "page.pdf");
  return async (page) => ({
    pdf: await timed(async () => {
      await tab.goto(pathToFileURL(page).href);
      await tab.pdf({ path: output, format: "A4" });
    }, output),
  });
}

const tell = process.stdout.write.bind(process.stdout);
const answer = (found) => tell(JSON.stringify(found) + "\n");
process.stdout.write = process.stderr.write.bind(process.stderr); // what a library prints is no answer

const print = await { percollate, chromium }[process.argv[2]]();
tell("ready\n");
for await (const name of createInterface({ input: process.stdin })) {
  try {
    answer(await print(name));
  } catch (failure) {
    answer({ error: String(failure).slice(0, 200) });
  }
}
process.exit(); // and the browser with it
