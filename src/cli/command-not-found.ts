import type { Hook } from "@oclif/core/hooks";
import { Failure } from "./failure.js";
import { nearestWord } from "./nearest-word.js";

/** Says what was probably meant when the first word is not a command. */
const commandNotFound: Hook.CommandNotFound = async ({ id, argv, config }) => {
  const [word = "", ...rest] = [...id.split(":"), ...(argv ?? [])];
  const commands = config.commands.filter((command) => !command.hidden).map((command) => command.id);
  const nearest = nearestWord(word, commands);
  if (nearest !== undefined) {
    throw new Failure(`${word} is not a command`, `Did you mean: oomlog ${[nearest, ...rest].join(" ")}`);
  }
  throw new Failure(`${word} is not a command`, `To explain a log: oomlog explain ${[word, ...rest].join(" ")}`);
};

export default commandNotFound;
