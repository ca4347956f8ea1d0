import { expect, it } from "vitest";
import { Process } from "../../src/diagnose/accounting/tasks.js";
import type { TaskRow } from "../../src/model/report.js";

const row: TaskRow = { pid: 7, tgid: 7, name: "sshd", uid: 0, totalVmPages: 100, rssPages: 10, line: 1 };

// Since Linux commit a63d83f427fb (badness rewrite) (v2.6.36), OOM_ADJUST_MAX is OOM_SCORE_ADJ_MAX.
it.each([
  [{ oomAdj: 15 }, 1000],
  [{ oomAdj: 14 }, 823],
  [{ oomAdj: -17 }, -1000],
  [{ oomAdj: 15, oomScoreAdj: 500 }, 500],
  [{}, 0],
])("the causes scale an adjustment of %o as the replay does (15 was 882)", (printed, expected) => {
  expect(new Process({ ...row, ...printed }, []).oomScoreAdj).toBe(expected);
});
