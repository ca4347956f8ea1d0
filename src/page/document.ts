import { escapeHtml } from "../render/html/index.js";

/** What a page is made of. Digests are SHA-256 in base64, as a Content-Security-Policy has them. */
export interface PageParts {
  readonly title: string;
  readonly policy: string;
  readonly style: string;
  /** The application, deflated, in base64: what shows reports. */
  readonly app: string;
  /** What reads logs and runs selections again, in a worker, when it is first needed; deflated, in base64. */
  readonly engine: string;
  /** The few lines that unpack and start them. */
  readonly boot: string;
}

/** Where the content of a page goes: what shows without scripts, and the data. */
export const CONTENT = "<!--content-->";

/** What stands before the content where scripts do not run. */
export const STATIC_START = '<main id="static">\n<h1 class="wordmark">oomlog</h1>\n';

/**
 * The policy of a page: nothing but its own style sheet and its two scripts, known by their digests; a worker of its own
 * making; no network, no frames, no forms, no plug-ins, and no text that becomes code.
 */
export function policyOf({
  style,
  boot,
  app,
}: {
  readonly style: string;
  readonly boot: string;
  readonly app: string;
}): string {
  return [
    "default-src 'none'",
    `script-src 'sha256-${boot}' 'sha256-${app}'`,
    `style-src 'sha256-${style}'`,
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types oomlog",
  ].join("; ");
}

/** A page with {@link CONTENT} in the place of its content. */
export function pageDocument({ title, policy, style, app, engine, boot }: PageParts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<div id="app" hidden></div>
${CONTENT}
<script type="text/plain" id="app-code">${app}</script>
<script type="text/plain" id="engine-code">${engine}</script>
<script id="boot">${boot}</script>
</body>
</html>
`;
}
