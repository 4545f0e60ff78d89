// Prints the accessibility tree of pages. Reads one path per line from standard input; answers each with one line of
// JSON: the nodes of Chrome's DevTools protocol. Run it in the folder in which npm has installed the packages.

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
const protocol = await page.context().newCDPSession(page);
for await (const file of createInterface({ input: process.stdin })) {
  await page.goto(pathToFileURL(file).href);
  console.log(JSON.stringify((await protocol.send("Accessibility.getFullAXTree")).nodes));
}
await browser.close();
