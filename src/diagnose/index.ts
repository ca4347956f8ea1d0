export type { DiagnosisInput } from "./context.js";
export { type Diagnosis, diagnose, limitFindings } from "./diagnose.js";
export { History, type ReportDigest } from "./history.js";
export { identifyCgroup } from "./identity/cgroups.js";
export { burstableRequestShare, ownerOfAdj, victimAdjustment } from "./identity/oom-score-adj.js";
export { OtherEventCounter, otherEventAnchors, otherEvents, recognise } from "./other-events.js";
