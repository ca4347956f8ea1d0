import type { Hook } from "@oclif/core/hooks";
import type { Config } from "@oclif/core/interfaces";
import { Failure } from "./failure.js";
import { nearestWord } from "./nearest-word.js";

const commandNotFound: Hook.CommandNotFound = async ({ id, argv, config }) => {
  throw noSuchCommand([...id.split(":"), ...(argv ?? [])], config);
};

/** Says what was probably meant when the first word is not a command. */
export function noSuchCommand([word = "", ...rest]: readonly string[], config: Config): Failure {
  const commands = config.commands.filter((command) => !command.hidden).map((command) => command.id);
  const nearest = nearestWord(word, commands);
  if (nearest !== undefined) {
    return new Failure(`${word} is not a command`, `Did you mean: oomlog ${[nearest, ...rest].join(" ")}`);
  }
  return new Failure(`${word} is not a command`, `To explain a log: oomlog explain ${[word, ...rest].join(" ")}`);
}

export default commandNotFound;
