// The page: the form, what is wrong beside each field, what will be published, and what the other sections are told.

import { nowIn, dayWritten } from "./dates.js";
import { capital, el, field, idOf, part, tell } from "./dom.js";
import { reading } from "./fields.js";
import { before } from "./figures.js";
import { figures, kept, more, moreOfAnEvent, occasion, onTheSite, whatHappened } from "./form.js";
import { editAddress } from "./github.js";
import { photoSection, publishSection } from "./publishing.js";
import { preview } from "./story.js";
import { money, say } from "./values.js";
import { _ } from "./words.js";

/** What the sections of photos and publishing know of the page; photos are [{name, blob, alt}], the first the lead. */
class Page {
  constructor(data, root) {
    Object.assign(this, { data, root, photos: [], listeners: [], touched: new Set(), isTried: false, kind: "update" });
  }

  /** What was typed of the update or the event that is written, as plain texts by the fields' names. */
  get strings() {
    return this.textsOf((input) => (input.closest("[data-kind]")?.dataset.kind ?? this.kind) === this.kind);
  }

  /** Everything that was typed, also of the other of the two: whoever changes between them loses nothing. */
  get typed() {
    return this.textsOf(() => true);
  }

  textsOf(isWanted) {
    const strings = { kind: this.kind };
    for (const input of this.form.querySelectorAll("[name]")) {
      if (input.type === "radio" || !isWanted(input)) continue;
      const value = input.type === "checkbox" && !input.checked ? "" : input.value;
      if (value) strings[input.name] = value;
    }
    return strings;
  }

  /** Put back what was typed, as `typed` gave it. */
  restore(strings) {
    this.choose(strings.kind ?? "update");
    for (const [name, value] of Object.entries(strings)) {
      this.touched.add(name);
      const [list, row, inner] = name.split(".");
      const rows = inner && this.form.querySelector(`[data-rows="${CSS.escape(list)}"]`);
      if (rows && !rows.querySelector(`[data-row="${CSS.escape(row)}"]`)) rows.dispatchEvent(new CustomEvent("restore", { detail: row }));
      const input = this.form.querySelector(`#${CSS.escape(idOf(name))}`);
      if (input) Object.assign(input, { checked: true, value });
    }
    this.changed();
  }

  /** Everything empty again, as when the page was opened; what is published is not published twice. */
  clear() {
    this.form.reset();
    for (const row of this.form.querySelectorAll("[data-row]")) row.remove();
    this.photos = [];
    this.touched.clear();
    this.isTried = false;
    this.form.elements.date.value = nowIn(this.data.zone)[0];
    this.changed();
  }

  /** Call `listener` with this page after every change. */
  onChange(listener) {
    this.listeners.push(listener);
  }

  /** To be called whenever something was typed, or a photo came or went. */
  changed() {
    this.result = reading(this.data, this.strings, nowIn(this.data.zone), this.photos);
    this.show();
    for (const listener of this.listeners) listener(this);
  }

  choose(kind) {
    this.kind = kind;
    for (const input of this.form.querySelectorAll("[name=kind]")) input.checked = input.value === kind;
    for (const section of this.form.querySelectorAll("[data-kind]")) section.hidden = section.dataset.kind !== kind;
  }

  /** Whether nothing is wrong; else every problem is shown, and the first one's field has the focus. */
  isReady() {
    this.isTried = true;
    this.changed();
    return this.result.problems.length === 0 || this.report(this.result.problems);
  }

  fieldOf(name) {
    return this.form.querySelector(`#${CSS.escape(idOf(name))}`);
  }

  /** Show problems, of the form or of the check: [{field, message}]. Gives false. */
  report(problems) {
    for (const { field: name, message } of problems) this.mark(name, message);
    const first = problems.map(({ field: name }) => this.fieldOf(name)).find(Boolean);
    (first ?? this.others).focus();
    return false;
  }

  /** Say what is wrong beside its field, which is then seen, or else below all of them; without a message, nothing any more. */
  mark(name, message) {
    if (!tell(this.form, name, message) && message) this.others.append(el("li", {}, capital(message)));
    this.others.hidden = !this.others.childElementCount;
    for (let around = message && this.fieldOf(name); around; around = around.parentElement.closest("details")) around.open = true;
  }

