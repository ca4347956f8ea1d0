/** A processor architecture of the lab: how its kernels are booted and its guest program compiled. */
export interface Architecture {
  /** Debian's name of it. */
  readonly id: ArchitectureId;
  readonly qemu: string;
  readonly machine: readonly string[];
  /** `-cpu` under software emulation; by flavour of the kernel where one needs another. */
  readonly cpu: string;
  readonly cpuOf?: Readonly<Record<string, string>>;
  /** Host architecture (`process.arch`) on which KVM may run it. */
  readonly kvmHost?: NodeJS.Architecture;
  readonly console: string;
  readonly kernelArguments: readonly string[];
  readonly memoryMib: number;
  /** The machine takes multiples of this, on each node. */
  readonly memoryStepMib: number;
  /** Cross compiler of the guest program. */
  readonly compiler: string;
  /** QEMU device of the swap disk, and the modules that drive it. */
  readonly diskDevice: string;
  readonly diskModules: readonly string[];
  readonly bits: 32 | 64;
  /** Its Debian kernels are built with NUMA and QEMU's machine can have two nodes. */
  readonly numa: boolean;
  /** The emulated processor has huge pages. */
  readonly hugePages: boolean;
  /** Debian packages that hold the emulator, its firmware and the compiler. */
  readonly packages: readonly string[];
}

export type ArchitectureId = "amd64" | "i386" | "arm64" | "armhf" | "ppc64el" | "s390x" | "riscv64";

const rows: readonly Architecture[] = [
  {
    id: "amd64",
    qemu: "qemu-system-x86_64",
    machine: ["-M", "pc", "-vga", "none"],
    cpu: "qemu64",
    kvmHost: "x64",
    console: "ttyS0",
    // The emulated serial port's interrupts look spurious to a PREEMPT_RT kernel, which then switches them off.
    kernelArguments: ["no_timer_check", "tsc=unstable", "noirqdebug"],
    memoryMib: 288,
    memoryStepMib: 16,
    compiler: "x86_64-linux-gnu-gcc",
    diskDevice: "virtio-blk-pci",
    diskModules: ["virtio_pci", "virtio_blk"],
    bits: 64,
    numa: true,
    hugePages: true,
    packages: ["qemu-system-x86", "seabios", "gcc", "libc6-dev"],
  },
  {
    id: "i386",
    qemu: "qemu-system-i386",
    machine: ["-M", "pc", "-vga", "none"],
    cpu: "qemu32",
    console: "ttyS0",
    kernelArguments: ["no_timer_check", "tsc=unstable"],
    memoryMib: 288,
    memoryStepMib: 16,
    compiler: "i686-linux-gnu-gcc",
    diskDevice: "virtio-blk-pci",
    diskModules: ["virtio_pci", "virtio_blk"],
    bits: 32,
    numa: false,
    hugePages: true,
    packages: ["qemu-system-x86", "seabios", "gcc-i686-linux-gnu", "libc6-dev-i386-cross"],
  },
  {
    id: "arm64",
    qemu: "qemu-system-aarch64",
    machine: ["-M", "virt,gic-version=3"],
    cpu: "cortex-a57",
    // The 16 KiB granule, without two features that cost most of the time under emulation or break older kernels.
    cpuOf: { "arm64-16k": "max,pauth=off,lpa2=off" },
    kvmHost: "arm64",
    console: "ttyAMA0",
    kernelArguments: [],
    memoryMib: 384,
    memoryStepMib: 16,
    compiler: "aarch64-linux-gnu-gcc",
    diskDevice: "virtio-blk-pci",
    diskModules: ["virtio_pci", "virtio_blk"],
    bits: 64,
    numa: true,
    hugePages: true,
    packages: ["qemu-system-arm", "gcc-aarch64-linux-gnu", "libc6-dev-arm64-cross"],
  },
  {
    id: "armhf",
    qemu: "qemu-system-arm",
    machine: ["-M", "virt,highmem=off"],
    cpu: "cortex-a15",
    console: "ttyAMA0",
    kernelArguments: [],
    memoryMib: 288,
    memoryStepMib: 16,
    compiler: "arm-linux-gnueabihf-gcc",
    diskDevice: "virtio-blk-pci",
    diskModules: ["virtio_pci", "virtio_blk"],
    bits: 32,
    numa: false,
    hugePages: true,
    packages: ["qemu-system-arm", "gcc-arm-linux-gnueabihf", "libc6-dev-armhf-cross"],
  },
  {
    id: "ppc64el",
    qemu: "qemu-system-ppc64",
    machine: ["-M", "pseries,cap-cfpc=broken,cap-sbbc=broken,cap-ibs=broken,cap-ccf-assist=off", "-vga", "none"],
    cpu: "power9",
    console: "hvc0",
    kernelArguments: [],
    memoryMib: 768,
    memoryStepMib: 256,
    compiler: "powerpc64le-linux-gnu-gcc",
    diskDevice: "virtio-blk-pci",
    diskModules: ["virtio_pci", "virtio_blk"],
    bits: 64,
    numa: true,
    hugePages: true,
    packages: ["qemu-system-ppc", "gcc-powerpc64le-linux-gnu", "libc6-dev-ppc64el-cross"],
  },
  {
    id: "s390x",
    qemu: "qemu-system-s390x",
    machine: ["-M", "s390-ccw-virtio"],
    cpu: "max",
    console: "ttysclp0",
    kernelArguments: [],
    memoryMib: 384,
    memoryStepMib: 16,
    compiler: "s390x-linux-gnu-gcc",
    diskDevice: "virtio-blk-ccw",
    diskModules: ["virtio_blk"],
    bits: 64,
    numa: false,
    hugePages: false,
    packages: ["qemu-system-misc", "gcc-s390x-linux-gnu", "libc6-dev-s390x-cross"],
  },
  {
    id: "riscv64",
    qemu: "qemu-system-riscv64",
    machine: ["-M", "virt"],
    cpu: "rv64",
    console: "ttyS0",
    kernelArguments: [],
    memoryMib: 384,
    memoryStepMib: 16,
    compiler: "riscv64-linux-gnu-gcc",
    diskDevice: "virtio-blk-pci",
    diskModules: ["virtio_pci", "virtio_blk"],
    bits: 64,
    numa: true,
    hugePages: true,
    packages: ["qemu-system-misc", "opensbi", "gcc-riscv64-linux-gnu", "libc6-dev-riscv64-cross"],
  },
];

/** Every architecture, by Debian's name. */
export const architectures: ReadonlyMap<ArchitectureId, Architecture> = new Map(rows.map((row) => [row.id, row]));

/** The row of an architecture. */
export function architectureOf(id: ArchitectureId): Architecture {
  const row = architectures.get(id);
  if (row === undefined) throw new Error(`no such architecture: ${id}`);
  return row;
}
