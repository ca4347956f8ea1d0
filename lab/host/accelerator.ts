import { constants } from "node:fs";
import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Boot, runQemu } from "./qemu.js";

const firstByteMs = 8000;

/**
 * Whether KVM runs this machine: it is tried, since a device that is there may still refuse or never start a guest.
 * The answer is kept in a file for as long as the host runs.
 */
export async function chooseAccelerator(boot: Omit<Boot, "accelerator">, memory: string): Promise<"kvm" | "tcg"> {
  if (boot.architecture.kvmHost !== process.arch) return "tcg";
  const hasDevice = await access("/dev/kvm", constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!hasDevice) return "tcg";
  const bootId = (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
  const known = (await readFile(memory, "utf8").catch(() => "")).split(" ");
  if (known[0] === bootId) return known[1] === "kvm" ? "kvm" : "tcg";
  let bytes = 0;
  const count = (chunk: Buffer): boolean => {
    bytes += chunk.length;
    return false;
  };
  await runQemu({ ...boot, accelerator: "kvm" }, count, firstByteMs).catch(() => undefined);
  const found = bytes > 0 ? "kvm" : "tcg";
  await mkdir(dirname(memory), { recursive: true });
  await writeFile(memory, `${bootId} ${found}`);
  return found;
}
