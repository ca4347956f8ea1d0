import { describe, expect, it } from "vitest";
import { counterErrorPages, oomScoreError, oomScoreOf } from "../../lab/oom-score.js";

describe("oom_score", () => {
  // Rows and readings of one boot of 6.1.0-50-cloud-amd64 with 54696 pages of RAM.
  it("is that of the kernel", () => {
    expect(oomScoreOf(9664n + 27n, 54696n)).toBe(784);
    expect(oomScoreOf(0n, 54696n)).toBe(666);
    expect(oomScoreOf(null, 54696n)).toBe(0);
  });

  it("divides towards zero below zero", () => {
    expect(oomScoreOf(-1n, 54696n)).toBe(666);
    expect(oomScoreOf(-54000n, 54696n)).toBe(8);
  });
});

describe("the counters", () => {
  const conditions = { cpus: 2, threads: 1, swaps: false };

  it("are exact where nothing is swapped, up to 6.1 and from 7.0 on", () => {
    expect(counterErrorPages({ ...conditions, release: "5.10.0-32-cloud-amd64" })).toBe(0);
    expect(counterErrorPages({ ...conditions, release: "7.0.13+deb13-cloud-amd64", swaps: true })).toBe(0);
  });

  // Read on 5.10: 15717 anonymous pages and 6 in swap before, 0 and 15769 after.
  it("lose up to 64 pages a thread to it up to 6.1", () => {
    const error = counterErrorPages({ ...conditions, release: "5.10.0-32-cloud-amd64", swaps: true });
    expect(error).toBe(64);
    expect(15769 - (15717 + 6)).toBeLessThanOrEqual(error);
    expect(oomScoreError(error, 112888n)).toBe(1);
  });

  // Rows of 6.19.14 differ from /proc by up to 79 pages; its oom_score by up to 3 on a machine of 250 MiB.
  it("are off by a batch a CPU from 6.2 to 6.19", () => {
    const error = counterErrorPages({ ...conditions, release: "6.19.14+deb13-cloud-amd64" });
    expect(error).toBe(256);
    expect(oomScoreError(error, 62280n)).toBe(3);
  });
});
