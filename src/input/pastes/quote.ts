import { plainPaste } from "./paste.js";

/** `> `, `>> `, `> > `. */
export const mailQuote = plainPaste({
  id: "mail-quote",
  description: "Quoted in a mail, to any depth (`> [    3.865246] …`).",
  starts: ">",
  needs: "line",
  pattern: /^>(?:>| >)* ?/,
});

/** `: `, `| `. */
export const columnQuote = plainPaste({
  id: "column-quote",
  description: "Set off by a colon or a bar (`: [    3.865246] …`, `| …`).",
  starts: ":|",
  needs: "line",
  pattern: /^[:|] ?/,
});

/** `# `, `; `, `* `, `// `. */
export const comment = plainPaste({
  id: "comment",
  description: "Set in comments of a program or a commit message (`# [    3.865246] …`, `// …`, ` * …`).",
  starts: "#;*/ ",
  needs: "stamp",
  pattern: /^ ?(?:#|;|\*|\/\/) /,
});
