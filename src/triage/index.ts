/** Analyses grouped into incidents. */
export { createTriager, type GroupField, MOST_SIGHTINGS, type TriageOptions, type Triager } from "./triage.js";