  show() {
    const { problems, corrections, doubts, jump } = this.result;
    this.others.replaceChildren();
    const told = new Map();
    const shown = [];
    for (const { field: name, message } of problems) if (!told.has(name)) told.set(name, message);
    const names = new Set([...told.keys(), ...[...this.form.querySelectorAll("[data-field]")].map(({ dataset }) => dataset.field)]);
    for (const name of names) {
      const isShown = this.isTried || this.touched.has(name) || this.isAskedFor(name);
      if (isShown && told.has(name)) shown.push(name);
      this.mark(name, isShown ? told.get(name) : "");
      // A reason is asked for once its figure is typed to the end, and not while it still grows.
      const [group, key] = name.split(".");
      const asks = { correction: corrections.includes(key), jump, right: doubts.some((each) => each.key === key) }[group];
      if (asks !== undefined) this.fieldOf(name).parentElement.hidden = !asks || !isShown;
    }
    for (const { key, message } of doubts) {
      const input = this.fieldOf(`right.${key}`);
      if (input.value !== message) Object.assign(input, { checked: false, value: message });
    }
    this.showChanges();
    this.showOutcome(problems, shown);
  }

  /** Whether what a field asks about a figure may be asked: that figure was typed to the end. */
  isAskedFor(name) {
    const [group, key] = name.split(".");
    const isOf = {
      "": /^/,
      jump: /^(totals|gift_aid|rates|.*amount$)/,
      right: /^(totals|rates|counters|(received|promised).*amount$)/,
      correction: key === "paid" ? /^paid.*amount$/ : /^received.*amount$/,
    }[group];
    return Boolean(isOf) && [...this.touched].some((other) => isOf.test(other) || (key && (other === `totals.${key}` || other === `gift_aid.${key}`)));
  }

  /** What each total has become, beside it; and beside an amount where it is counted, what stands there and how much more it is. */
  showChanges() {
    const { said } = this.result;
    const was = before(this.data);
    const more = (units, { currency }) => difference(units, this.data.regions[currency]);
    for (const output of this.form.querySelectorAll("[data-field^='totals.'] output, [data-field$='.into'] output")) {
      const [group, key] = output.parentElement.dataset.field.split(".");
      const now = said.totals?.[key];
      const stood = key === "raised" ? was.overall : was.sources[key];
      const then = stood?.own ?? stood;
      const added = said.received?.find(({ row }) => row === key)?.amount;
      let text = now && then ? more(now.units - then.units, now) : "";
      const [place, inside] = group === "received" ? kept(this.data, this.fieldOf(`received.${key}.into`).value) : [];
      if (place) text = [[place, added && more(added.units, added)].filter(Boolean).join("; "), inside].filter(Boolean).join(". ");
      if (output.textContent !== text) output.textContent = text;
    }
  }

  showOutcome(problems, shown) {
    const { data, result } = this;
    const { published, file, said } = result;
    const { typed } = said;
    const region = data.regions[data.currency];
    const lines = [];
    const doubted = problems.map(({ field: name }) => name).filter((name) => !/^(title|story|photos|when|said|held)\b/.test(name));
    const marked = doubted.find((name) => shown.includes(name));
    if (this.kind === "event") {
      const [, day, time] = /^(\S{10})(?: (.*))?$/.exec(typed.date) ?? [];
      lines.push([_("Event"), typed.title || "…"], [_("When"), day ? [dayWritten(day, data.locale), time].filter(Boolean).join(", ") : typed.date || "…"], [_("Where"), typed.place || "…"]);
    } else if (doubted.length) lines.push([_("Raised"), marked === undefined ? "…" : el("a", { href: `#${idOf(marked)}` }, _("waits until what is marked above is mended or explained"))]);
    else if (published) {
      if (published.raised) lines.push([_("Raised"), say(published.raised.shown, region)]);
      if (published.percent !== null) lines.push([_("Of the goal of %(goal)s", { goal: say(published.goal, region) }), data.percent.replace("50", String(published.percent))]);
      if (published.remaining) lines.push([_("Still needed"), say(published.remaining, region)]);
      for (const { label } of published.reached) lines.push([_("Reached with this update"), label]);
      if (published.ending) lines.push([_("The appeal"), _("asks no more")]);
    } else if (typed.status === "draft") lines.push([_("Draft"), _("nothing changes on the site")]);
    else lines.push([_("Raised"), _("as it is now")]);
    const text = lines.flat().map((each) => each.href ?? each).join("\n");
    if (this.outcome.dataset.text !== text) {
      this.outcome.dataset.text = text;
      this.outcome.replaceChildren(...lines.map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value))));
    }
    this.fileText.textContent = file.text;
    this.filePath.textContent = file.path;
    if (this.previewed.open) this.previewed.lastChild.replaceChildren(preview(this.strings.story ?? "", document));
  }
}

function difference(units, region) {
  if (!units) return _("unchanged");
  const amount = money({ units: units < 0n ? -units : units }, region);
  return units > 0n ? _("%(amount)s more", { amount }) : _("%(amount)s less", { amount });
}

