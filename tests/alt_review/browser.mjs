// A Chromium that a test drives step by step. Each line of standard input is one step as JSON, {page, do, value}; each
// line of standard output is its result. Pages have names, so that two people, or two tabs of one person, can work at the
// same time. Run it in the folder in which npm has installed the packages.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";

const require = createRequire(`${process.cwd()}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
const contexts = new Map();
const pages = new Map();

// Each person has a browser profile, so a page that a person opens again has the storage of the earlier page.
async function open(name, { url, person, locale }) {
  if (!contexts.has(person)) contexts.set(person, await browser.newContext({ locale, acceptDownloads: true, bypassCSP: false }));
  const page = await contexts.get(person).newPage();
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && page.faults.push(message.text()));
  pages.set(name, page);
  await page.goto(url);
}

const focus = () => {
  const element = document.activeElement;
  const place = element.closest(".place");
  return {
    tag: element.tagName.toLowerCase(),
    label: element.labels?.[0]?.textContent ?? element.textContent.trim(),
    photo: place?.closest("article").querySelector("h2").textContent ?? null,
    title: place?.querySelector("h3").textContent ?? null,
  };
};

const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] };

const steps = {
  press: (page, keys) => page.keyboard.press(keys),
  type: (page, text) => page.keyboard.type(text),
  click: (page, label) => page.getByRole("button", { name: label }).first().click(),
  choose: (page, label) => page.locator("#show").selectOption({ label }),
  resize: (page, { width, height }) => page.setViewportSize({ width: Number(width), height: Number(height) }),
  // Whether an element of the photo that has the focus, or else of the page, is in sight as a whole.
  sees: (page, selector) => page.evaluate((wanted) => {
    const element = document.activeElement.closest("article")?.querySelector(wanted) ?? document.querySelector(wanted);
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }, selector),
  reload: (page) => page.reload(),
  // Milliseconds of the main thread's processor time that opening the page took.
  async opened(page) {
    const url = page.url();
    const protocol = await page.context().newCDPSession(page);
    await page.goto("about:blank");
    await protocol.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.goto(url);
    return (await protocol.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value * 1000;
  },
  close: (page) => page.close({ runBeforeUnload: false }),
  english: (page) => page.textContent("#said [lang=en]"),
  language: (page) => page.evaluate(() => document.documentElement.lang),
  text: (page) => page.evaluate(() => document.body.innerText),
  focus: (page) => page.evaluate(focus),
  says: (page) => page.textContent("#said"),
  // Waits for words in the page itself: after <main>, a script carries all messages that the page may ever show.
  async until(page, words) {
    const shows = (wanted) => document.querySelector("main").textContent.includes(wanted);
    try {
      await page.waitForFunction(shows, words, { timeout: 20000 });
    } catch (error) {
      throw new Error(`"${words}" did not appear (${error.message}); the page shows ${JSON.stringify(await page.textContent("main"))}`);
    }
  },
  states: (page) => page.$$eval(".state", (states) => states.map((state) => state.textContent)),
  texts: (page) => page.$$eval("textarea", (texts) => texts.map((text) => text.value)),
  shown: (page) => page.$$eval("article", (all) => all.filter((each) => !each.hidden).map((each) => each.querySelector("h2").textContent)),
  count: (page) => page.textContent("#count"),
  faults: (page) => page.faults,
  async download(page, label) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: label }).click()]);
    return { name: download.suggestedFilename(), content: readFileSync(await download.path(), "utf8") };
  },
  async tree(page) {
    const protocol = await page.context().newCDPSession(page);
    return (await protocol.send("Accessibility.getFullAXTree")).nodes
      .filter((node) => !node.ignored && node.name?.value && !/StaticText|InlineTextBox/.test(node.role.value))
      .map((node) => `${node.role.value} ${node.name.value}`);
  },
  async axe(page) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate((rules) => globalThis.axe.run(document, rules), RULES);
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`));
  },
  // Scrolls from the top to the end. Returns two times in milliseconds: the processor time of the main thread for a frame,
  // on which other programs have no influence, and the time of the median frame as a person sees it.
  async scroll(page) {
    const protocol = await page.context().newCDPSession(page);
    await protocol.send("Performance.enable", { timeDomain: "threadTicks" });
    const busy = async () => (await protocol.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value * 1000;
    const before = await busy();
    const frames = await page.evaluate(async () => {
      const found = [];
      let last = performance.now();
      const height = document.documentElement.scrollHeight;
      for (let y = 0; y < height && found.length < 400; y += 300) {
        window.scrollTo(0, y);
        await new Promise(requestAnimationFrame);
        found.push(performance.now() - last);
        last = performance.now();
      }
      return found.sort((a, b) => a - b);
    });
    const photos = await page.locator("article").count();
    return { photos, frames: frames.length, busy: ((await busy()) - before) / frames.length, median: frames[frames.length >> 1] };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { page, do: step, value } = JSON.parse(line);
  let answer;
  try {
    answer = { result: (await (step === "open" ? open(page, value) : steps[step](pages.get(page), value))) ?? null };
  } catch (error) {
    answer = { error: error.message };
  }
  console.log(JSON.stringify(answer));
}
await browser.close();
