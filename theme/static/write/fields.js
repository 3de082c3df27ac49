// What is typed into the form → values, what the check would say of each, and what will be published.
//
// strings: plain texts by the names of the form's fields, as drafts keep them: "title", "totals.justgiving",
// "received.0.amount". A field that is empty, or holds only spaces, says nothing.

import { firstDay, readDay, readPeriod, readTime } from "./dates.js";
import { before, doubts, entryAfter, judged, published } from "./figures.js";
import { free, slug, written } from "./file.js";
import { clean, oneLine, storyProblems } from "./story.js";
import { Refused, amount, count, rate } from "./values.js";
import { _ } from "./words.js";

const MAX_FIELDS = 19000;

/** Everything that the form shows and that is written of what was typed. now: [day, time] in the campaign's zone. */
export function reading(data, strings, now, photos = []) {
  const form = new Form(data, strings, now, photos);
  return strings.kind === "event" ? form.event() : form.update();
}

class Form {
  constructor(data, strings, now, photos) {
    const texts = Object.entries(strings).map(([key, text]) => [key, key === "story" ? clean(text) : oneLine(text)]);
    this.strings = Object.fromEntries(texts);
    Object.assign(this, { data, now, photos, problems: [], region: data.regions[data.currency] });
  }

  of(key) {
    return this.strings[key] ?? "";
  }

  problem(field, message) {
    this.problems.push({ field, message });
  }

  /** A field's value as `read` makes it of its text; null where it is empty, or refused, which is noted. */
  read(field, read) {
    const text = this.of(field);
    if (!text) return null;
    try {
      return read(text);
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      this.problem(field, refused.message + lookAlike(text));
      return null;
    }
  }

  /** The fields of a group by their last names: totals.justgiving → justgiving. */
  group(name, read) {
    const values = {};
    const typed = {};
    for (const field of Object.keys(this.strings).filter((key) => key.startsWith(`${name}.`))) {
      const key = field.slice(name.length + 1);
      const value = this.read(field, (text) => read(text, key));
      if (value !== null) [values[key], typed[key]] = [value, this.of(field)];
    }
    return [values, typed];
  }

  /** The rows of a list that say something, each with what its fields are called. */
  rows(name) {
    const rows = {};
    for (const [key, text] of Object.entries(this.strings)) {
      const [group, row, field] = key.split(".");
      if (group === name && field && text) (rows[row] ??= { row })[field] = text;
    }
    // What is only chosen, with nothing typed beside it, says nothing.
    return Object.values(rows)
      .filter((each) => ["amount", "from", "to", "date"].some((field) => each[field]))
      .sort((one, other) => Number(one.row) - Number(other.row));
  }

  regionOf(source) {
    const found = this.data.sources.find((each) => each.id === source);
    const currency = found?.currency ?? this.data.currency;
    return { ...this.data.regions[currency], isAccount: currency !== this.data.currency };
  }

  needed(field) {
    if (!this.of(field)) this.problem(field, _("is needed here"));
  }

  /** What updates and events have in common. */
  common(kind) {
    this.needed("title");
    for (const message of storyProblems(this.of("story"), this.data)) this.problem("story", message);
    this.photos.forEach((photo, place) => {
      if (!oneLine(photo.alt ?? "")) {
        this.problem(`photos.${place}.alt`, _("a picture needs a few words: what it shows, for those who cannot see it"));
      }
    });
    const typed = {
      title: this.of("title"), story: this.of("story"), summary: this.of("summary"),
      status: this.of("cancelled") ? "cancelled" : this.of("draft") ? "draft" : "",
    };
    return { kind, typed, kept: [], withdrawn: [], reached: [] };
  }

