import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { root } from "../house/imports.js";

/** The published schema of a command's JSON. */
export function schemaOf(command: "explain" | "list" | "replay" | "triage"): object {
  return JSON.parse(readFileSync(join(root, `schema/${command}.schema.json`), "utf8"));
}

/** Holds a document against a schema; the errors in words, or an empty list. */
export function validator(command: "explain" | "list" | "replay" | "triage"): (document: unknown) => string[] {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  const validate: ValidateFunction = ajv.compile(schemaOf(command));
  return (document) => {
    if (validate(document)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}
