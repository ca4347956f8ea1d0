/** The formats that a result can be written in. */
export const formats = ["text", "json", "ndjson", "markdown"] as const;
export type Format = (typeof formats)[number];
