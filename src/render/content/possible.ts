import type { AdjProtection, PossibleVictim } from "../../model/what-if.js";
import { processWords, separated, type Words } from "../words.js";

/** At most so many names in a line. */
const NAMES = 4;

/** Who remains possible, and when. */
export function possibleWords(possible: readonly PossibleVictim[]): Words {
  const shown = possible
    .slice(0, NAMES)
    .map(({ pid, name, when }): Words => [...processWords({ pid, name }), ` when ${when}`]);
  return [...separated(shown, "; "), possible.length > NAMES ? `; and ${possible.length - NAMES} more` : ""];
}

/** Who dies in the place of a protected process. */
export function thenWords({ chosenThen, possibleThen }: AdjProtection): Words {
  if (possibleThen.length > 1) return [" Then: ", ...possibleWords(possibleThen)];
  return chosenThen === null ? [] : [" Then ", ...processWords(chosenThen), " dies."];
}