  /** The finished reading: the file of what was said, where nothing is wrong. */
  done(said, more = {}) {
    const file = written(this.data, said, this.photos.map(({ name, alt }) => ({ name, alt: oneLine(alt ?? "") })));
    const fields = file.text.split("---\n")[1] ?? "";
    if (new TextEncoder().encode(fields).length > MAX_FIELDS) this.problem("", _("the fields are too long; move text to the story"));
    return { said, file, problems: this.problems, corrections: [], doubts: [], jump: false, published: null, ...more };
  }

  // -- an event -------------------------------------------------------------------------------------------------------

  event() {
    const said = this.common("event");
    const day = this.read("when.day", readDay);
    const time = this.read("when.time", readTime);
    const period = this.read("when.period", (text) => readPeriod(text));
    if (time && !day) this.problem("when.day", _("a time needs its day"));
    if (period && day) this.problem("when.period", _("keep the day, or the month or year"));
    const announced = this.read("said", readDay);
    if (announced && announced > this.now[0]) this.problem("said", this.future(announced));
    const begins = day ?? (period && firstDay(period));
    const isHeld = Boolean(this.of("held"));
    if (isHeld && begins && begins > this.now[0]) this.problem("held", this.future(begins));
    if (isHeld && this.of("cancelled")) {
      this.problem("held", _("an event that is cancelled was not held; keep one of the two"));
    }
    Object.assign(said.typed, {
      date: day ? [day, time].filter(Boolean).join(" ") : period ?? "",
      held: isHeld ? "true" : "", said: announced ?? "", place: this.of("place"),
    });
    said.folder = "events";
    said.name = free(`${slug(this.of("title"), this.data.slug) || "what-it-is"}.md`, this.data.names.events);
    return this.done(said);
  }

  future(day) {
    return _("%(day)s is after today, %(today)s", { day, today: this.now[0] });
  }

  // -- an update ------------------------------------------------------------------------------------------------------

  update() {
    const { data } = this;
    const said = this.common("update");
    this.needed("date");
    const day = this.read("date", readDay);
    let time = this.read("time", readTime) ?? "";
    const asOf = this.read("as_of", readDay);
    const isDraft = said.typed.status === "draft";
    if (day && day > this.now[0] && !isDraft) this.problem("date", this.future(day));
    if (asOf && day && asOf > day) {
      this.problem("as_of", _("%(as_of)s is after the update's date, %(day)s; write the day on which the totals were read", { as_of: asOf, day }));
    }
    this.values(said, day);
    const was = before(data);
    const isOfFigures = [said.totals, said.gift_aid, said.counters, said.rates].some((each) => Object.keys(each).length)
      || [said.received, said.promised, said.kept, said.withdrawn, said.reached, said.paid].some((each) => each.length)
      || said.ends || said.resumes;
    if (day && day === was.day && isOfFigures && !time && !isDraft) [, time] = day === this.now[0] ? this.now : ["", "23:59"];
    Object.assign(said, { day: day ?? this.now[0], as_of: asOf });
    Object.assign(said.typed, { date: [day, time].filter(Boolean).join(" "), as_of: asOf ?? "", author: this.of("author") });
    said.folder = "updates";
    said.name = free(`${said.day}-${slug(this.of("title"), data.slug) || "what-happened"}.md`, data.names.updates);
    this.plausible(day, isOfFigures);
    if (!day) return this.done(said);
    const isOlder = was.day && (day < was.day || (day === was.day && time <= was.time));
    if (isOlder && isOfFigures) {
      this.problem("date", _("figures of a day before the newest update (%(day)s) are written in GitHub's editor; take a later day or time, or tell only the story", { day: [was.day, was.time].filter(Boolean).join(" ") }));
      return this.done(said);
    }
    if (isOlder) return this.done(said);
    // What an account in another currency counts for is known once its rate is.
    if (this.lacksRate(said)) return this.done(said);
    const entry = entryAfter(data, was, said);
    const judgement = judged(data, was, entry, said);
    this.problems.push(...judgement.problems);
    const kept = judgement.corrections.filter((key) => said.correction[key] !== undefined);
    said.typed.correction = Object.fromEntries(kept.map((key) => [key, said.correction[key]]));
    const { corrections, leaps } = judgement;
    const jump = leaps.length > 0;
    said.typed.jump = jump ? said.jump : "";
    if (isDraft) return this.done(said, { corrections, jump });
    const shown = published(data, was, entry, said, this.now[0]);
    const asked = doubts(data, was, entry, said, shown, leaps.map(({ key }) => key).filter(Boolean));
    // What was said to be right is that very sentence, and not whatever the figure becomes after it.
    for (const { key, message } of asked) if (this.of(`right.${key}`) !== oneLine(message)) this.problem(`right.${key}`, message);
    return this.done(said, { corrections, jump, doubts: asked, published: shown });
  }

