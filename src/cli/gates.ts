import type { Triage } from "../model/incident.js";
import { Failure } from "./failure.js";

/** The flags that bound a triage, as typed. */
export interface GateFlags {
  readonly "max-reports"?: string | undefined;
  readonly "max-kills"?: string | undefined;
  readonly "max-incidents"?: string | undefined;
  readonly "max-rate"?: string | undefined;
}

interface Gate {
  readonly flag: keyof GateFlags;
  readonly measure: (triage: Triage) => number;
  readonly what: string;
}

const gates: readonly Gate[] = [
  { flag: "max-reports", measure: ({ totals }) => totals.reports, what: "reports" },
  { flag: "max-kills", measure: ({ totals }) => totals.kills, what: "kills" },
  { flag: "max-incidents", measure: ({ incidents }) => incidents.length, what: "incidents" },
  {
    flag: "max-rate",
    measure: ({ incidents }) => Math.max(0, ...incidents.map(({ ratePerHour }) => ratePerHour ?? 0)),
    what: "reports an hour in one incident",
  },
];

/** What is broken of the bounds that were given, a sentence each; undefined when none was given. */
export function toGates(flags: GateFlags): ((triage: Triage) => string[]) | undefined {
  const given = gates.flatMap((gate) => {
    const typed = flags[gate.flag];
    if (typed === undefined) return [];
    if (!/^[0-9]{1,12}(?:\.[0-9]{1,6})?$/.test(typed)) {
      throw new Failure(`--${gate.flag} ${typed}: not a number`, `Give a number of ${gate.what}: --${gate.flag} 10`);
    }
    return [{ ...gate, most: Number(typed) }];
  });
  if (given.length === 0) return undefined;
  return (triage) =>
    given
      .filter(({ measure, most }) => measure(triage) > most)
      .map(({ flag, measure, most, what }) => `--${flag} ${most}: there are ${measure(triage)} ${what}`);
}
