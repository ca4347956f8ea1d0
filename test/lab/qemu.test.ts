import { describe, expect, it } from "vitest";
import { architectureOf } from "../../lab/architectures.js";
import { type Boot, memoryMib, qemuArguments } from "../../lab/host/qemu.js";
import { scenario } from "../../lab/scenario.js";

const { machine: plain } = scenario({ name: "g_plain", title: "Nothing", decidedBy: ["points"], tasks: [] });

function boot(id: Parameters<typeof architectureOf>[0], changes: Partial<Boot> = {}): Boot {
  return {
    architecture: architectureOf(id),
    flavour: id,
    image: "vmlinuz",
    initrd: "initrd",
    needs: plain,
    swapDisk: "swap",
    accelerator: "tcg",
    icount: false,
    ...changes,
  };
}

const line = (of: Boot) => qemuArguments(of).join(" ");

describe("the command line of QEMU", () => {
  it("has what the kernel, its architecture and its flavour need", () => {
    expect(line(boot("amd64"))).toBe(
      "-M pc -vga none -accel tcg -cpu qemu64 -m 288M -smp 2 -nic none -display none -monitor none -no-reboot " +
        "-kernel vmlinuz -initrd initrd -append console=ttyS0 loglevel=7 printk.time=1 panic=-1 log_buf_len=1M " +
        "rdinit=/init rootfstype=ramfs no_timer_check tsc=unstable noirqdebug -serial stdio",
    );
    expect(line(boot("arm64"))).toContain("-cpu cortex-a57 ");
    expect(line(boot("arm64", { flavour: "arm64-16k" }))).toContain("-cpu max,pauth=off,lpa2=off ");
    expect(line(boot("s390x", { needs: { ...plain, swap: "disk" } }))).toContain("virtio-blk-ccw,drive=swap ");
  });

  it("lets the clock follow the instructions where they are emulated", () => {
    expect(line(boot("amd64", { icount: true }))).toContain("-icount shift=2 -accel tcg -cpu qemu64 ");
    expect(line(boot("amd64", { icount: true, accelerator: "kvm" }))).not.toContain("-icount");
    expect(line(boot("amd64", { accelerator: "kvm" }))).toContain("-accel kvm -cpu host ");
  });

  it("gives each of two nodes the same memory, in steps of the machine", () => {
    const needs = { ...plain, nodes: 2 } as const;
    expect(memoryMib(boot("amd64", { needs }))).toBe(352);
    expect(line(boot("amd64", { needs }))).toContain("id=memory1,size=176M -numa node,nodeid=1,cpus=1,memdev=memory1");
    expect(memoryMib(boot("ppc64el", { needs }))).toBe(1024);
  });
});
