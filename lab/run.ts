import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Architecture, architectureOf } from "./architectures.js";
import { chooseAccelerator } from "./host/accelerator.js";
import { PrivateApt } from "./host/apt.js";
import { ConsoleReader } from "./host/console.js";
import { compileGuest } from "./host/guest.js";
import { type Entry, makeInitramfs } from "./host/initramfs.js";
import { type KernelFiles, KernelStore } from "./host/kernel-store.js";
import { loadOrder } from "./host/modules.js";
import { type Boot, memoryMib, runQemu } from "./host/qemu.js";
import type { Kernel } from "./kernels.js";
import { type Hello, type Observation, ObservationCollector } from "./observation.js";
import { planBoot, planScenario } from "./plan.js";
import { leavesReport, type MachineNeeds, type Scenario } from "./scenario.js";

const MIB = 1024 * 1024;
/** The longest that a machine may go without a frame: booting or building the tasks of a scenario under load. */
const patienceMs = 300_000;
/** The swap disk as a share of the machine's usual memory. */
const swapShare = 2 / 3;

/** A scenario that ran on a kernel: what the guest reported. */
export interface Ran {
  readonly kernel: Kernel;
  readonly scenario: Scenario;
  readonly hello: Hello;
  readonly observation: Observation;
}

/** A scenario that did not run, and why. */
export interface NotRun {
  readonly scenario: string;
  readonly kernelId: string;
  /** `uname -r`; null: no package of the kernel was to be had. */
  readonly release: string | null;
  /** `n/a`: this kernel or architecture cannot have it. `failed`: it should have run. */
  readonly kind: "n/a" | "failed";
  readonly reason: string;
}

/** Boots kernels and runs scenarios in them. Everything that is fetched or built is kept in one folder. */
export class Lab {
  readonly #folder: string;
  readonly #guestSources: string;
  readonly #icount: boolean;
  readonly #log: (message: string) => void;

  /** @param icount See {@link Boot.icount}. */
  constructor(folder: string, guestSources: string, icount: boolean, log: (message: string) => void) {
    this.#folder = folder;
    this.#guestSources = guestSources;
    this.#icount = icount;
    this.#log = log;
  }

