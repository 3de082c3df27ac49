// The photos, and the way from the form to the project.

import { el, part } from "./dom.js";
import { _ } from "./words.js";

/** Where photos are added. */
export function photoSection(page) {
  return null;
}

/** Where what was written is handed over: GitHub's own page for a new file, filled in. */
export function publishSection(page) {
  const { server, name, branch } = page.data.project;
  const open = () => {
    if (!page.isReady()) return;
    const { path, text } = page.result.file;
    const query = new URLSearchParams({ filename: path, value: text });
    window.open(`${server}/${name}/new/${encodeURIComponent(branch)}?${query}`, "_blank", "noopener");
  };
  return part(_("Publish"), el("p", { class: "actions" }, el("button", { type: "button", class: "give", onclick: open }, _("Go on to GitHub"))));
}
