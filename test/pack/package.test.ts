import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../house/imports.js";
import { temporaryFolder } from "../node/temporary-folder.js";

describe("the package", () => {
  it("holds what it needs, and nothing of the workshop", () => {
    const folder = temporaryFolder();
    // A copy, because packing writes a manifest that the program would read while other tests run it.
    for (const name of ["bin", "dist", "docs", "samples", "package.json", "README.md", "LICENSE", "CHANGELOG.md"]) {
      cpSync(join(root, name), join(folder, name), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    execFileSync(process.execPath, ["dist/scripts/manifest.js"], { cwd: folder });
    execFileSync(process.execPath, ["dist/scripts/man.js"], { cwd: folder });
    const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
    const [{ filename, files }] = JSON.parse(execFileSync("npm", pack, { cwd: folder }).toString("utf8"));
    const paths: string[] = files.map((file: { path: string }) => file.path);
    expect(paths).toContain("oclif.manifest.json");
    expect(paths).toContain("dist/src/index.d.ts");
    expect(paths).toContain("dist/man/oomlog.1");
    // Pages that its texts send a reader to.
    const bundle = readdirSync(join(folder, "dist/bundle"), { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".js"),
    );
    const texts = ["README.md", ...bundle.map((name) => `dist/bundle/${name}`)].map((name) =>
      readFileSync(join(folder, name), "utf8"),
    );
    const named = texts.flatMap((text) => [...text.matchAll(/\bdocs\/[\w/-]+\.md/g)].map(([path]) => path));
    expect(named).toContain("docs/columns.md");
    expect(paths).toEqual(expect.arrayContaining([...named, "docs/diagnoses/single-anon-hog.md"]));
    expect(paths.filter((path) => /^(?:src|commands|test|scripts|lab|dist\/scripts)\//.test(path))).toEqual([]);

    // Installed beside its dependencies, as npm would, but without a registry.
    const modules = join(temporaryFolder(), "node_modules");
    mkdirSync(modules);
    execFileSync("tar", ["-xzf", join(folder, filename), "-C", modules]);
    renameSync(join(modules, "package"), join(modules, "oomlog"));
    const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    for (const name of new Set(Object.keys(dependencies).map((dependency) => dependency.split("/")[0] ?? ""))) {
      symlinkSync(join(root, "node_modules", name), join(modules, name));
    }
    const sample = "samples/7.3.4+deb13-cloud-amd64_amd64/m2_nested.log";
    const bin = join(modules, "oomlog/bin/oomlog.js");
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "explain", join(modules, "oomlog", sample)], {
      encoding: "utf8",
      cwd: modules,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.split("\n", 1)[0]).toBe("Killed     inB (pid 98, uid 0): 36.1 MiB resident");

    // The library, by its name.
    const library = `import { createAnalyser } from "oomlog"; import { findSources } from "oomlog/node";
      process.stdout.write(typeof createAnalyser + typeof findSources);`;
    expect(
      execFileSync(process.execPath, ["--input-type=module", "-e", library], { cwd: modules }).toString("utf8"),
    ).toBe("functionfunction");
    expect(readdirSync(join(modules, "oomlog")).sort()).toEqual(
      [
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "bin",
        "dist",
        "docs",
        "oclif.manifest.json",
        "package.json",
        "samples",
      ].sort(),
    );
  });
});
