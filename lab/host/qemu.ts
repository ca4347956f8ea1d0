import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import type { Architecture } from "../architectures.js";
import type { MachineNeeds } from "../scenario.js";

/** A virtual machine to boot. */
export interface Boot {
  readonly architecture: Architecture;
  readonly flavour: string;
  readonly image: string;
  readonly initrd: string;
  readonly needs: MachineNeeds;
  /** Raw image for swap; left as it is (`snapshot=on`). */
  readonly swapDisk: string;
  readonly accelerator: "kvm" | "tcg";
  /** Under emulation the guest's clock follows its instructions, so that no timeout comes early on a busy host. */
  readonly icount: boolean;
}

/** Memory of the guest: whole steps of its machine, the same on each node. */
export function memoryMib({ architecture, needs }: Pick<Boot, "architecture" | "needs">): number {
  const step = architecture.memoryStepMib * needs.nodes;
  return Math.round((architecture.memoryMib * needs.memory * (needs.nodes === 2 ? 1.25 : 1)) / step) * step;
}

/** The command line of QEMU without the program's name. */
export function qemuArguments(boot: Boot): readonly string[] {
  const { architecture, needs } = boot;
  const memory = memoryMib(boot);
  const cpu = boot.accelerator === "kvm" ? "host" : (architecture.cpuOf?.[boot.flavour] ?? architecture.cpu);
  const kernelArguments = [
    `console=${architecture.console}`,
    "loglevel=7",
    "printk.time=1",
    "panic=-1",
    "log_buf_len=1M",
    "rdinit=/init",
    // The guest program itself is then never swapped out, so that no task's rss changes under pressure.
    "rootfstype=ramfs",
    ...(boot.accelerator === "tcg" ? architecture.kernelArguments : []),
    ...needs.kernelArguments,
  ];
  const nodes = [0, 1].flatMap((node) => [
    "-object",
    `memory-backend-ram,id=memory${node},size=${memory / 2}M`,
    "-numa",
    `node,nodeid=${node},cpus=${node},memdev=memory${node}`,
  ]);
  const disk = [
    "-drive",
    `if=none,id=swap,format=raw,snapshot=on,file=${boot.swapDisk}`,
    "-device",
    `${architecture.diskDevice},drive=swap`,
  ];
  return [
    ...architecture.machine,
    ...(boot.icount && boot.accelerator === "tcg" ? ["-icount", "shift=2"] : []),
    ...["-accel", boot.accelerator, "-cpu", cpu, "-m", `${memory}M`, "-smp", "2"],
    ...["-nic", "none", "-display", "none", "-monitor", "none", "-no-reboot"],
    ...(needs.nodes === 2 ? nodes : []),
    ...(needs.swap === "disk" ? disk : []),
    ...["-kernel", boot.image, "-initrd", boot.initrd, "-append", kernelArguments.join(" "), "-serial", "stdio"],
  ];
}

/**
 * Boots a machine and hands on what its serial console prints, until it ends by itself or has made no progress for
 * `patienceMs`, in which time that it waited for a processor does not count.
 *
 * @param onOutput Takes a piece of the console and tells whether it shows progress.
 * @returns why it ended, and QEMU's own last words.
 */
export async function runQemu(
  boot: Boot,
  onOutput: (chunk: Buffer) => boolean,
  patienceMs: number,
): Promise<{ readonly end: "exited" | "stuck"; readonly stderr: string }> {
  const child = spawn(boot.architecture.qemu, qemuArguments(boot), { stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  let end: "exited" | "stuck" = "exited";
  const giveUp = (): void => {
    end = "stuck";
    child.kill("SIGKILL");
  };
  let start = performance.now();
  let waitedBefore = 0;
  const look = (): void => {
    const left = patienceMs - (performance.now() - start) + waitedMs(child.pid) - waitedBefore;
    if (left <= 0) giveUp();
    else timer = setTimeout(look, Math.max(left, 1000));
  };
  let timer = setTimeout(look, patienceMs);
  child.stdout.on("data", (chunk: Buffer) => {
    if (!onOutput(chunk)) return;
    start = performance.now();
    waitedBefore = waitedMs(child.pid);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-2000);
  });
  // A lab that is interrupted must not leave its machine running.
  const stop = (): void => void child.kill("SIGKILL");
  process.once("exit", stop);
  try {
    await new Promise<void>((resolve, reject) => {
      child.on("error", (error) => reject(new Error(`${boot.architecture.qemu}: ${error.message}`)));
      child.on("close", () => resolve());
    });
  } finally {
    clearTimeout(timer);
    process.off("exit", stop);
  }
  return { end, stderr: stderr.trim() };
}

/** For how long a process was ready to run and had no processor, by the thread that waited longest. */
function waitedMs(pid: number | undefined): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const waits = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[1]);
    return Math.max(0, ...waits.map(Number)) / 1e6;
  } catch {
    // It has ended, or the host keeps no such statistics.
    return 0;
  }
}
