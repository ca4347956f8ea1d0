import { describe, expect, it } from "vitest";
import { readCommandLine, UsageError } from "../../lab/command-line.js";
import { kernels } from "../../lab/kernels.js";
import { scenarios } from "../../lab/scenarios/index.js";

const read = (line: string) => readCommandLine(line.split(" ").filter((word) => word !== ""));
const names = (line: string) => read(line).scenarios.map(({ name }) => name);
const ids = (line: string) => read(line).kernels.map(({ id }) => id);

describe("a command line", () => {
  it("without options means every scenario on one kernel", () => {
    const request = read("");
    expect(request.task).toBe("run");
    expect(request.kernels.map(({ id }) => id)).toEqual(["6.1-cloud-amd64"]);
    expect(request.scenarios).toEqual(scenarios);
    expect([request.folder, request.record, request.missing, request.install]).toEqual([null, false, false, false]);
  });

  it("chooses kernels and scenarios, each once", () => {
    expect(ids("--kernel all")).toEqual(kernels.map(({ id }) => id));
    expect(ids("--kernel 6.12-s390x --kernel s390x")).toEqual(["6.12-s390x", "6.1-s390x", "7.2-s390x", "7.3-s390x"]);
    expect(names("--scenario m2_adj* --scenario m2_adj")).toEqual(["m2_adj", "m2_adj_near"]);
    expect(names("--random 2 --seed 21")).toEqual(["random-21-0", "random-21-1"]);
    expect(names("--random 1")).toEqual(["random-1-0"]);
    expect(names("--brief").length).toBeGreaterThan(scenarios.length / 6);
    expect(read("--ci").install).toBe(true);
  });

  it("takes what is kept, and lists all that is not chosen", () => {
    expect([read("--saved runs").task, read("--saved runs").folder]).toEqual(["compare", "runs"]);
    expect([read("--save runs --record").task, read("--save runs").folder]).toEqual(["run", "runs"]);
    expect(ids("--list")).toEqual(kernels.map(({ id }) => id));
    expect(ids("--list --kernel 6.1-s390x")).toEqual(["6.1-s390x"]);
    expect(read("--plan --random 3").task).toBe("plan");
  });

  it.each([
    ["--kernel 9.9", "no kernel 9.9; --list shows them"],
    ["--scenario g_nothing", "no scenario g_nothing; --list shows them"],
    ["--random many", "--random wants a whole number, not many"],
    ["--random 3 --seed=-1", "--seed wants a whole number, not -1"],
    ["--random 3 --seed -1", "Option '--seed' argument is ambiguous; --help shows what there is"],
    ["--seed 3", "--seed goes with --random only"],
    ["--brief --scenario g_basic", "--scenario and --brief do not go together"],
    ["--ci --kernel 6.1", "--kernel and --ci do not go together"],
    ["--saved runs --kernel 6.1", "--saved and --kernel do not go together"],
    ["--saved runs --save others", "--saved and --save do not go together"],
    ["--what", "Unknown option '--what'"],
    ["6.1-cloud-amd64", "6.1-cloud-amd64"],
  ])("that reads %s is refused", (line, message) => {
    expect(() => read(line)).toThrow(UsageError);
    expect(() => read(line)).toThrow(message);
  });
});
