/**
 * Real logs that show each diagnosis, and real logs that look like it and must not. `samples/…#N` is report N of a
 * sample; `lab/…` and `corpus/…` are of the shared material, the latter by number and digest.
 */
export const proofs: Readonly<
  Record<string, { readonly fires: readonly string[]; readonly silent: readonly string[] }>
> = {
  "sysrq-f": {
    fires: ["samples/4.19.78_amd64/g_sysrq.log#1", "corpus/133#1 sha256:b2c5addec2f0"],
    silent: ["samples/6.12.107+deb13-cloud-amd64_amd64/g_socks.log#1", "corpus/001#1 sha256:42d08e81ea75"],
  },
  "oom-origin": { fires: ["samples/5.4.286_amd64/g_swapoff.log#1"], silent: ["samples/4.4.155_amd64/g_tmpfs.log#1"] },
  "bpf-oom": { fires: ["corpus/062#1 sha256:e4e4c5128c2d"], silent: ["corpus/064#1 sha256:0a0876349814"] },
  "page-fault-oom": {
    fires: ["corpus/064#2 sha256:0a0876349814", "corpus/087#1 sha256:5de49468e52f"],
    silent: ["corpus/132#1 sha256:a112b8660fa6", "samples/4.4.155_amd64/g_tmpfs.log#1"],
  },
  "mglru-min-ttl": {
    fires: ["samples/6.12.117+deb13-cloud-amd64_amd64/g_min_ttl.log#1"],
    silent: ["corpus/133#1 sha256:b2c5addec2f0", "samples/4.4.155_amd64/g_tmpfs.log#1"],
  },
  "tiny-ram-or-kdump": {
    fires: ["corpus/078#1 sha256:578f71f33557", "corpus/086#1 sha256:b47ed5b51ff6"],
    silent: ["lab/6.1.0-50-cloud-amd64_amd64_g_memory_small.dmesg#1", "samples/4.4.155_amd64/g_tmpfs.log#1"],
  },
  "movable-only-node": {
    fires: ["corpus/056#1 sha256:c8955cec71e4"],
    silent: ["corpus/048#1 sha256:d2dfcae9859a", "samples/5.0.0_amd64/n_bind.log#1"],
  },
  "cma-not-usable": {
    fires: ["corpus/069#1 sha256:aac09aa1531d"],
    silent: [
      "lab/6.12.107+deb13-cloud-arm64_arm64_g_file.dmesg#3",
      "lab/5.10.0-32-686-pae_i386_g_workers.dmesg#1",
      "corpus/058#1 sha256:434f496b4247",
    ],
  },
  "fragmentation-high-order": {
    fires: ["corpus/164#1 sha256:b3c71048c2a7", "corpus/156#1 sha256:80aa31fc312f"],
    silent: ["corpus/097#1 sha256:46cf6c07dfed", "samples/6.12.107+deb13-cloud-amd64_amd64/g_socks.log#1"],
  },
  "dma-zone-exhausted": {
    fires: [],
    silent: ["corpus/149#1 sha256:3affb0fd83e8", "samples/4.4.155_amd64/g_tmpfs.log#1"],
  },
  "lowmem-exhausted": {
    fires: ["corpus/149#1 sha256:3affb0fd83e8", "corpus/058#1 sha256:434f496b4247"],
    silent: ["corpus/143#1 sha256:eeb479a5e480", "samples/5.10.0-32-686-pae_i386/g_children.log#1"],
  },
  "cpuset-limit": {
    fires: ["samples/4.9.154_amd64/n_cpuset1.log#1", "corpus/048#1 sha256:d2dfcae9859a"],
    silent: ["samples/5.0.0_amd64/n_bind.log#1", "corpus/021#1 sha256:aa5edf1d704e"],
  },
  "numa-mempolicy": {
    fires: ["samples/5.0.0_amd64/n_bind.log#1", "corpus/027#1 sha256:845fca485d56"],
    silent: ["samples/4.9.154_amd64/n_cpuset1.log#1", "corpus/032#2 sha256:759bbac2d3a1"],
  },
  "memcg-limit-too-small": {
    fires: ["corpus/099#1 sha256:c3f9698e9ce9", "corpus/039#1 sha256:a7c1e593bb1e"],
    silent: ["samples/3.10.105_amd64/m1_k8s.log#1"],
  },
  "memcg-dirty-writeback": {
    fires: ["corpus/051#1 sha256:99aed5d5b708"],
    silent: ["lab/6.1.0-50-powerpc64le_ppc64el_m1_memsw.dmesg#1", "samples/3.10.105_amd64/m1_k8s.log#1"],
  },
  "memcg-tmpfs": {
    fires: ["lab/6.12.107+deb13-cloud-amd64_amd64_m2_tmpfs.dmesg#1"],
    silent: ["lab/6.1.0-50-cloud-amd64_amd64_m1_shm.dmesg#1", "samples/4.9.154_amd64/m2_adj.log#1"],
  },
  "memcg-kernel-memory": {
    fires: ["corpus/064#1 sha256:0a0876349814"],
    silent: ["samples/7.3.4+deb13-cloud-amd64_amd64/m2_nested.log#1"],
  },
  "memcg-socket-buffers": {
    fires: [],
    silent: ["samples/7.3.4+deb13-cloud-amd64_amd64/m2_nested.log#1", "corpus/064#1 sha256:0a0876349814"],
  },
  "memcg-limit-ancestor": {
    fires: ["samples/3.2.71_amd64/m1_nested.log#1", "corpus/136#1 sha256:69fafff1fae7"],
    silent: ["samples/3.10.105_amd64/m1_k8s.log#1"],
  },
  "memcg-limit-own": {
    fires: ["samples/3.10.105_amd64/m1_k8s.log#1", "corpus/142#1 sha256:64185aee709d"],
    silent: ["samples/3.2.71_amd64/m1_nested.log#1", "corpus/001#1 sha256:42d08e81ea75"],
  },
  "memcg-v1-memsw": {
    fires: ["lab/5.4.286_amd64_m1_memsw.dmesg#1"],
    silent: ["lab/6.1.0-50-powerpc64le_ppc64el_m1_memsw.dmesg#1", "samples/3.10.105_amd64/m1_k8s.log#1"],
  },
  "memcg-swap-limit": {
    fires: ["lab/5.4.286_amd64_m2_swap.dmesg#1"],
    silent: ["samples/7.3.4+deb13-cloud-amd64_amd64/m2_nested.log#1"],
  },
  "memcg-swap-disabled": {
    fires: ["lab/7.3.4+deb13-cloud-amd64_amd64_m2_swap0.dmesg#1", "corpus/002#2 sha256:3b7c362c0368"],
    silent: ["samples/7.3.4+deb13-cloud-amd64_amd64/m2_nested.log#1"],
  },
  "memcg-unaccounted": {
    fires: ["corpus/049#1 sha256:0093c550d190"],
    silent: ["samples/7.3.4+deb13-cloud-amd64_amd64/m2_nested.log#1"],
  },
  "protected-consumer": {
    fires: ["samples/4.4.155_amd64/g_leaderexit.log#1"],
    // All 21 rows of 084 have -998, the victim's too.
    silent: [
      "samples/4.4.155_amd64/g_tmpfs.log#1",
      "corpus/001#1 sha256:42d08e81ea75",
      "corpus/084#1 sha256:a07281d641ed",
    ],
  },
  "same-name-group": {
    fires: ["corpus/013#1 sha256:bafe6476506c", "corpus/131#1 sha256:fda5cdc6bd38"],
    silent: ["corpus/001#1 sha256:42d08e81ea75", "samples/6.12.107+deb13-cloud-amd64_amd64/g_socks.log#1"],
  },
  "single-anon-hog": {
    fires: [
      "corpus/001#1 sha256:42d08e81ea75",
      "corpus/059#1 sha256:c5653efb67bb",
      "corpus/102#1 sha256:f84565663ae3",
      "corpus/140#1 sha256:e611a5ba7ce7",
      "corpus/141#1 sha256:eb786a58f7d9",
    ],
    silent: [
      "samples/4.4.155_amd64/g_tmpfs.log#1",
      "corpus/011#1 sha256:234356d9f619",
      "corpus/066#1 sha256:062dea5aed50",
    ],
  },
  "pid1-hog": {
    fires: [],
    silent: [
      "corpus/160#1 sha256:1115633e46de",
      "corpus/001#1 sha256:42d08e81ea75",
      "samples/5.0.0_amd64/n_bind.log#1",
    ],
  },
  "many-tasks-sum": {
    fires: ["corpus/113#1 sha256:0063c6db504d", "corpus/120#1 sha256:e95473f91752"],
    silent: ["samples/6.12.107+deb13-cloud-amd64_amd64/g_socks.log#1", "corpus/001#1 sha256:42d08e81ea75"],
  },
  "shmem-tmpfs-hog": {
    fires: ["samples/4.4.155_amd64/g_tmpfs.log#1", "corpus/073#1 sha256:d346383c7e4f"],
    silent: ["lab/5.4.286_amd64_g_shmem.dmesg#1", "corpus/001#1 sha256:42d08e81ea75"],
  },
  "shared-memory-database": {
    fires: ["lab/5.4.286_amd64_g_shmem.dmesg#1"],
    silent: ["samples/4.4.155_amd64/g_tmpfs.log#1", "samples/3.2.71_amd64/g_vmshare.log#1"],
  },
  "slab-unreclaimable-leak": {
    fires: ["samples/6.12.107+deb13-cloud-amd64_amd64/g_socks.log#1", "corpus/097#1 sha256:46cf6c07dfed"],
    silent: ["lab/6.12.107+deb13-cloud-amd64_amd64_g_forkbomb.dmesg#1", "corpus/001#1 sha256:42d08e81ea75"],
  },
  "slab-reclaimable-stuck": {
    fires: ["corpus/097#1 sha256:46cf6c07dfed"],
    silent: ["samples/6.12.107+deb13-cloud-amd64_amd64/g_socks.log#1", "corpus/001#1 sha256:42d08e81ea75"],
  },
  "page-tables-hog": {
    fires: ["lab/3.2.71_amd64_g_pgtables.dmesg#1", "corpus/081#1 sha256:48ae943686a9"],
    silent: ["corpus/032#1 sha256:759bbac2d3a1", "samples/4.4.155_amd64/g_tmpfs.log#1"],
  },
  "thread-storm-stacks": {
    fires: ["corpus/149#1 sha256:3affb0fd83e8", "lab/6.12.107+deb13-cloud-amd64_amd64_g_forkbomb.dmesg#15"],
    silent: ["lab/7.3.4+deb13-cloud-amd64_amd64_g_threads.dmesg#1", "corpus/001#1 sha256:42d08e81ea75"],
  },
  "hugepages-reserved": {
    fires: ["lab/6.1.0-50-cloud-amd64_amd64_g_hugetlb.dmesg#1"],
    silent: ["samples/4.4.155_amd64/g_tmpfs.log#1", "corpus/001#1 sha256:42d08e81ea75"],
  },
  "mlocked-unevictable": {
    fires: ["lab/7.3.4+deb13-cloud-amd64_amd64_g_mlock.dmesg#1", "corpus/040#1 sha256:b5c3eab279db"],
    silent: ["samples/4.4.155_amd64/g_tmpfs.log#1", "corpus/001#1 sha256:42d08e81ea75"],
  },
  "compressed-swap-pool": {
    fires: ["corpus/002#1 sha256:3b7c362c0368", "corpus/035#1 sha256:3be0be54aecc"],
    silent: ["samples/6.12.107+deb13-arm64-16k_arm64/g_swap.log#1", "lab/7.3.4+deb13-cloud-amd64_amd64_g_zram.dmesg#1"],
  },
  balloon: {
    fires: ["corpus/076#1 sha256:615c7608db6c"],
    silent: ["corpus/001#1 sha256:42d08e81ea75", "corpus/085#2 sha256:c957d1061e77"],
  },
  "zfs-arc": { fires: [], silent: ["corpus/097#1 sha256:46cf6c07dfed", "corpus/085#2 sha256:c957d1061e77"] },
  "gpu-memory": { fires: [], silent: ["corpus/133#1 sha256:b2c5addec2f0", "corpus/073#1 sha256:d346383c7e4f"] },
  "unaccounted-kernel-pages": {
    fires: ["corpus/085#2 sha256:c957d1061e77", "corpus/143#1 sha256:eeb479a5e480"],
    silent: ["corpus/097#1 sha256:46cf6c07dfed", "samples/6.12.107+deb13-cloud-amd64_amd64/g_socks.log#1"],
  },
  "jvm-over-limit": {
    fires: ["samples/3.10.105_amd64/m1_k8s.log#1"],
    silent: ["corpus/001#1 sha256:42d08e81ea75", "samples/4.9.154_amd64/m2_adj.log#1"],
  },
  "fork-cow-doubling": {
    fires: ["samples/6.12.117+deb13-cloud-amd64_amd64/g_fork_cow.log#1"],
    silent: ["corpus/028#1 sha256:eedbf7abb699", "samples/3.2.71_amd64/g_vmshare.log#1"],
  },
  "leak-growing": {
    fires: ["corpus/073#3 sha256:d346383c7e4f", "samples/6.12.107+deb13-cloud-amd64_amd64/g_socks.log#3"],
    silent: ["corpus/006#4 sha256:5625efeef985"],
  },
  "child-sacrificed": {
    fires: ["samples/3.2.71_amd64/g_children.log#1", "corpus/116#2 sha256:b261a4c7a559"],
    silent: ["samples/5.10.0-32-686-pae_i386/g_children.log#1"],
  },
  "allocating-task": {
    fires: ["samples/3.10.105_amd64/g_alloctask.log#1", "corpus/149#1 sha256:3affb0fd83e8"],
    silent: ["samples/4.4.155_amd64/g_tmpfs.log#1"],
  },
  "adj-dominated": {
    fires: ["samples/4.9.154_amd64/m2_adj.log#1", "corpus/035#1 sha256:3be0be54aecc"],
    silent: ["samples/4.4.155_amd64/g_tmpfs.log#1", "corpus/001#1 sha256:42d08e81ea75"],
  },
  "oom-group": {
    fires: ["samples/4.19.78_amd64/m2_group.log#1", "corpus/068#1 sha256:f7258e9df89a"],
    silent: ["samples/4.9.154_amd64/m2_adj.log#1"],
  },
  "no-killable": {
    fires: ["samples/6.1.0-50-cloud-amd64_amd64/g_sysrq_nokill.log#1", "corpus/085#2 sha256:c957d1061e77"],
    silent: ["samples/4.4.155_amd64/g_tmpfs.log#1"],
  },
  "panic-on-oom": {
    fires: ["corpus/064#2 sha256:0a0876349814"],
    silent: [
      "samples/6.1.0-50-cloud-amd64_amd64/n_panic1.log#1",
      "samples/7.3.4+deb13-cloud-amd64_amd64/g_sysrq_panic2.log#1",
    ],
  },
  "victim-not-dying": {
    fires: ["corpus/152#3 sha256:179d46c00126"],
    silent: ["corpus/014#2 sha256:3b631dd26d87", "samples/4.19.78_amd64/m2_group.log#1"],
  },
  "double-kill": {
    fires: ["lab/2.6.32.67_amd64_g_tmpfs.dmesg#2", "lab/4.18.0-147.el8.x86_64_amd64_m1_idle.dmesg#2"],
    silent: ["samples/6.12.107+deb13-cloud-amd64_amd64/g_socks.log#3", "corpus/014#2 sha256:3b631dd26d87"],
  },
  "selection-kernel-defect": {
    fires: ["corpus/084#1 sha256:a07281d641ed", "corpus/084#2 sha256:a07281d641ed"],
    silent: ["corpus/102#1 sha256:f84565663ae3"],
  },
  "collateral-victim": {
    fires: ["samples/4.4.155_amd64/g_tmpfs.log#1", "corpus/013#1 sha256:bafe6476506c"],
    silent: ["corpus/001#1 sha256:42d08e81ea75"],
  },
  "kill-storm": {
    fires: ["samples/2.6.32.67_amd64/g_many.log#5", "corpus/013#5 sha256:bafe6476506c"],
    silent: ["corpus/006#4 sha256:5625efeef985", "samples/4.19.78_amd64/m2_group.log#1"],
  },
  "restart-loop": {
    fires: ["corpus/006#3 sha256:5625efeef985"],
    silent: ["samples/2.6.32.67_amd64/g_many.log#5", "corpus/109#3 sha256:d7480096bd27"],
  },
  "swap-full": {
    fires: ["samples/6.12.107+deb13-arm64-16k_arm64/g_swap.log#1", "corpus/001#1 sha256:42d08e81ea75"],
    silent: ["corpus/131#1 sha256:fda5cdc6bd38", "samples/4.4.155_amd64/g_tmpfs.log#1"],
  },
  "swap-unused": {
    fires: ["corpus/131#1 sha256:fda5cdc6bd38", "corpus/130#1 sha256:68ed87bc4274"],
    silent: [
      "corpus/149#1 sha256:3affb0fd83e8",
      "corpus/085#2 sha256:c957d1061e77",
      "corpus/087#1 sha256:5de49468e52f",
    ],
  },
  "no-swap": {
    fires: ["samples/4.4.155_amd64/g_tmpfs.log#1", "corpus/006#1 sha256:5625efeef985"],
    silent: ["samples/5.4.286_amd64/g_swapoff.log#1", "corpus/001#1 sha256:42d08e81ea75"],
  },
  "dirty-pages-stuck": { fires: [], silent: ["corpus/058#1 sha256:434f496b4247", "corpus/001#1 sha256:42d08e81ea75"] },
  "file-cache-not-reclaimed": {
    fires: ["corpus/058#1 sha256:434f496b4247", "corpus/075#1 sha256:c9c9c97458d5"],
    silent: [
      "corpus/064#2 sha256:0a0876349814",
      "corpus/087#1 sha256:5de49468e52f",
      "corpus/001#1 sha256:42d08e81ea75",
    ],
  },
  "min-free-too-large": {
    fires: ["samples/6.12.117+deb13-cloud-amd64_amd64/g_min_free.log#1"],
    silent: ["corpus/006#1 sha256:5625efeef985", "lab/6.12.107+deb13-arm64-16k_arm64_g_basic.dmesg#1"],
  },
  "watermark-boost": {
    fires: ["samples/6.12.107+deb13-cloud-amd64_amd64/g_socks.log#2", "corpus/080#1 sha256:e6cc7903dd92"],
    silent: ["samples/6.12.107+deb13-cloud-amd64_amd64/g_socks.log#1"],
  },
  "reserved-memory-large": {
    fires: ["corpus/080#1 sha256:e6cc7903dd92", "corpus/097#1 sha256:46cf6c07dfed"],
    silent: ["corpus/084#2 sha256:a07281d641ed", "corpus/001#1 sha256:42d08e81ea75"],
  },
  overcommit: { fires: [], silent: ["corpus/035#1 sha256:3be0be54aecc"] },
};
