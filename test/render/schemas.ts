import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { root } from "../house/imports.js";

/** Commands whose JSON has a schema. */
type Command = "explain" | "list" | "replay" | "stage" | "triage";

/** The published schema of a command's JSON. */
export function schemaOf(command: Command): object {
  return JSON.parse(readFileSync(join(root, `schema/${command}.schema.json`), "utf8"));
}

/** Holds a document against a schema; the errors in words, or an empty list. */
export function validator(command: Command): (document: unknown) => string[] {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  if (command === "stage") ajv.addSchema(schemaOf("explain"));
  const validate: ValidateFunction = ajv.compile(schemaOf(command));
  return (document) => {
    if (validate(document)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}