/** Buttons that put signs around what is selected in the story. */
function tools(page) {
  const put = (opening, closing, isLine) => () => {
    const story = page.form.elements.story;
    const { selectionStart: start, selectionEnd: end, value } = story;
    const chosen = value.slice(start, end);
    const text = isLine ? (chosen || "").split("\n").map((line) => opening + line).join("\n") : opening + chosen + closing;
    const lead = isLine && start && value[start - 1] !== "\n" ? "\n" : "";
    story.focus();
    story.setRangeText(lead + text, start, end, "end");
    if (!isLine) story.setSelectionRange(start + opening.length, start + opening.length + chosen.length);
    page.changed();
  };
  const button = (text, action) => el("button", { type: "button", class: "plain", "aria-controls": idOf("story"), onclick: action }, text);
  return el("div", { class: "tools", role: "group", "aria-label": _("For the story") }, button(_("Bold"), put("**", "**")), button(_("List"), put("- ", "", true)), button(_("Link"), put("[", "](https://)")));
}

function build(page) {
  const { data } = page;
  const kind = (value, text) => el("label", { class: "choice" }, el("input", { type: "radio", name: "kind", value, checked: value === page.kind, onchange: () => { page.choose(value); page.changed(); } }), el("span", {}, text));
  page.previewed = el("details", { ontoggle: () => page.show() }, el("summary", {}, _("How the story will look")), el("div", { class: "story" }));
  page.others = el("ul", { id: idOf(""), class: "wrong", tabindex: "-1", hidden: true });
  page.outcome = el("dl", { class: "outcome" });
  page.filePath = el("code");
  page.fileText = el("code");
  const only = (kind, element) => {
    element.dataset.kind = kind;
    return element;
  };
  page.form = el(
    "form",
    { novalidate: true, autocomplete: "on" },
    part(
      _("What happened"),
      el("fieldset", { class: "kinds" }, el("legend", { class: "unseen" }, _("What do you write?")), kind("update", _("An update")), kind("event", _("An event"))),
      whatHappened(tools(page)),
      page.previewed,
      // Not below "More": a change that is made with a key bears the name of whoever made the key.
      only("update", field("author", _("Who writes"), { autocomplete: "name", autocapitalize: "words" })),
    ),
    photoSection(page),
    only("update", part(_("The figures"), figures(data))),
    only("event", part(_("When and where"), occasion())),
    part(
      _("More"),
      el(
        "details",
        { class: "more" },
        el("summary", {}, only("update", el("span", {}, _("Date, promises, milestones, payments, draft"))), only("event", el("span", {}, _("Announcement, cancellation, draft")))),
        only("update", el("div", {}, more(data))),
        only("event", el("div", {}, moreOfAnEvent())),
        onTheSite(),
      ),
    ),
    part(
      _("What will be published"),
      el("div", { role: "status" }, page.outcome),
      page.others,
      el("details", {}, el("summary", {}, _("The file as it will be written")), el("p", {}, page.filePath), el("pre", { tabindex: "0", role: "region", "aria-label": _("The file as it will be written") }, page.fileText)),
    ),
  );
  // The key has a form of its own: what is typed into this one is kept as a draft.
  page.root.replaceChildren(page.form, publishSection(page), corrections(data));
  page.form.elements.date.value = nowIn(data.zone)[0];
  page.choose(page.kind);
  // Fields of the other kind have other names, so both can stay.
  page.form.addEventListener("input", () => page.changed());
  page.form.addEventListener("change", ({ target }) => {
    page.touched.add(target.name);
    page.changed();
  });
  page.form.addEventListener("submit", (event) => event.preventDefault());
  page.changed();
}

/** The updates there are, each leading to GitHub's editor at its file. */
function corrections(data) {
  const { name: repository, ...place } = data.project;
  const address = (path) => editAddress({ ...place, repository, path });
  const entries = data.updates.map(({ path, title }) => {
    const day = path.split("/").at(-1).slice(0, 10);
    return el("li", {}, el("a", { href: address(path), rel: "noopener" }, title), el("p", { class: "by" }, dayWritten(day, data.locale)));
  });
  return entries.length
    ? part(_("Correct an update"), el("p", {}, _("Each leads to its file in GitHub's editor. What you save there is checked and published.")), el("details", {}, el("summary", {}, _("Updates so far")), el("ul", { class: "titles" }, entries)))
    : "";
}

const data = JSON.parse(document.getElementById("data").textContent);
build(new Page(data, document.getElementById("write")));
