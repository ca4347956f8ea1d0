import type { Machine, MachineTask } from "../../model/machine.js";
import type { TaskSelector } from "../../model/what-if.js";
import { type CgroupPlaces, isInCgroup } from "./cgroup-places.js";
import { matchesWhole } from "./pattern.js";

/** The longest name that the kernel keeps, in bytes: TASK_COMM_LEN less the end. */
const COMM_BYTES = 15;

/** The processes that a selector means, by thread group. */
export interface SelectedTasks {
  readonly sure: ReadonlySet<number>;
  /** Processes of which the log does not tell whether they are meant. */
  readonly maybe: ReadonlySet<number>;
}

/** Looks up the processes that a selector means. */
export function selectTasks(machine: Machine, places: CgroupPlaces, selector: TaskSelector): SelectedTasks {
  const sure = new Set<number>();
  const maybe = new Set<number>();
  for (const task of machine.tasks) {
    const match = isMeant(task, places, selector);
    if (match === "yes") sure.add(task.tgid);
    else if (match === "maybe") maybe.add(task.tgid);
  }
  return { sure, maybe };
}

function isMeant(task: MachineTask, places: CgroupPlaces, selector: TaskSelector): "yes" | "no" | "maybe" {
  if (selector.by === "cgroup") return isInCgroup(places, task.tgid, selector.pattern);
  return isNamedBy(task, selector) ? "yes" : "no";
}

/** Whether a selector means a process by its pid or name. */
export function isNamedBy(
  { pid, tgid, name }: Pick<MachineTask, "pid" | "tgid" | "name">,
  selector: TaskSelector,
): boolean {
  if (selector.by === "pid") return pid === selector.pid || tgid === selector.pid;
  return selector.by === "name" && matchesName(selector.pattern, name);
}

/** The kernel cuts a name after 15 bytes: a longer one means the task that has its beginning. */
function matchesName(pattern: string, name: string): boolean {
  if (matchesWhole(pattern, name)) return true;
  return pattern.length > COMM_BYTES && !/[*?]/.test(pattern) && pattern.slice(0, COMM_BYTES) === name;
}
