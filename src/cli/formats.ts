/** The formats that a result can be written in. */
export const formats = ["text", "json", "ndjson", "markdown"] as const;
export type Format = (typeof formats)[number];

/** Those of commands that write pages. */
export const pageFormats = [...formats, "html"] as const;
export type PageFormat = (typeof pageFormats)[number];