  /** Reads everything that an update says of money and of what was reached. */
  values(said, day) {
    const { data, region } = this;
    const { typed } = said;
    [said.totals, typed.totals] = this.group("totals", (text, key) => amount(text, this.regionOf(key)));
    [said.gift_aid, typed.gift_aid] = this.group("gift_aid", (text) => amount(text, region));
    [said.counters, typed.counters] = this.group("counters", (text) => count(text, region));
    [said.rates, typed.rates] = this.group("rates", (text) => ({ worth: rate(text, region), text }));
    said.received = this.received(typed, day);
    said.paid = this.paid(typed);
    said.promised = this.promised(typed);
    const chosen = (group, value) => Object.keys(this.strings)
      .filter((key) => key.startsWith(`${group}.`) && this.of(key) === value)
      .map((key) => key.slice(group.length + 1));
    said.kept = chosen("promise", "kept");
    said.withdrawn = chosen("promise", "withdrawn");
    for (const id of [...said.kept, ...said.withdrawn]) {
      const match = data.matches.find((each) => each.id === id);
      if (match && day && match.from > day && said.typed.status !== "draft") {
        this.problem(`promise.${id}`, _("the match %(id)s begins on %(day)s, so nothing has become of it yet; leave it out", { id, day: match.from }));
      }
    }
    said.reached = chosen("reached", "yes");
    [said.ends, said.resumes] = [this.of("ends"), Boolean(this.of("resumes"))];
    if (said.ends && said.resumes) this.problem("resumes", _("an update ends the appeal or takes it up again; keep one of the two"));
    [typed.ends, typed.resumes] = [said.ends, said.resumes ? "true" : ""];
    [said.correction] = this.group("correction", (text) => text);
    typed.correction = {};
    said.jump = this.of("jump");
    typed.jump = "";
  }

  received(typed, day) {
    const { data } = this;
    const read = [];
    typed.received = [];
    for (const row of this.rows("received")) {
      const field = (name) => `received.${row.row}.${name}`;
      const [kind, id] = (row.into ?? "").split(":");
      if (!id) this.problem(field("into"), _("is needed here"));
      if (!row.amount) this.problem(field("amount"), _("is needed here"));
      const region = kind === "source" ? this.regionOf(id) : this.region;
      const value = this.read(field("amount"), (text) => amount(text, region, true));
      const when = this.read(field("date"), (text) => readPeriod(text));
      if (when && day && firstDay(when) > day) {
        this.problem(field("date"), _("is after the update's date, %(day)s; what came in later is told later", { day }));
      }
      if (id && value) {
        read.push({ row: row.row, amount: value, [kind]: id });
        typed.received.push({
          row: row.row, source: kind === "source" ? id : "", amount: row.amount, from: row.from, date: when ?? "",
          event: data.events.some((event) => event.slug === row.event) ? row.event : "", cause: kind === "cause" ? id : "",
        });
      }
    }
    return read;
  }

