// Copies what pages load from node_modules into assets/built, which is served and never committed.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const from = "node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js";
const to = "assets/built/govuk-frontend.min.js";

mkdirSync("assets/built", { recursive: true });
// The source map is not served, so a comment that names it would be a missing file.
writeFileSync(to, readFileSync(from, "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, ""));
