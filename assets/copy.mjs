// Copies what pages load from node_modules into assets/built, which is served and never committed.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const files = [
  "govuk-frontend/dist/govuk/govuk-frontend.min.js",
  // Only who opens a map loads these three.
  "maplibre-gl/dist/maplibre-gl.mjs",
  "maplibre-gl/dist/maplibre-gl-worker.mjs",
  "maplibre-gl/dist/maplibre-gl.css",
];

mkdirSync("assets/built", { recursive: true });
for (const file of files) {
  const text = readFileSync(`node_modules/${file}`, "utf8");
  // The source map is not served, so a comment that names it would be a missing file.
  const served = text.replace(/\/\/# sourceMappingURL=\S+\s*$/, "");
  writeFileSync(`assets/built/${file.split("/").at(-1)}`, served);
}