  paid(typed) {
    const read = [];
    typed.paid = [];
    for (const row of this.rows("paid")) {
      const field = (name) => `paid.${row.row}.${name}`;
      for (const name of ["amount", "to"]) if (!row[name]) this.problem(field(name), _("is needed here"));
      const value = this.read(field("amount"), (text) => amount(text, this.region, true));
      if (value && !value.units) {
        this.problem(field("amount"), _("nothing was paid; write how much was, or leave the payment out until something is"));
      }
      if (value && row.to) {
        const [kind, id] = (row.is_for ?? "").split(":");
        read.push({ row: row.row, amount: value, to: row.to, is_for: row.is_for ?? "" });
        typed.paid.push({ row: row.row, amount: row.amount, to: row.to, [kind]: id });
      }
    }
    return read;
  }

  promised(typed) {
    const read = [];
    typed.promised = [];
    const taken = [...Object.keys(this.data.before.pledges), ...this.data.matches.map((match) => match.id)];
    for (const row of this.rows("promised")) {
      const field = `promised.${row.row}.amount`;
      if (!row.amount) this.problem(field, _("is needed here"));
      const value = this.read(field, (text) => amount(text, this.region));
      if (!value) continue;
      const id = free(slug(row.from ?? "", { ...this.data.slug, longest: 40 }) || "gift", taken);
      taken.push(id);
      read.push({ row: row.row, id, amount: value });
      typed.promised.push({ row: row.row, id, amount: row.amount, from: row.from });
    }
    const most = this.data.rules.max_promises;
    if (read.length && taken.length - this.data.matches.length > most) {
      this.problem(`promised.${read.at(-1).row}.amount`, _("an appeal can keep %(most)s promises; put several under one, with their sum", { most: String(most) }));
    }
    return read;
  }

  /** Days that cannot be meant beside those of campaign.yaml. */
  plausible(day, isOfFigures) {
    const { started, first_by: firstBy } = this.data;
    if (!day) return;
    const earliest = started && new Date(Date.parse(`${started}T00:00Z`) - (isOfFigures ? 366 : 20 * 366) * 864e5).toISOString().slice(0, 10);
    if (earliest && day < earliest) {
      this.problem("date", _("%(day)s is long before the appeal started (%(started)s); is the year right?", { day, started }));
    }
    if (started && started > this.now[0]) {
      this.problem("date", _("the appeal starts on %(started)s, says campaign.yaml; there is nothing to tell before", { started }));
    }
    if (!this.data.before.day && firstBy && day > firstBy) {
      this.problem("date", _("%(day)s is after %(last)s, by when everything was to be done, says campaign.yaml", { day, last: firstBy }));
    }
  }

  /** A rate for each currency that is stated. */
  lacksRate(said) {
    const { data } = this;
    const stated = [...Object.keys(said.totals), ...said.received.map((receipt) => receipt.source).filter(Boolean)];
    const told = new Set();
    for (const key of stated) {
      const source = data.sources.find((each) => each.id === key);
      const currency = source?.currency ?? data.currency;
      if (currency === data.currency || currency in said.rates || told.has(currency)) continue;
      told.add(currency);
      if (!this.problems.some((problem) => problem.field === `rates.${currency}`)) {
        this.problem(`rates.${currency}`, _("%(account)s counts in %(currency)s; say what one %(currency)s was worth in %(own)s that day", { account: source.label, currency, own: data.currency }));
      }
    }
    return told.size > 0;
  }
}

/** The end of a sentence about a text that holds a character which looks like another or like nothing. */
function lookAlike(text) {
  const isLatin = /[A-Za-z]/.test(text);
  for (const sign of text.replace(/\s+/g, "")) {
    const isOdd = /[\p{Cf}\p{Mn}\p{Zs}]/u.test(sign) || /^[\x00-\x7f]*$/.test(sign.normalize("NFKC"))
      || (isLatin && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(sign));
    if (sign > "\x7f" && isOdd && !/\p{No}/u.test(sign)) {
      const code = sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
      return _("; it holds the character U+%(code)s, which looks like another or like nothing: delete it and type it again", { code });
    }
  }
  return "";
}
