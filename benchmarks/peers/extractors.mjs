// Runs a peer that is written in JavaScript, with the protocol of extractors.py: `extractors.mjs NAME text|markup`.
// Both peers return only HTML. NODE_PATH is the folder in which npm has installed package-lock.json.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const installed = createRequire(join(process.env.NODE_PATH, "package.json"));
const load = (name) => import(pathToFileURL(installed.resolve(name)).href);

async function readability() {
  const { JSDOM, VirtualConsole } = await load("jsdom");
  const { Readability } = await load("@mozilla/readability");
  const quiet = new VirtualConsole();
  return (raw) => {
    const { window } = new JSDOM(raw, { virtualConsole: quiet });
    const found = new Readability(window.document).parse();
    window.close();
    return found && { title: found.title, date: found.publishedTime, lang: found.lang, html: found.content };
  };
}

async function defuddle() {
  const sniff = (await load("html-encoding-sniffer")).default;
  const { Defuddle } = await import(pathToFileURL(join(process.env.NODE_PATH, "defuddle/dist/node.js")).href);
  return async (raw) => {
    const encoding = typeof sniff === "function" ? sniff(raw) : sniff.default(raw);
    const found = await Defuddle(new TextDecoder(encoding).decode(raw));
    return { title: found.title, date: found.published, lang: found.language, html: found.content };
  };
}

const respond = (found) => process.stdout.write(JSON.stringify(found) + "\n");
console.log = console.info = console.warn = console.debug = console.error; // keeps what libraries print out of the responses

const extract = await { readability, defuddle }[process.argv[2]]();
process.stdout.write("ready\n");
for await (const name of createInterface({ input: process.stdin })) {
  try {
    respond((await extract(readFileSync(name))) ?? {});
  } catch (failure) {
    respond({ error: String(failure).slice(0, 200) });
  }
}
