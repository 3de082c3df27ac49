// The story as people type and paste it, made safe for the check without changing what it says; and its preview.

import { length } from "./values.js";
import { _ } from "./words.js";

const UNSEEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;
const FIELD = /^(\s*(?:-\s+)?(?:\{\s*)?)(\p{L}[\p{L}\p{N}_-]*)(\s*)([:\uff1a])(?!\/\/)/u;
const LINK = /(!?)\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s]*)\)/g;
const WEB = /^https?:\/\/(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+\p{L}(?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?(?:[/?#][^\s\\<>\x22^\x60{|}]*)?$/u;
const MAIL = /^mailto:[^@\s?]+@[^@\s?]+\.[^@\s?.]+$/;

/** A text without invisible characters that nobody typed, and with plain line ends. */
export function clean(text) {
  return text.replace(/\r\n?|[\u2028\u2029]/g, "\n").replace(UNSEEN, "");
}

/** The same on one line. */
export const oneLine = (text) => clean(text).replace(/\s+/g, " ").trim();

/** What the check would refuse in a story, as sentences. */
export function storyProblems(text, data) {
  const found = [];
  const body = clean(text);
  const signs = body.match(/[*_\x60<>+\-=#\\]/g)?.length ?? 0;
  const paragraphs = body.split(/\n[ \t]*\n/);
  const say = (sentence) => found.push(sentence);
  const isTooMuch = [
    body.split("[").length > 1000,
    signs > 18000,
    paragraphs.length > 5000,
    body.length > 240000,
    paragraphs.some((part) => length(part) > 9000 || part.split("\n").length > 450),
    body.split("\n").some((line) => /^[\t >*+-]{40}/.test(line)),
  ].some(Boolean);
  if (isTooMuch) say(_("this is more than one story can hold; put empty lines in it, or split it"));
  for (const words of data.first_words) {
    if (body.includes(words)) say(_("'%(words)s' is still there; write your story in its place", { words }));
  }
  for (const [, isPicture, words, address] of body.matchAll(LINK)) {
    if (!isPicture && !leadsOn(address)) say(_("a link begins with https://, mailto: or tel:, got '%(address)s'", { address }));
    else if (!isPicture && !words.trim()) say(_("the link to %(address)s has no words; write them between its brackets", { address }));
  }
  return found;
}

const leadsOn = (address) => WEB.test(address) || MAIL.test(address) || /^tel:\+?[0-9][0-9().-]{2,}$/.test(address);

/** The story as the file holds it: signs that Markdown would take for something else stand for themselves. */
export function safeStory(text, data) {
  return clean(text).split("\n").map((line) => safeLine(line, data)).join("\n").replace(/^\n+|\s+$/g, "");
}

function safeLine(line, data) {
  let rest = line.replace(/\t/g, "    ").replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+(?=\S)/g, (spaces, at) => (at ? spaces : " ".repeat(spaces.length)));
  rest = rest.replace(/^>{7}(?= |$)/, "&gt;>>>>>>").replace(/^<{7}(?= |$)/, "&lt;<<<<<<");
  rest = rest.replace(/<(?=[A-Za-z/!?])/g, "&lt;").replace(/&(?=#)/g, "&amp;");
  const links = [];
  rest = rest.replace(LINK, (whole, isPicture, words) => (isPicture || !words.trim() ? whole : `\ue000${links.push(whole) - 1}\ue001`));
  rest = rest.replace(/(?<!\\)\[/g, "\\[").replace(/(?<!\\)\x60/g, "\\\x60");
  rest = rest.replace(/\ue000([0-9]+)\ue001/g, (place, number) => links[Number(number)]);
  return rest.replace(FIELD, (whole, before, key, space) => (isFieldName(key, data) ? `${before}${key}${space}&#58;` : whole));
}

/** Whether a word would be taken for the name of a field, or a slip of one. */
function isFieldName(key, data) {
  const word = key.toLowerCase();
  const own = [...data.sources, ...data.counters].map(({ id }) => id);
  return [...data.inner_fields, ...own].includes(word) || data.all_fields.some((name) => (2 * common(word, name)) / (word.length + name.length) >= 0.8);
}

/** How many letters two words have in common, in their order. */
function common(one, other) {
  let row = new Array(other.length + 1).fill(0);
  for (const letter of one) {
    const next = [0];
    for (let n = 0; n < other.length; n += 1) {
      next.push(letter === other[n] ? row[n] + 1 : Math.max(row[n + 1], next[n]));
    }
    row = next;
  }
  return row.at(-1);
}

// -- preview ----------------------------------------------------------------------------------------------------------

/** The story as elements: paragraphs, lists, bold words and links. Every text is set as text. */
export function preview(text, document) {
  const all = document.createDocumentFragment();
  for (const part of clean(text).split(/\n[ \t]*\n/)) {
    let list = null;
    let paragraph = null;
    for (const line of part.split("\n").filter((each) => each.trim())) {
      const entry = /^\s*(?:[-*•]|[0-9]+[.)])\s+(.*)$/.exec(line);
      if (entry) {
        list ??= all.appendChild(document.createElement("ul"));
        paragraph = null;
        inline(entry[1], list.appendChild(document.createElement("li")), document);
      } else {
        list = null;
        if (paragraph) paragraph.append(document.createElement("br"));
        paragraph ??= all.appendChild(document.createElement(/^#+\s/.test(line) ? "h3" : "p"));
        inline(line.replace(/^#+\s+/, ""), paragraph, document);
      }
    }
  }
  return all;
}

function inline(text, into, document) {
  for (const part of text.split(/(\*\*[^*]+\*\*|\*[^*\s][^*]*\*|\[[^\[\]]+\]\([^()\s]+\))/)) {
    const strong = /^\*\*([^*]+)\*\*$/.exec(part);
    const stress = /^\*([^*]+)\*$/.exec(part);
    const link = /^\[([^\[\]]+)\]\(([^()\s]+)\)$/.exec(part);
    const name = strong ? "strong" : stress ? "em" : link && leadsOn(link[2]) ? "a" : "";
    if (!name) {
      into.append(part);
      continue;
    }
    const element = into.appendChild(document.createElement(name));
    element.textContent = (strong ?? stress ?? link)[1];
    if (name === "a") Object.assign(element, { href: link[2], target: "_blank", rel: "noopener" });
  }
}
