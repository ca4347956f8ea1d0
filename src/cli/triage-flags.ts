import { boolean, string } from "@oclif/core/flags";

const bounds = "BOUNDS FOR GATES";

/** A condition on the reports that count. */
export const whereFlag = string({
  description: "Take reports of which a field is so: verdict=differs, victim=java*, time>=2026-10-01; may be repeated.",
  helpValue: "FIELD=VALUE",
  multiple: true,
  multipleNonGreedy: true,
});

/** The flags of triage beside those of every command. */
export const triageFlags = {
  "group-by": string({
    description: "Group by these fields exactly, with commas: host,victim,kernel_release.",
    helpValue: "FIELDS",
  }),
  where: whereFlag,
  top: string({
    description: "Incidents that text and Markdown show.",
    helpValue: "N|all",
    default: "10",
  }),
  svg: boolean({
    description: "Draw the timelines in Markdown too, as SVG images within the text; GitHub and GitLab show none.",
  }),
  "max-reports": string({ description: "Exit with 1 when there are more reports.", helpValue: "N", helpGroup: bounds }),
  "max-kills": string({ description: "Exit with 1 when more processes died.", helpValue: "N", helpGroup: bounds }),
  "max-incidents": string({
    description: "Exit with 1 when there are more incidents.",
    helpValue: "N",
    helpGroup: bounds,
  }),
  "max-rate": string({
    description: "Exit with 1 when an incident has more reports an hour.",
    helpValue: "N",
    helpGroup: bounds,
  }),
};
