// Other converters of saved pages to PDF, EPUB and HTML: `printers.mjs percollate|chromium`. Reads one file name per line
// and prints one line of JSON for each page: the seconds that each format took, from the file to the finished bytes.
// NODE_PATH is the folder in which npm has installed the packages, PUPPETEER_EXECUTABLE_PATH the Chromium.

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

// percollate starts a new Chromium for each PDF, as on its command line.
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

// One browser and one tab for all pages. PDF without tags and without an outline: with them it would take longer.
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

const write = process.stdout.write.bind(process.stdout);
const respond = (found) => write(JSON.stringify(found) + "\n");
process.stdout.write = process.stderr.write.bind(process.stderr); // keeps what libraries print out of the responses

const print = await { percollate, chromium }[process.argv[2]]();
write("ready\n");
for await (const name of createInterface({ input: process.stdin })) {
  try {
    respond(await print(name));
  } catch (failure) {
    respond({ error: String(failure).slice(0, 200) });
  }
}
process.exit(); // closes the browser too
