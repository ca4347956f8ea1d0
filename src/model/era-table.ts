/** The kernels as the rules know them, for people and programs: `oomlog eras`. */
export interface EraTable {
  /** The newest kernel whose source was read; later ones are taken to follow it. */
  readonly newestKernelRead: string;
  /** The rule sets of mainline, oldest first: each holds until the next. */
  readonly ruleSets: readonly RuleSet[];
  /** Every change of the rules and of what is printed, by line of kernels, oldest first. */
  readonly lines: readonly EraLine[];
}

/** A way to select, in words. */
export interface RuleSet {
  /** `L1` to `L4`, `R1` to `R13`. */
  readonly id: string;
  /** The first kernel that has it. */
  readonly since: string;
  /** What a task's points are made of. */
  readonly points: string;
  /** What a privileged task gains. */
  readonly root: string;
  /** How points are bounded. */
  readonly bounds: string;
  /** What a scan of the whole machine visits. */
  readonly scan: string;
  /** Which of equals is taken; of a memory cgroup's too where that differs. */
  readonly tie: string;
  /** Who dies in the place of the chosen task. */
  readonly child: string;
}

/** A line of kernels: mainline, its stable releases, or a distribution. */
export interface EraLine {
  readonly name: string;
  readonly changes: readonly EraChange[];
}

/** A change of the rules. */
export interface EraChange {
  /** Id of the era that begins with it: `v4.9`, `el8-4.18.0-305`. */
  readonly era: string;
  /** The rule set that it belongs to. */
  readonly rules: string;
  /** What changed, with the commit where it is confirmed. */
  readonly change: string;
  /** The traits that it sets. */
  readonly traits: Readonly<Record<string, string>>;
}
