import { describe, expect, it } from "vitest";
import { oomScoreOf, oomScoreTolerance, pointsTolerance } from "../../lab/oom-score.js";

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

  it("is read with an error from 6.2 to 6.19", () => {
    expect(oomScoreTolerance("6.1.0-50-cloud-amd64")).toBe(0);
    expect(oomScoreTolerance("6.2.0")).toBe(3);
    expect(oomScoreTolerance("6.19.14+deb13-cloud-amd64")).toBe(3);
    expect(oomScoreTolerance("7.0.13+deb13-cloud-amd64")).toBe(0);
    expect(oomScoreTolerance("7.3.4+deb13-cloud-amd64")).toBe(0);
  });

  it("leaves nothing open between tasks where counters are exact", () => {
    expect(pointsTolerance("6.1.0-50-cloud-amd64", 2)).toBe(0);
    expect(pointsTolerance("6.12.117+deb13-cloud-amd64", 2)).toBe(512);
  });
});
