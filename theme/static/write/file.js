// The text of the file, as a careful person would write it: the documented order, and only the fields that are used.

import { safeStory } from "./story.js";

/** A value that reads back as the same text: bare where it can be, else between double quotes. */
export function asYaml(text) {
  const isBare = /^[\p{L}\p{Nd}](?:[\p{L}\p{Nd}_ ,.;!?()'’£€&/+-]|:(?! |$))*$/u.test(text);
  return isBare && !/^(null|true|false)$/i.test(text) ? text : JSON.stringify(text).replace(/[\u007f-\u009f]/g, "");
}

/** A title as a name of small letters, digits and hyphens: Łódź, für Zoë is lodz-fur-zoe. */
export function slug(text, { own, letters, longest }) {
  let bare = text.toLowerCase().normalize("NFC");
  for (const [letter, written] of Object.entries(own)) bare = bare.replaceAll(letter, written);
  bare = bare.normalize("NFKD").replace(/\p{M}/gu, "").replace(/['\u2019\u02bc\u00b7]/g, "");
  const pairs = Object.keys(letters).sort((one, other) => other.length - one.length);
  bare = bare.replace(new RegExp(pairs.join("|"), "g"), (letter) => letters[letter]);
  return bare.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, longest).replace(/-+$/, "");
}

/** A name like walk.md that no file has: walk-2.md, or the next number that is free. */
export function free(name, taken) {
  const lower = new Set(taken.map((other) => other.toLowerCase()));
  if (!lower.has(name.toLowerCase())) return name;
  const [, stem, ending] = /^(.*?)(\.[^.]*)?$/.exec(name);
  for (let number = 2; ; number += 1) {
    const other = `${stem}-${number}${ending ?? ""}`;
    if (!lower.has(other.toLowerCase())) return other;
  }
}

/** The file of an update or event: {path, text, places}; places has [line, field] for each line of a field. */
export function written(data, said, photos = []) {
  const lines = [];
  const places = [];
  const add = (line, field) => {
    lines.push(line);
    places.push([lines.length, field]);
  };
  const pair = (key, value, field = key, indent = "") => {
    if (value) add(`${indent}${key}: ${asYaml(value)}`, field);
  };
  const group = (key, values) => {
    const used = Object.entries(values).filter(([, value]) => value);
    if (used.length) add(`${key}:`, key);
    for (const [name, value] of used) pair(name, value, `${key}.${name}`, "  ");
  };
  const list = (key, rows) => {
    if (rows.length) add(`${key}:`, key);
    for (const { row, ...values } of rows) {
      Object.entries(values).filter(([, value]) => value).forEach(([name, value], place) => {
        add(`${place ? "    " : "  - "}${name}: ${asYaml(value)}`, `${key}.${row}.${name}`);
      });
    }
  };
  const names = (key, ids) => {
    if (ids.length) add(`${key}: [${ids.join(", ")}]`, key);
  };
  const [first, ...others] = photos;
  const typed = said.typed;
  add("---", "");
  pair("title", typed.title);
  if (said.kind === "event") {
    pair("date", typed.date);
    pair("held", typed.held);
    pair("said", typed.said);
    pair("place", typed.place);
  } else {
    pair("date", typed.date);
    pair("author", typed.author);
    group("totals", typed.totals);
    pair("as_of", typed.as_of);
    list("received", typed.received);
    list("promised", typed.promised);
    names("kept", said.kept);
    names("withdrawn", said.withdrawn);
    group("gift_aid", typed.gift_aid);
    group("counters", typed.counters);
    names("reached", said.reached);
    const reasons = Object.entries(typed.correction);
    if (reasons.length === 1) pair("correction", reasons[0][1], `correction.${reasons[0][0]}`);
    else group("correction", typed.correction);
    pair("jump", typed.jump);
    group("rates", typed.rates);
    list("paid", typed.paid);
    pair("ends", typed.ends);
    pair("resumes", typed.resumes);
  }
  pair("status", typed.status);
  pair("summary", typed.summary);
  if (first) {
    pair("image", `images/${first.name}`);
    pair("image_alt", first.alt);
  }
  add("---", "");
  const pictures = others.map(({ name, alt }) => `![${alt.replace(/[\[\]\\]/g, "\\$&")}](images/${name})`);
  const story = [safeStory(typed.story, data), ...pictures].filter(Boolean).join("\n\n");
  const begins = lines.length + 1;
  if (story) lines.push(story);
  places.push([begins, "story"]);
  return { path: `${data.project.content}/${said.folder}/${said.name}`, text: `${lines.join("\n")}\n`, places };
}

/** The field that stands at a line of a file; the story's where it is below the fields. */
export function fieldAt(places, line) {
  return places.filter(([begins, field]) => begins <= line && (field === "story" || begins === line)).at(-1)?.[1] ?? "";
}