  /** Runs scenarios on a kernel, one after the other, as many in a boot as ask for the same machine. */
  async *run(kernel: Kernel, scenarios: readonly Scenario[]): AsyncGenerator<Ran | NotRun> {
    const architecture = architectureOf(kernel.arch);
    const apt = new PrivateApt(join(this.#folder, "apt"), kernel.arch);
    await apt.update(this.#log);
    const files = await new KernelStore(join(this.#folder, "kernels"), this.#log).get(kernel, apt);
    if (files === null) {
      const about = { kernelId: kernel.id, release: null, kind: "n/a", reason: "not on the mirror" } as const;
      yield* scenarios.map(({ name }) => ({ scenario: name, ...about }));
      return;
    }
    const possible: Scenario[] = [];
    for (const scenario of scenarios) {
      const reason = whyNot(scenario, files, architecture);
      if (reason === null) possible.push(scenario);
      else yield notRun(files, scenario, "n/a", reason);
    }
    for (const group of groupByMachine(possible)) yield* this.#runGroup(files, architecture, group);
    await rm(this.#console, { force: true });
  }

  /** Where the console of the machine that runs is written, as it comes: one that hangs can be looked at. */
  get #console(): string {
    return join(this.#folder, `console-${process.pid}`);
  }

  /** Boots until every scenario of a group has run or has had two tries. */
  async *#runGroup(files: KernelFiles, architecture: Architecture, group: readonly Scenario[]) {
    const tries = new Map<string, number>();
    let left = group;
    while (left.length > 0) {
      const first = left[0];
      if (first === undefined) return;
      const { hello, observations, why: ending } = await this.#boot(files, architecture, left);
      const { kernel } = files;
      const done = new Set<string>();
      for (const observation of observations) {
        const scenario = left.find(({ name }) => name === observation.scenario);
        if (scenario === undefined || hello === null || !isWhole(observation, scenario)) continue;
        done.add(scenario.name);
        yield { kernel, scenario, hello, observation };
      }
      // The one it broke off at: the first that is neither done nor tried twice.
      left = left.filter(({ name }) => !done.has(name));
      const broken = left.find(({ name }) => observations.some((seen) => seen.scenario === name)) ?? left[0];
      if (broken === undefined) continue;
      const seen = observations.find(({ scenario }) => scenario === broken.name);
      const why = seen?.timedOut === true ? "too few died in time" : ending;
      const times = (tries.get(broken.name) ?? 0) + 1;
      tries.set(broken.name, times);
      const kept = join(this.#folder, `incomplete-${kernel.id}-${broken.name}`);
      await rename(this.#console, kept);
      this.#log(`${kernel.id}: ${broken.name} was not completed (${why}), try ${times}; console in ${kept}`);
      if (times < 2) continue;
      // Without a greeting the machine did not boot, and would not for the others.
      const lost = hello === null ? left : [broken];
      left = left.filter((scenario) => !lost.includes(scenario));
      for (const scenario of lost) yield notRun(files, scenario, "failed", why);
    }
  }

  async #boot(files: KernelFiles, architecture: Architecture, scenarios: readonly Scenario[]) {
    const needs = scenarios[0]?.machine;
    if (needs === undefined) throw new Error("a boot without a scenario");
    await mkdir(this.#folder, { recursive: true });
    const initrd = join(this.#folder, `initrd-${process.pid}`);
    await writeFile(initrd, await this.#initramfs(files, architecture, needs, scenarios));
    const swapDiskMib = Math.round(architecture.memoryMib * swapShare);
    const swapDisk = join(this.#folder, `swap-${swapDiskMib}`);
    await writeFile(swapDisk, "", { flag: "a" });
    await truncate(swapDisk, swapDiskMib * MIB);
    const { flavour } = files.kernel;
    const about = { architecture, flavour, image: files.image, needs, icount: this.#icount };
    const machine: Omit<Boot, "accelerator"> = { ...about, initrd, swapDisk };
    const accelerator = await chooseAccelerator(machine, join(this.#folder, "accelerator"));
    const reader = new ConsoleReader();
    const collector = new ObservationCollector();
    const transcript = createWriteStream(this.#console);
    let seen = 0;
    const { end, stderr } = await runQemu(
      { ...machine, accelerator },
      (chunk) => {
        transcript.write(chunk);
        const items = reader.push(chunk);
        for (const item of items) collector.push(item);
        for (const { scenario } of collector.observations.slice(seen))
          this.#log(`${files.kernel.id}: ${scenario} (${++seen} of ${scenarios.length})`);
        return items.some(({ kind }) => kind === "frame");
      },
      patienceMs,
    );
    for (const item of reader.end()) collector.push(item);
    transcript.end();
    await rm(initrd);
    const problems = [...collector.bootErrors, stderr].filter((text) => text !== "");
    const ending = end === "stuck" ? `stuck for ${patienceMs / 1000} s` : collector.isOver ? "incomplete" : "it ended";
    return {
      hello: collector.hello,
      observations: collector.observations,
      why: [ending, ...problems].join("; "),
    };
  }

  async #initramfs(
    files: KernelFiles,
    architecture: Architecture,
    needs: MachineNeeds,
    scenarios: readonly Scenario[],
  ): Promise<Buffer> {
    const names = { none: [], disk: architecture.diskModules, zram: ["zram"] }[needs.swap];
    const modules = await loadOrder(files, names);
    const init = await compileGuest(this.#guestSources, join(this.#folder, "guest"), architecture);
    const zramBytes = Math.floor(memoryMib({ architecture, needs }) / 3) * MIB;
    const plan = [...planBoot(needs, modules, zramBytes), ...scenarios.flatMap(planScenario), ""].join("\n");
    const entries: readonly Entry[] = [
      { path: "dev", kind: "folder" },
      { path: "dev/console", kind: "device", major: 5, minor: 1 },
      { path: "modules", kind: "folder" },
      ...modules.map(({ name, content }) => ({ path: `modules/${name}`, kind: "file" as const, content })),
      { path: "init", kind: "file", content: init, executable: true },
      { path: "plan", kind: "file", content: Buffer.from(plan) },
    ];
    return makeInitramfs(entries);
  }
}

function notRun({ kernel, release }: KernelFiles, { name }: Scenario, kind: NotRun["kind"], reason: string): NotRun {
  return { scenario: name, kernelId: kernel.id, release, kind, reason };
}

/** Complete and undamaged, every death seen, and as many as there should be; with a report where nobody dies. A panic ends a boot, and what came before it is all there is. */
export function isWhole(seen: Observation, scenario: Scenario): boolean {
  const hasPanicked = scenario.panics && seen.console.some((line) => line.includes("Kernel panic"));
  const isSilent = scenario.kills === 0 && leavesReport(scenario) && !seen.texts.get("log")?.includes("oom-killer");
  if (seen.ended && isSilent) return false;
  return seen.damagedFrames === 0 && seen.unseenKills === 0 && !seen.timedOut && (seen.ended || hasPanicked);
}

/** Why a kernel cannot have a scenario, or null when it can. */
function whyNot({ machine, needs, tasks }: Scenario, files: KernelFiles, architecture: Architecture): string | null {
  if (machine.nodes === 2 && !(architecture.numa && hasOption(files, "NUMA"))) return "no NUMA";
  if (needs.bits64 === true && architecture.bits !== 64) return "32-bit";
  if (needs.smallPages === true && files.kernel.pageSizeBytes > 4096) return "large pages";
  if (tasks.some((task) => task.hugePages !== undefined) && !architecture.hugePages) return "no huge pages";
  if (machine.swap !== "none" && !files.hasModules) return "no modules";
  if (machine.swap === "zram" && !hasOption(files, "ZRAM")) return "no zram";
  const missing = needs.config?.find((option) => !hasOption(files, option));
  return missing === undefined ? null : `no ${missing}`;
}

/** Whether a kernel has an option. Up to v6.10 the v1 controllers were part of the plain ones, later often left out. */
function hasOption({ release, config }: KernelFiles, option: string): boolean {
  if (option.endsWith("_V1") && !hasV1Options(release)) return true;
  return config === null ? !option.endsWith("_V1") : config.has(option);
}

function hasV1Options(release: string): boolean {
  const [major = 0, minor = 0] = release.split(".").map((part) => Number.parseInt(part, 10));
  return major > 6 || (major === 6 && minor >= 11);
}

/** Groups that can share a boot: the same machine; one that ends in a panic has a boot of its own. */
export function groupByMachine(scenarios: readonly Scenario[]): readonly (readonly Scenario[])[] {
  const groups = new Map<string, Scenario[]>();
  for (const scenario of scenarios) {
    const key = JSON.stringify([scenario.machine, scenario.panics ? scenario.name : ""]);
    groups.set(key, [...(groups.get(key) ?? []), scenario]);
  }
  return [...groups.values()];
}
