import { access, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Kernel, releaseOfPackage } from "../kernels.js";
import type { PrivateApt } from "./apt.js";
import { run } from "./process.js";

/** An unpacked kernel. */
export interface KernelFiles {
  readonly kernel: Kernel;
  /** `uname -r`. */
  readonly release: string;
  readonly image: string;
  /** Options that the kernel's configuration sets to `y` or `m`, without `CONFIG_`; null where it is not to be had. */
  readonly config: ReadonlySet<string> | null;
  /** Mirrors may keep an image and drop the packages with its modules and configuration. */
  readonly hasModules: boolean;
  /** Folder that holds `lib/modules`. */
  readonly root: string;
}

const natural = new Intl.Collator("en", { numeric: true });

/** Unpacked kernels in a folder; fetches those that are missing. */
export class KernelStore {
  readonly #folder: string;
  readonly #log: (message: string) => void;

  constructor(folder: string, log: (message: string) => void) {
    this.#folder = folder;
    this.#log = log;
  }

  /** The newest package of a kernel that can be had, unpacked; null when the mirror offers none. */
  async get(kernel: Kernel, apt: PrivateApt): Promise<KernelFiles | null> {
    const root = join(this.#folder, kernel.id);
    const stamp = join(root, "release");
    const release = (await readFile(stamp, "utf8").catch(() => null)) ?? (await this.#fetch(kernel, root, apt));
    if (release === null) return null;
    return {
      kernel,
      release,
      root,
      image: await findImage(root, release),
      config: await readConfig(root, release),
      hasModules: await exists(join(root, "lib/modules", release, "modules.dep")),
    };
  }

  /** The newest release whose packages the mirror has: its lists may name some that it does not hold. */
  async #fetch(kernel: Kernel, root: string, apt: PrivateApt): Promise<string | null> {
    const releases = await releasesOf(kernel, apt);
    for (const release of releases) {
      // Unpacked beside its place and moved there, so that an interrupted fetch leaves nothing half done.
      const partial = `${root}.partial`;
      await rm(partial, { recursive: true, force: true });
      if (!(await unpack(`linux-image-${release}`, release, partial, apt))) {
        this.#log(`${kernel.id}: ${release} is listed by the mirror and not held`);
        await rm(partial, { recursive: true, force: true });
        continue;
      }
      await writeFile(join(partial, "release"), release);
      await rm(root, { recursive: true, force: true });
      await rename(partial, root);
      return release;
    }
    return null;
  }
}

/** Newest first. */
async function releasesOf(kernel: Kernel, apt: PrivateApt): Promise<readonly string[]> {
  return (await apt.packageNames("linux-image-"))
    .map((name) => releaseOfPackage(kernel, name))
    .filter((release) => release !== null)
    .sort((a, b) => natural.compare(b, a));
}

/** Unpacks the image package and, where it only points to others (since v6.19 in Debian), those; false: not to be had. */
async function unpack(name: string, release: string, root: string, apt: PrivateApt): Promise<boolean> {
  const packages = join(root, "packages");
  await mkdir(packages, { recursive: true });
  const parts = (await apt.dependencies(name)).filter((other) => other.endsWith(`-${release}`));
  if (!(await apt.download([...new Set([name, ...parts])], packages))) return false;
  for (const file of await readdir(packages)) await run("dpkg-deb", ["-x", join(packages, file), root]);
  await rm(packages, { recursive: true });
  // With modules under /usr/lib, depmod still looks for /lib/modules.
  if (!(await exists(join(root, "lib")))) await symlink("usr/lib", join(root, "lib"));
  if (await exists(join(root, "lib/modules", release))) await run("depmod", ["-b", root, release]);
  return true;
}

async function findImage(root: string, release: string): Promise<string> {
  const places = ["vmlinuz", "vmlinux"].flatMap((name) => [
    join(root, "boot", `${name}-${release}`),
    join(root, "usr/lib/modules", release, name),
    join(root, "lib/modules", release, name),
  ]);
  for (const place of places) if (await exists(place)) return place;
  throw new Error(`${release}: no kernel image in its package`);
}

async function readConfig(root: string, release: string): Promise<ReadonlySet<string> | null> {
  const places = [
    join(root, "boot", `config-${release}`),
    join(root, "usr/lib/modules", release, "config"),
    join(root, "lib/modules", release, "config"),
  ];
  for (const place of places) {
    const text = await readFile(place, "utf8").catch(() => null);
    if (text !== null) return new Set([...text.matchAll(/^CONFIG_(\w+)=[ym]$/gm)].map((match) => match[1] ?? ""));
  }
  return null;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
