import type { TextLine } from "../../model/report.js";
import type { Context } from "../context.js";
import type { TextEvidence } from "../rule.js";

/** The first line of the report that the pattern fits, as evidence; null when none does. */
export function lineLike({ report }: Context, name: string, pattern: RegExp): TextEvidence | null {
  const candidates: readonly TextLine[] = report.lines;
  for (const { line, text } of candidates) {
    const match = pattern.exec(text);
    if (match !== null) return { name, value: match[0], lines: [line] };
  }
  return null;
}

/** The first frame of the trigger's stack that the pattern fits, by function or module. */
export function frameLike({ report }: Context, pattern: RegExp): TextEvidence | null {
  for (const { function: name, module, line } of report.stack) {
    if (pattern.test(name)) return { name: "in the trace", value: name, lines: [line] };
    if (module !== null && pattern.test(module)) return { name: "in the trace", value: module, lines: [line] };
  }
  return null;
}

/** Signs that the machine is a guest, each with its hypervisor's name. */
const hypervisors: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: "VMware", pattern: /VMware/ },
  { name: "Hyper-V", pattern: /Microsoft Corporation Virtual Machine|hv_balloon|Hyper-V/ },
  { name: "Xen", pattern: /\bXen\b|HVM domU/ },
  { name: "KVM", pattern: /QEMU|\bKVM\b|virtballoon_oom_notify|Google Compute Engine|Amazon EC2|OpenStack/ },
  { name: "VirtualBox", pattern: /VirtualBox/ },
];

/** Programs that only run in guests, each of one hypervisor. */
const guestAgents: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: "VMware", pattern: /^(?:vmtoolsd|vmware-guestd)$/ },
  { name: "Hyper-V", pattern: /^hv_(?:kvp|vss|fcopy)_daemon$/ },
  { name: "Xen", pattern: /^xe-daemon$/ },
  { name: "KVM", pattern: /^qemu-ga$/ },
  { name: "VirtualBox", pattern: /^VBoxService$/ },
];

function guestAgentOf({ report }: Context): TextEvidence | null {
  for (const { name, line } of report.tasks) {
    const agent = guestAgents.find(({ pattern }) => pattern.test(name));
    if (agent !== undefined) return { name: `guest agent of ${agent.name}`, value: name, lines: [line] };
  }
  return null;
}

/** The hypervisor that the hardware line, a driver or a guest agent names, as evidence. */
export function hypervisorOf(context: Context): TextEvidence | null {
  const { hardware } = context.report;
  const signs = hardware === null ? [] : [hardware];
  for (const { name, pattern } of hypervisors) {
    const named = signs.find(({ text }) => pattern.test(text));
    const match = named === undefined ? null : pattern.exec(named.text);
    if (named !== undefined && match !== null)
      return { name: `hypervisor ${name}`, value: match[0], lines: [named.line] };
    const frame = frameLike(context, pattern);
    if (frame !== null) return { ...frame, name: `hypervisor ${name}` };
  }
  return guestAgentOf(context);
}

/** A driver of a balloon: its text proves that the guest has one. */
export function balloonDriver(context: Context): TextEvidence | null {
  return lineLike(
    context,
    "balloon driver",
    /hv_balloon|vmw_balloon|vmmemctl|virtballoon_oom_notify|virtio_balloon|xen_balloon|MEMPLUG/,
  );
}
