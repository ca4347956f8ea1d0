import type { Machine, MachineTask, TaskFlag } from "../model/machine.js";

/** A thread group: its leader and its other threads, in the order of the task list. */
export interface Process {
  readonly tgid: number;
  readonly leader: MachineTask;
  /** The leader first. */
  readonly threads: readonly MachineTask[];
  /** Place in the order of `for_each_process`. */
  readonly position: number;
}

/** A machine's tasks by what the selection asks for; built once per machine. */
export interface TaskIndex {
  /** In the order of `for_each_process`. */
  readonly processes: readonly Process[];
  processOf(task: MachineTask): Process;
  taskOf(pid: number): MachineTask | undefined;
  /** Children of a thread, oldest first. */
  childrenOf(task: MachineTask): readonly MachineTask[];
  /** Processes of which some thread uses an address space, in task-list order. */
  sharersOf(mm: number): readonly Process[];
}

const indexes = new WeakMap<Machine, TaskIndex>();

/** The index of a machine. A machine does not change, so that asking again costs nothing. */
export function indexTasks(machine: Machine): TaskIndex {
  const known = indexes.get(machine);
  if (known !== undefined) return known;
  const index = buildIndex(machine.tasks);
  indexes.set(machine, index);
  return index;
}

function buildIndex(tasks: readonly MachineTask[]): TaskIndex {
  const threadsByTgid = new Map<number, MachineTask[]>();
  const byPid = new Map<number, MachineTask>();
  const children = new Map<number, MachineTask[]>();
  for (const task of tasks) {
    pushTo(threadsByTgid, task.tgid, task);
    if (!byPid.has(task.pid)) byPid.set(task.pid, task);
    if (task.pid === task.tgid && task.ppid !== undefined) pushTo(children, task.ppid, task);
  }
  const processes: Process[] = [];
  const byTgid = new Map<number, Process>();
  threadsByTgid.forEach((listed, tgid) => {
    const leader = listed.find((task) => task.pid === tgid) ?? exitedLeader(listed[0] as MachineTask);
    // Most processes are a row of their own.
    const isAlone = listed.length === 1 && listed[0] === leader;
    const threads = isAlone ? listed : [leader, ...listed.filter((task) => task !== leader)];
    const process: Process = { tgid, leader, threads, position: processes.length };
    processes.push(process);
    byTgid.set(tgid, process);
  });
  return {
    processes,
    processOf: (task) => byTgid.get(task.tgid) as Process,
    taskOf: (pid) => byPid.get(pid) ?? byTgid.get(pid)?.leader,
    childrenOf: (task) => children.get(task.pid) ?? [],
    // Asked for the victim, and for tasks that no log shows: a table of it would cost every run more.
    sharersOf: (mm) => processes.filter(({ threads }) => threads.some((task) => task.mm === mm)),
  };
}

/** A process of which only a thread is known: its leader has exited and has no address space. */
function exitedLeader(thread: MachineTask): MachineTask {
  return { ...thread, pid: thread.tgid, mm: null };
}

function pushTo<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** The threads of a process as the kernel walks them from one of them. */
export function threadsFrom(
  task: MachineTask,
  process: Process,
  order: "from-task" | "from-leader",
): readonly MachineTask[] {
  const start = order === "from-task" ? process.threads.indexOf(task) : 0;
  if (start <= 0) return process.threads;
  return [...process.threads.slice(start), ...process.threads.slice(0, start)];
}

/** `find_lock_task_mm`: the first thread that still has an address space. */
export function findTaskWithMm(
  task: MachineTask,
  process: Process,
  order: "from-task" | "from-leader",
): MachineTask | undefined {
  if (task.mm !== null && (order === "from-task" || process.threads.length === 1)) return task;
  return threadsFrom(task, process, order).find((thread) => thread.mm !== null);
}

/** Whether any thread of a process has a flag that the kernel keeps for the whole of it. */
export function processHas(process: Process, flag: TaskFlag): boolean {
  const { threads } = process;
  for (let at = 0; at < threads.length; at++) if (threads[at]?.flags[flag] === true) return true;
  return false;
}
