// Runs Ace by DAISY on all EPUB files in one browser. A request is the line "EPUB<tab>EMPTY FOLDER", an answer a line of
// JSON, a list of {rule, severity, message, where, criteria}. npm has installed the packages in the working directory.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(`${process.cwd()}/`);
const ace = require("@daisy/ace-core");
const chromium = require("@daisy/ace-axe-runner-puppeteer");

// Ace starts and closes a browser for each book; starting one for all takes a fraction of the time.
const runner = { ...chromium, launch: async () => {}, close: async () => {} };

// Standard output is for the answers alone, so what Ace prints for people goes to standard error.
const answer = (findings) => process.stdout.write(`${JSON.stringify(findings)}\n`);
console.log = console.info = console.error;

// The tag "wcag1410" means criterion 1.4.10.
const criteria = (tags) => tags.flatMap((tag) => /^wcag(\d)(\d)(\d+)$/.exec(tag)?.slice(1).join(".") ?? []).join(" ");

function* findings(report) {
  for (const part of report.assertions) {
    for (const check of part.assertions) {
      const result = check["earl:result"];
      if (result["earl:outcome"] === "fail") {
        yield {
          rule: check["earl:test"]["dct:title"],
          severity: "error",
          message: result["dct:description"].replace(/\s+/g, " "),
          where: part["earl:testSubject"].url,
          criteria: criteria(check["earl:test"].rulesetTags ?? []),
        };
      }
    }
  }
}

await chromium.launch();
for await (const line of createInterface({ input: process.stdin })) {
  const [book, folder] = line.split("\t");
  const options = { cwd: folder, outdir: folder, lang: "en", silent: true, initLogger: true, doNotReportMedia: true };
  try {
    const [, report] = await ace(book, { ...options, fileName: "ace.log" }, runner);
    answer([...findings(report)]);
  } catch (reason) {
    answer([{ rule: "unreadable", severity: "error", message: String(reason?.message ?? reason), where: book }]);
  }
}
await chromium.close();
