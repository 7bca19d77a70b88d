// Builds the sheet and the script the site serves. The result is committed, so a city needs no Node.js;
// built.json keeps the hash of what it was made from, and a test compares.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const OUT = "../src/huiqi/foundation/look/static/look";

await build({
  entryPoints: ["css/site.css", "js/site.js", "js/worker/worker.js", "js/worker/farewell.js"],
  entryNames: "[name]",
  outdir: OUT,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome105", "safari15.4", "firefox121"],
  legalComments: "none",
  logLevel: "warning",
});

const sources = ["package.json", "package-lock.json", "build.mjs", ...under("css"), ...under("js")].sort();
const hash = createHash("sha256");
for (const path of sources) hash.update(`${path}\0`).update(readFileSync(path)).update("\0");
writeFileSync("built.json", `${JSON.stringify({ sources: hash.digest("hex") })}\n`);

function under(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
