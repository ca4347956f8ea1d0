import type { CommandSpec, FlagSpec } from "./command-line.js";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** A program and its commands. */
export interface Program {
  readonly bin: string;
  readonly commands: readonly CommandSpec[];
}

/** A script that makes a shell complete commands, flags, their values, and files. */
export const completions: Readonly<Record<Shell, (program: Program) => string>> = { bash, zsh, fish };

/** Where each shell looks for it, for the head of the script. */
const install: Readonly<Record<Shell, string>> = {
  bash: "/usr/share/bash-completion/completions/oomlog, or: source <(oomlog completion bash)",
  zsh: "a folder of $fpath, as _oomlog, or: source <(oomlog completion zsh)",
  fish: "~/.config/fish/completions/oomlog.fish",
};

function bash({ bin, commands }: Program): string {
  const cases = commands.map(({ name, flags, words }) => {
    const values = flags.filter((flag) => flag.value !== null && (flag.options.length > 0 || !flag.takesFile));
    const valueCases = values.map((flag) => {
      const reply = flag.options.length > 0 ? `COMPREPLY=($(compgen -W '${flag.options.join(" ")}' -- "$word"))` : ":";
      return `        ${spelled(flag).join("|")}) ${reply}; return ;;`;
    });
    const all = flags.map((flag) => `--${flag.name}`).join(" ");
    return [
      `    ${name})`,
      `      case $before in`,
      ...valueCases,
      `        *) ;;`,
      `      esac`,
      `      flags='${all}'`,
      `      words='${words.join(" ")}'`,
      `      ;;`,
    ].join("\n");
  });
  return `# bash completion of ${bin}: ${install.bash}
_${bin}() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} flags='' words=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(" ")} help --help --version' -- "$word"))
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join("\n")}
    help) words='${commands.map(({ name }) => name).join(" ")}' ;;
    *) return ;;
  esac
  if [ "\${word:0:1}" = - ]; then
    COMPREPLY=($(compgen -W "$flags" -- "$word"))
  elif [ -n "$words" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$word"))
  else
    compopt -o filenames 2>/dev/null
    local IFS=$'\\n'
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -F _${bin} ${bin}
`;
}

function zsh({ bin, commands }: Program): string {
  const described = commands.map(({ name, summary }) => `    '${name}:${zshText(summary)}'`);
  const cases = commands.map(({ name, flags, words, arguments: args }) => {
    const specs = flags.flatMap((flag) => {
      const action = flag.options.length > 0 ? `(${flag.options.join(" ")})` : flag.takesFile ? "_files" : " ";
      const value = flag.value === null ? "" : `:${zshText(flag.value)}:${action}`;
      const option = flag.value === null ? "" : "=";
      return spelled(flag).map(
        (spelling) =>
          `        '${spelling}${spelling.startsWith("--") ? option : ""}[${zshText(flag.description)}]${value}'`,
      );
    });
    const rest = words.length > 0 ? `        '*:word:(${words.join(" ")})'` : `        '*:file:_files'`;
    return `      ${name})\n      _arguments -s \\\n${[...specs, ...(args.length > 0 ? [rest] : [])].join(" \\\n")}\n      ;;`;
  });
  return `#compdef ${bin}
# zsh completion of ${bin}: ${install.zsh}
_${bin}() {
  local -a commands
  commands=(
${described.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
${cases.join("\n")}
  esac
}
if [ "$funcstack[1]" = _${bin} ]; then
  _${bin} "$@"
else
  compdef _${bin} ${bin}
fi
`;
}

/** Text within a specification of zsh, which stands in single quotes. */
function zshText(text: string): string {
  return text.replace(/[\\:[\]]/g, "\\$&").replaceAll("'", `'\\''`);
}

function fish({ bin, commands }: Program): string {
  const lines = commands.flatMap(({ name, summary, flags, words }) => {
    const here = `complete -c ${bin} -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c ${bin} -n __fish_use_subcommand -a ${name} -d ${fishText(summary)}`,
      ...flags.map((flag) => {
        const short = flag.char === null ? "" : ` -s ${flag.char}`;
        const value =
          flag.value === null
            ? ""
            : flag.options.length > 0
              ? ` -x -a ${fishText(flag.options.join(" "))}`
              : flag.takesFile
                ? " -r"
                : " -x";
        return `${here} -l ${flag.name}${short}${value} -d ${fishText(flag.description)}`;
      }),
      ...(words.length > 0 ? [`${here} -f -a ${fishText(words.join(" "))}`] : []),
    ];
  });
  return `# fish completion of ${bin}: ${install.fish}
complete -c ${bin} -n __fish_use_subcommand -f
complete -c ${bin} -n __fish_use_subcommand -l version -d 'Show the version.'
${lines.join("\n")}
`;
}

function fishText(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

function spelled({ name, char }: FlagSpec): string[] {
  return [`--${name}`, ...(char === null ? [] : [`-${char}`])];
}
