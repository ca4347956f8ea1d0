import { parseArgs } from "node:util";
import { findKernels, type Kernel, kernels } from "./kernels.js";
import { randomScenario } from "./random.js";
import type { Scenario } from "./scenario.js";
import { scenarios } from "./scenarios/index.js";
import { unique } from "./table.js";

export const usage = `npm run lab -- [--kernel NAME]… [--scenario NAME… | --random N [--seed S] | --brief]
                [--save DIR] [--record [--missing]] [--icount] [--install]
npm run lab -- --saved DIR [--record]
npm run lab -- --ci | --list | --plan | --mirror | --page

Boots Debian kernels in QEMU, makes them run out of memory, and compares oomlog with what they did.
Without options: every named scenario on 6.1-cloud-amd64, a quarter of an hour under emulation.

What runs
  --kernel NAME    a kernel of --list, a version (6.1), a flavour (cloud-amd64), an architecture (arm64), or all
  --scenario NAME  a scenario of --list; NAME* for all that begin so
  --random N       N random scenarios instead of the named ones
  --seed S         seed of the random scenarios (default 1): the same seed makes the same scenarios
  --brief          a fifth of the named scenarios, every kind of them, in two boots
  --ci             one kernel, a few scenarios of every kind: a minute or two
  --icount         under emulation, let the guest's clock follow its instructions: for a busy host, where a machine that
                   gets no processor in time does not finish
  --install        install what is missing on the host with apt (as root)

What becomes of it
  --save DIR       keep each log with its truth
  --saved DIR      compare kept runs again, without booting
  --record         after each kernel, add its results to lab/results/ and write docs/lab-results.md from it
  --missing        leave out what lab/results/ already holds of a kernel: goes on after a break

Without a boot
  --list           kernels and scenarios, or those that the options above choose
  --plan           what the guest is told to do in the scenarios chosen
  --mirror         compare the kernels of --list with those that the mirror offers
  --page           only write docs/lab-results.md from lab/results/

Ends with \`N passed, N failed\`, counted in runs, and with status 1 when one failed: something differs that is not on
the list of known mismatches, or a machine did not run it.
`;

/** Every kind of task, limit, trigger and hidden fact, in two boots: for one kernel more of a version that ran in full. */
const briefNames = [
  ...["g_basic", "g_adj_neg", "g_adj_one", "g_nodump", "g_ties4", "g_root2", "g_alloctask", "g_file", "g_shmpriv"],
  ...["g_pgtables", "g_leaderexit", "g_vmshare", "g_vfork", "g_children", "g_sysrq3", "g_order3", "g_swap_adj"],
  ...["m2_adj", "m2_adj_near", "m2_ties", "m2_nested", "m2_leaderexit", "m2_vfork", "m2_vmshare", "m2_nokill"],
  ...["m2_group", "m2_stuck"],
];
const usualKernel = "6.1-cloud-amd64";
const ciNames = [
  ...["g_basic", "g_adj_neg", "g_ties2", "g_leaderexit", "g_vfork", "g_sysrq3", "g_order3"],
  ...["m2_nested", "m2_group", "m2_nokill"],
];

/** What a command line asks for. */
export interface Request {
  readonly task: "help" | "run" | "compare" | "list" | "plan" | "mirror" | "page";
  readonly kernels: readonly Kernel[];
  readonly scenarios: readonly Scenario[];
  /** Folder that runs are kept in, or from which kept ones are compared. */
  readonly folder: string | null;
  readonly record: boolean;
  /** Only what no record holds yet. */
  readonly missing: boolean;
  readonly icount: boolean;
  readonly install: boolean;
}

/** Something on the command line that cannot be. */
export class UsageError extends Error {}

const options = {
  kernel: { type: "string", multiple: true },
  scenario: { type: "string", multiple: true },
  random: { type: "string" },
  seed: { type: "string" },
  brief: { type: "boolean" },
  ci: { type: "boolean" },
  save: { type: "string" },
  saved: { type: "string" },
  record: { type: "boolean" },
  missing: { type: "boolean" },
  icount: { type: "boolean" },
  install: { type: "boolean" },
  list: { type: "boolean" },
  plan: { type: "boolean" },
  mirror: { type: "boolean" },
  page: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

type Option = keyof typeof options;

/** Of each row at most one. */
const exclusive: readonly (readonly Option[])[] = [
  ["scenario", "random", "brief", "ci"],
  ["kernel", "ci"],
  ["list", "plan", "mirror", "page", "saved", "save"],
  ...(["kernel", "scenario", "random", "brief", "ci", "missing", "install"] as const).flatMap((chosen) =>
    (["saved", "mirror", "page"] as const).map((task) => [task, chosen] as const),
  ),
];

/** An option that means nothing without another. */
const dependent: readonly (readonly [Option, Option])[] = [["seed", "random"]];

/**
 * Reads a command line.
 *
 * @throws {UsageError} when a name is none of the lab's or options do not go together.
 */
export function readCommandLine(args: readonly string[]): Request {
  const values = parse(args);
  const isGiven = (name: Option): boolean => values[name] !== undefined;
  for (const row of exclusive) {
    const [first, second] = row.filter(isGiven);
    if (second !== undefined) throw new UsageError(`--${first} and --${second} do not go together`);
  }
  for (const [name, other] of dependent)
    if (isGiven(name) && !isGiven(other)) throw new UsageError(`--${name} goes with --${other} only`);
  const isShown = isGiven("list") || isGiven("plan");
  const usualKernels = isShown ? "all" : usualKernel;
  return {
    task: taskOf(isGiven),
    kernels: chooseKernels(values.ci ? [usualKernel] : (values.kernel ?? [usualKernels])),
    scenarios:
      values.random === undefined
        ? chooseScenarios(values.ci ? ciNames : values.brief ? briefNames : (values.scenario ?? ["*"]))
        : randomScenarios(wholeNumber("random", values.random), wholeNumber("seed", values.seed ?? "1")),
    folder: values.save ?? values.saved ?? null,
    record: values.record ?? false,
    missing: values.missing ?? false,
    icount: values.icount ?? false,
    install: values.install ?? values.ci ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const [first = ""] = String(error instanceof Error ? error.message : error).split("\n");
    throw new UsageError(`${first.replace(/\.$/, "")}; --help shows what there is`);
  }
}

function taskOf(isGiven: (name: Option) => boolean): Request["task"] {
  if (isGiven("help")) return "help";
  if (isGiven("saved")) return "compare";
  return (["list", "plan", "mirror", "page"] as const).find(isGiven) ?? "run";
}

function chooseKernels(names: readonly string[]): readonly Kernel[] {
  return unique(
    names.flatMap((name) => {
      const found = name === "all" ? kernels : findKernels(name);
      if (found.length === 0) throw new UsageError(`no kernel ${name}; --list shows them`);
      return found;
    }),
  );
}

function chooseScenarios(names: readonly string[]): readonly Scenario[] {
  return unique(
    names.flatMap((name) => {
      const found = name.endsWith("*")
        ? scenarios.filter((one) => one.name.startsWith(name.slice(0, -1)))
        : scenarios.filter((one) => one.name === name);
      if (found.length === 0) throw new UsageError(`no scenario ${name}; --list shows them`);
      return found;
    }),
  );
}

function randomScenarios(count: number, seed: number): readonly Scenario[] {
  return Array.from({ length: count }, (_, index) => randomScenario(seed, index));
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${option} wants a whole number, not ${text}`);
  return Number(text);
}
