import { mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ArchitectureId } from "../architectures.js";
import { suites } from "../kernels.js";
import { run } from "./process.js";

const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
const listsLiveMs = 24 * 3600 * 1000;

/** apt with a state of its own for one architecture: the system's sources, lists and packages are never touched. */
export class PrivateApt {
  readonly #folder: string;
  readonly #arch: ArchitectureId;

  constructor(folder: string, arch: ArchitectureId) {
    this.#folder = join(folder, arch);
    this.#arch = arch;
  }

  /** Fetches the package lists unless they are younger than a day. A suite that fails is left out with a warning. */
  async update(warn: (message: string) => void): Promise<void> {
    const stamp = join(this.#folder, "updated");
    const age = await stat(stamp).then(
      (found) => Date.now() - found.mtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    if (age < listsLiveMs) return;
    for (const part of ["state/lists/partial", "cache/archives/partial"])
      await mkdir(join(this.#folder, part), { recursive: true });
    await writeFile(join(this.#folder, "state/status"), "");
    await writeFile(this.#sources, await debianSources(this.#arch));
    const { stderr } = await this.#apt("apt-get", ["update"], true);
    const failed = stderr.split("\n").filter((line) => /^[EW]:/.test(line));
    for (const line of failed) warn(`apt (${this.#arch}): ${withoutAddresses(line)}`);
    if ((await this.packageNames("linux-image-")).length === 0)
      throw new Error(`apt (${this.#arch}): no package list could be fetched`);
    // With some list missing, the next run tries again.
    if (failed.length === 0) await writeFile(stamp, "");
  }

  /** Names of all packages that begin with a text. */
  async packageNames(prefix: string): Promise<readonly string[]> {
    const { stdout } = await this.#apt("apt-cache", ["pkgnames", prefix], true);
    return stdout
      .toString()
      .split("\n")
      .filter((name) => name.startsWith(prefix));
  }

  /** Names that a package depends on. */
  async dependencies(name: string): Promise<readonly string[]> {
    const { stdout } = await this.#apt("apt-cache", ["depends", "--no-recommends", "--no-suggests", name]);
    return [...stdout.toString().matchAll(/^\s*\|?Depends: ([^<\s]+)/gm)].map((match) => match[1] ?? "");
  }

  /**
   * Downloads packages into a folder, signatures and sums checked by apt.
   *
   * @returns false when the mirror does not hold one: its lists may name packages that are gone.
   * @throws when it fails for another reason.
   */
  async download(names: readonly string[], folder: string): Promise<boolean> {
    const { status, stderr } = await this.#apt("apt-get", ["download", ...names], true, folder);
    if (status === 0) return true;
    const errors = stderr.split("\n").filter((line) => line.startsWith("E:"));
    if (errors.some((line) => /\b404 +Not Found\b/.test(line))) return false;
    throw new Error(`apt (${this.#arch}): ${withoutAddresses(errors.join("; "))}`);
  }

  get #sources(): string {
    return join(this.#folder, "lab.sources");
  }

  async #apt(program: string, args: readonly string[], allowFailure = false, cwd?: string) {
    const settings: Readonly<Record<string, string>> = {
      "Dir::State": join(this.#folder, "state"),
      "Dir::State::status": join(this.#folder, "state/status"),
      "Dir::Cache": join(this.#folder, "cache"),
      // Container images switch these off, and each call then reads all lists anew.
      "Dir::Cache::pkgcache": "pkgcache.bin",
      "Dir::Cache::srcpkgcache": "srcpkgcache.bin",
      "Dir::Etc::sourcelist": this.#sources,
      "Dir::Etc::sourceparts": "/dev/null",
      "APT::Architecture": this.#arch,
      "APT::Architectures": this.#arch,
      "APT::Sandbox::User": "root",
      "Acquire::Languages": "none",
      "Acquire::Retries": "3",
    };
    const options = Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
    return run(program, [...options, ...args], { allowFailure, ...(cwd === undefined ? {} : { cwd }) });
  }
}

/** A message of apt without the mirror's address. */
export function withoutAddresses(text: string): string {
  return text
    .replace(/ ?\[IP: [^\]]*\]/g, "")
    .replace(/\S+:\/\/\S+\/(\S+)/g, "$1")
    .replace(/\S+:\/\/\S+/g, "…");
}

/** The lab's suites at the mirror that the system itself uses for Debian. */
async function debianSources(arch: ArchitectureId): Promise<string> {
  const format = "$(ORIGIN)|$(LABEL)|$(REPO_URI)";
  const { stdout } = await run("apt-get", ["indextargets", "--format", format, "Created-By: Packages"]);
  const mirror = stdout
    .toString()
    .split("\n")
    .find((line) => line.startsWith("Debian|Debian|"))
    ?.split("|")[2];
  if (mirror === undefined)
    throw new Error("no Debian mirror among the system's apt sources, or `apt-get update` was never run");
  return suites
    .map((suite) =>
      [
        "Types: deb",
        `URIs: ${mirror}`,
        `Suites: ${suite}`,
        "Components: main",
        `Architectures: ${arch}`,
        `Signed-By: ${keyring}`,
        "",
      ].join("\n"),
    )
    .join("\n");
}

/** Those of some packages that are not installed on the host. */
export async function missingPackages(names: readonly string[]): Promise<readonly string[]> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are dpkg-query's.
  const format = "${Package} ${db:Status-Status}\n";
  const { stdout } = await run("dpkg-query", ["-W", "-f", format, ...names], { allowFailure: true });
  const installed = new Set(stdout.toString().split("\n"));
  return names.filter((name) => !installed.has(`${name} installed`));
}

/** Installs host packages with the system's own apt (as root), whose package lists it brings up to date first. */
export async function installPackages(names: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update"], { env });
  if (names.length > 0) await run("apt-get", ["install", "-y", "--no-install-recommends", ...names], { env });
}
