// Judges a webhook by the package of npm: reads secret, headers and body as JSON, and fails if they do not fit.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.argv[2] + "/");
const { Webhook } = require("standardwebhooks");

const told = JSON.parse(readFileSync(0, "utf8"));
new Webhook(told.secret).verify(told.body, told.headers);
