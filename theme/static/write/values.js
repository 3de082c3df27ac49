// Amounts, counts and rates as the check reads them: strictly, in the campaign's locale, refused in the same words.
//
// A region is how one currency is read and written there; the page's data holds one for each. An amount is
// {units, qualifier, currency}: units are whole ten-thousandths of the currency, so that nothing is ever rounded by
// accident, and the qualifier is "", "about", "at least" or "more than".

import { _ } from "./words.js";

/** How many units an amount of 1 has: no currency has more than four digits behind its mark. */
export const ONE = 10000n;
const TRILLION = 10n ** 12n * ONE;
const MAX_LENGTH = 100;
const MAX_DIGITS = 18;

const MARKS = /[\u061c\u200e\u200f]/g;
const LETTER = "\\p{L}";
const DIGITS = /^[0-9]+(?:[ .,'_·\u066b\u066c][0-9]+)*$/;
const ROUGHLY = new RegExp(
  `^(?:(?:about|approx[\\p{L}\\p{N}_]*\\.?|c(?:irca|a)?\\.?|around|roughly|nearly|almost|some|≈|~):?(?!${LETTER})\\s*(?<after>.+)` +
    "|(?<before>.+?)\\s*(?:approx[\\p{L}\\p{N}_]*\\.?|\\(?about\\)?|ish|or so|~))$",
  "iu",
);
const RANGE = /^[^0-9]*[0-9][0-9.,' ]*(?:-|to|and|or)[^0-9]*[0-9][0-9.,' ]*[^0-9]*$/;

/** What a text that cannot be read is refused with. */
export class Refused extends Error {}

/** How many characters a text has, as people and the check count them. */
export const length = (text) => [...text].length;

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const spaced = (text) => text.normalize("NFC").replace(MARKS, "").replace(/[\s\u2007]+/g, " ").trim();
const strip = (text, signs) => {
  const all = [...text];
  while (all.length && signs.includes(all[0])) all.shift();
  while (all.length && signs.includes(all.at(-1))) all.pop();
  return all.join("");
};

// -- reading ----------------------------------------------------------------------------------------------------------

/** Read an amount, or throw Refused with what to write instead. negative: whether it may be below zero. */
export function amount(text, region, negative = false) {
  beShort(text);
  const found = parsed(text, region);
  if (!found) {
    beOwnCurrency(text, region);
    throw new Refused(refusal(text, region, negative));
  }
  if (found.minus && !negative) throw new Refused(belowZero(text));
  const size = found.units < 0n ? -found.units : found.units;
  if (size > TRILLION) throw new Refused(_("an amount above a trillion cannot be right, got '%(text)s'", { text }));
  return { units: found.units, qualifier: found.qualifier, currency: region.currency };
}

/** Read a whole number with its qualifier into {number, qualifier}, or throw Refused. */
export function count(text, region) {
  beShort(text, true);
  const { rest, qualifier } = takeQualifier(inLatinDigits(spaced(text), region), region);
  const plain = grouped(rest, region);
  if (plain === null || plain.places !== 0 || plain.units > TRILLION) {
    const like = number(1800n, region);
    throw new Refused(
      _("expected a whole number like %(like)s or more than %(like)s, got '%(text)s'", { like, text }),
    );
  }
  return { number: plain.units / ONE, qualifier };
}

/** Read what one unit of another currency is worth, in thousand-millionths of the campaign's; or throw Refused. */
export function rate(text, region) {
  const like = ["0.79", region.decimal === "," ? "0,79" : "1.27"].join(_(" or "));
  const match = new RegExp(`^([0-9]{1,9})(?:[.${escaped(region.decimal)}]([0-9]{1,9}))?$`).exec(text);
  if (!match) {
    const values = { currency: region.currency, like, text };
    throw new Refused(_("expected what one unit is worth in %(currency)s, like %(like)s, got '%(text)s'", values));
  }
  if (region.decimal !== "." && /^[1-9][0-9]{0,2}\.[0-9]{3}$/.test(text)) {
    const both = text.replace(".", region.decimal) + _(" or ") + text.replace(".", "");
    throw new Refused(_("'%(text)s' can be read two ways; write %(both)s, whichever is meant", { text, both }));
  }
  const worth = BigInt(match[1] + (match[2] ?? "").padEnd(9, "0"));
  if (!worth) throw new Refused(_("a currency is not worth nothing, got '%(text)s'", { text }));
  return worth;
}

function beShort(text, isCount = false) {
  if (length(text) > MAX_LENGTH) {
    const begins = [...text].slice(0, 40).join("").trimEnd();
    throw new Refused(
      _("can be %(limit)s characters at most, got %(size)s that begin with '%(begins)s'", {
        limit: String(MAX_LENGTH), size: String(length(text)), begins,
      }),
    );
  }
  const digits = (text.match(/\p{Nd}/gu) ?? []).length;
  if (digits > MAX_DIGITS) {
    const values = { digits: String(digits), text };
    throw new Refused(
      isCount
        ? _("a count of %(digits)s digits cannot be right, got '%(text)s'", values)
        : _("an amount of %(digits)s digits cannot be right, got '%(text)s'", values),
    );
  }
}

/** The amount that a text writes, below zero too, or null. */
function parsed(text, region) {
  const taken = takeQualifier(inLatinDigits(spaced(text), region), region);
  let [minus, rest] = takeMinus(taken.rest);
  rest = withoutSymbol(rest, region);
  if (!minus) [minus, rest] = takeMinus(rest); // £-5, as some locales write it
  const found = exact(rest, region);
  if (found === null) return null;
  return { units: minus ? -found.units : found.units, minus, qualifier: taken.qualifier };
}

function inLatinDigits(text, region) {
  if (/[0-9]/.test(text)) return text;
  return [...text].map((sign) => region.digits[sign] ?? sign).join("");
}

/** What stands behind a qualifier, the qualifier, and the word for it as it was typed. */
function takeQualifier(text, region) {
  for (const [qualifier, words] of Object.entries(region.words)) {
    const match = wordsFor(words, "^").exec(text);
    if (match) return { rest: text.slice(match[0].length).trimStart(), qualifier, word: match[0] };
  }
  if (text.endsWith("+")) return { rest: text.slice(0, -1).trimEnd(), qualifier: "at least", word: "at least" };
  return { rest: text, qualifier: "", word: "" };
}

function wordsFor(words, before, after = "") {
  const each = words.map((word) => escaped(word) + (/\p{L}$/u.test(word) ? "(?![\\p{L}\\p{N}_])" : ""));
  return new RegExp(`${before}(${each.join("|")})${after}`, "iu");
}

const takeMinus = (text) => (/^[-\u2212]/.test(text) ? [true, text.slice(1).trimStart()] : [false, text]);

function withoutSymbol(text, region) {
  for (const symbol of region.symbols) {
    if (text.startsWith(symbol)) return text.slice(symbol.length).trim();
    // One Latin letter is a sign only in front: 25K is 25 thousand in Zambia, too.
    if (text.endsWith(symbol) && !/^[A-Za-z]$/.test(symbol)) return text.slice(0, -symbol.length).trim();
  }
  if (/^[\p{Nd}.,'’ ]*$/u.test(text)) return text;
  const names = region.names.map(escaped).join("|");
  return text.replace(new RegExp(`^(?:${names})(?!${LETTER})|(?<!${LETTER})(?:${names})$`, "iu"), "").trim();
}

const twoWays = (digits, region) => region.minor === 3 && /^[1-9][0-9]{0,2}[.,][0-9]{3}$/.test(digits);

/** The number that digits write in this locale and currency, as {units, places}; null where they do not. */
function exact(digits, region) {
  const { minor } = region;
  if (twoWays(digits, region)) return null;
  if (minor === 3 && /^[0-9]+[.][0-9]{3}0$/.test(digits)) digits = digits.slice(0, -1);
  if (minor && new RegExp(`^(0|[1-9][0-9]*)\\.[0-9]{${minor}}$`).test(digits)) return decimal(digits);
  const found = grouped(digits, region);
  return found && (found.places === 0 || found.places === minor) ? found : null;
}

/** Read digits with the locale's separators at their places, strictly; null if they are not so. */
function grouped(digits, region) {
  const { group, decimal: mark } = region;
  if (/^\s$/.test(group)) digits = digits.replaceAll(" ", group);
  if ("'’".includes(group)) digits = digits.replaceAll("'", group);
  const marks = escaped(group + mark);
  if (!new RegExp(`^(0|[1-9][0-9${marks}]*)([${marks}][0-9${marks}]*)?$`).test(digits) || !/[0-9]$/.test(digits)) {
    return null;
  }
  const plain = digits.replaceAll(group, "").replace(mark, ".");
  if (!/^[0-9]+(\.[0-9]+)?$/.test(plain)) return null;
  if (digits.includes(group)) {
    const [whole, part = ""] = plain.split(".");
    const bare = (part.replace(/0+$/, "") && mark + part.replace(/0+$/, "")) || "";
    const typed = digits.includes(mark) ? digits.replace(/0+$/, "") : digits;
    const proper = inGroups(whole.replace(/^0+(?=.)/, ""), region.groups, group) + bare;
    if (proper !== digits && proper !== (typed.endsWith(mark) ? typed.slice(0, -mark.length) : typed)) return null;
  }
  return decimal(plain);
}

/** Digits with a point → {units, places}; null where a currency has fewer places than these. */
function decimal(plain) {
  const [whole, part = ""] = plain.split(".");
  if (part.length > 4 && /[1-9]/.test(part.slice(4))) return { units: 0n, places: part.length };
  return { units: BigInt(whole) * ONE + BigInt(part.slice(0, 4).padEnd(4, "0")), places: part.length };
}

// -- refusing ---------------------------------------------------------------------------------------------------------

function belowZero(text) {
  return _(
    "an amount cannot be below zero, got '%(text)s'; when a total falls, write the new total and say why under" +
      " correction",
    { text },
  );
}

function beOwnCurrency(text, region) {
  let others = withoutSymbol(text, region);
  for (const symbol of region.symbols) others = others.replaceAll(symbol, " ");
  const known = Intl.supportedValuesOf?.("currency") ?? [];
  const signs = others.match(/[$¢¤¥£€₠-⃏]|(?<![\p{L}\p{N}_])[A-Z]{3}(?![\p{L}\p{N}_])/gu) ?? [];
  if (signs.some((sign) => !/^[A-Z]/.test(sign) || known.includes(sign)) && /\p{Nd}/u.test(text)) {
    const values = { currency: region.currency, text };
    throw new Refused(
      region.isAccount
        ? _("this account counts in %(currency)s, got '%(text)s'; write the amount in %(currency)s without another currency's sign", values)
        : _("this campaign counts in %(currency)s, got '%(text)s'; write the amount in %(currency)s without another currency's sign", values),
    );
  }
}

/** Why a text is no amount, and what to write: amounts that are read as what it can mean, or none at all. */
function refusal(text, region, negative) {
  const examples = [figure(1586n * ONE, 0, region), ...(region.minor ? [figure(15865000n, 1, region)] : [])];
  const or = _(" or ");
  const like = examples.join(or);
  const wanted = _("expected an amount like %(like)s, got '%(text)s'", { like, text });
  const [words, typed] = sure(tidied(spaced(text)), region);
  let [minus, rest] = takeMinus(typed);
  rest = withoutSymbol(rest, region);
  if (minus && !negative && meanings(rest, region).length) return belowZero(text);
  const meant = suggestions(minus ? `${words}-` : words, rest, region).join(or);
  if (meant && twoWays(rest, region)) {
    const values = { text, currency: region.currency, meant };
    return _("'%(text)s' can be read two ways in %(currency)s; write %(meant)s, whichever is meant", values);
  }
  if (meant) return _("%(wanted)s; write %(meant)s", { wanted, meant });
  if (!/[0-9]/.test(rest) || !/[^0-9.,'_ ]/.test(rest)) return wanted;
  if (RANGE.test(rest)) return _("%(wanted)s; write “at least” and the smaller of the two amounts", { wanted });
  return _(
    "%(wanted)s; write only the amount, in %(currency)s; about, at least or more than can stand before it",
    { wanted, currency: region.currency },
  );
}

/** What to write instead, written from a value and read again before anybody sees it. */
function suggestions(words, rest, region) {
  const found = [];
  for (const { units, places, remark } of meanings(rest, region)) {
    const written = `${words}${figure(units, places, region)}`;
    const read = parsed(written, region);
    const size = read && (read.units < 0n ? -read.units : read.units);
    if (read && size === units && units <= TRILLION) found.push(`${written}${remark}`);
  }
  return [...new Set(found)];
}

function sure(text, region) {
  let { rest, qualifier, word } = takeQualifier(text, region);
  const again = takeQualifier(rest, region);
  if (qualifier === again.qualifier) rest = again.rest;
  if (qualifier === "" || qualifier === "about") {
    const roughly = ROUGHLY.exec(rest);
    const behind = wordsFor(region.words.about, "^(?<figure>.+?)\\s*", "$").exec(rest);
    if (roughly) {
      rest = (roughly.groups.after ?? roughly.groups.before).trim();
      word ||= "about";
    } else if (behind) {
      rest = behind.groups.figure;
      word ||= behind[2];
    }
  }
  return [word === "" || word === "~" ? word : `${word} `, rest];
}

/** A text without the quotation marks around it, its dashes as hyphens, its digits and marks as ASCII has them. */
function tidied(text) {
  const plain = text.replace(/[\u2010-\u2014\u2212]/g, "-").replace(/[\u2018\u2019\u02bc]/g, "'");
  return strip([...plain].map(plainSign).join(""), "“”„«»\u2018’\"' ");
}

function plainSign(sign) {
  if (/\p{Nd}/u.test(sign)) {
    let zero = sign.codePointAt(0);
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String((sign.codePointAt(0) - zero) % 10);
  }
  return sign >= "\uff01" && sign <= "\uff5e" ? sign.normalize("NFKC") : sign;
}

/** Every value that tidied digits can mean, as {units, places, remark}; none where nobody can say. */
function meanings(digits, region) {
  const { currency, minor } = region;
  const values = (text, places = minor) => {
    const value = exact(text, region);
    return value === null ? bothReadings(text, places) : [value];
  };
  const short = /^([0-9]+(?:[.,][0-9]+)?) ?(k|thousand|million|m)$/i.exec(digits);
  const parts = /^([1-9]?[0-9]) ?(p|pence|ct?|cents?)$/.exec(digits);
  const dashed = /^(.*?)([.,]-{1,2})$/.exec(digits);
  const lettered = digits.replace(/[oO]/g, "0").replace(/[lI]/g, "1");
  const without = (mark) => _(" without the '%(mark)s'", { mark });
  if (DIGITS.test(digits)) {
    const plain = digits.replace(/^0+(?=[1-9])/, "");
    const remark = plain === digits ? "" : _(" without the zero in front");
    return values(plain).map((value) => ({ ...value, remark }));
  }
  if (short) {
    const times = { k: 1000n, thousand: 1000n, m: 1000000n, million: 1000000n }[short[2].toLowerCase()];
    return values(short[1], 6).map(({ units, fine }) => {
      const product = (fine ?? units * 100n) * times;
      const whole = product % (ONE * 100n) === 0n;
      return { units: product / 100n, places: whole ? 0 : 9, remark: _(" in full") };
    });
  }
  if (parts && minor === 2 && (parts[2][0] === "p") === (currency === "GBP")) {
    return [{ units: BigInt(parts[1]) * 100n, places: 2, remark: "" }];
  }
  if (dashed && DIGITS.test(dashed[1])) {
    const whole = wholeOf(dashed[1]);
    return whole ? [{ units: BigInt(whole) * ONE, places: 0, remark: without(dashed[2]) }] : [];
  }
  if (/[.,]$/.test(digits) && DIGITS.test(digits.slice(0, -1))) {
    return values(digits.slice(0, -1)).map((value) => ({ ...value, remark: without(digits.at(-1)) }));
  }
  if (DIGITS.test(lettered)) {
    const remark = _(" with the digits 0 and 1, not the letters O and l");
    return values(lettered).map((value) => ({ ...value, remark }));
  }
  return [];
}

/** The thousands first, then a part of one unit: 25.000 is 25000 or 25. fine: hundredths of units, where needed. */
function bothReadings(digits, minor) {
  const found = [];
  const whole = wholeOf(digits);
  if (whole) found.push({ units: BigInt(whole) * ONE, places: 0 });
  if (/^[0-9]+$/.test(digits)) return found;
  const [, head, mark, part] = /^(.*)([^0-9])([0-9]*)$/.exec(digits);
  const isPart = part.length <= Math.max(minor, 3) && part.replace(/0+$/, "").length <= minor;
  if (".,·\u066b".includes(mark) && !head.includes(mark) && isPart && wholeOf(head)) {
    const kept = part.slice(0, minor);
    const fine = BigInt(wholeOf(head)) * ONE * 100n + BigInt(kept.padEnd(6, "0").slice(0, 6));
    found.push({ units: fine / 100n, fine, places: kept.length });
  }
  return found;
}

/** Digits without the marks of their thousands, or of India's hundreds of thousands; empty if they are not so. */
function wholeOf(digits) {
  if (/^0[0-9]/.test(digits)) return "";
  if (/^[0-9]+$/.test(digits)) return digits;
  const mark = digits.replace(/[0-9]/g, "")[0];
  const all = digits.split(mark);
  const [first, ...others] = all;
  const isGroup = " .,'_\u066c".includes(mark) && /[1-9]/.test(first) && all.every((part) => /^[0-9]+$/.test(part));
  const western = first.length <= 3 && others.every((part) => part.length === 3);
  const indian = first.length <= 2 && others.at(-1).length === 3 && others.slice(0, -1).every((p) => p.length === 2);
  return isGroup && (western || indian) ? all.join("") : "";
}

// -- writing ----------------------------------------------------------------------------------------------------------

function inGroups(digits, [primary, secondary], group) {
  let rest = digits.slice(0, -primary);
  let written = digits.slice(-primary);
  while (rest) {
    written = `${rest.slice(-secondary)}${group}${written}`;
    rest = rest.slice(0, -secondary);
  }
  return written;
}

/** A whole number as the locale groups it, with ordinary spaces. */
export function number(value, region) {
  return inGroups(String(value), region.groups, region.group).replace(/\s/g, " ");
}

/** Digits as the locale writes them, in a form that is read as the same amount. */
function figure(units, places, region) {
  const part = places && region.minor ? String(units % ONE).padStart(4, "0").slice(0, region.minor) : "";
  const written = number(units / ONE, region) + (part && region.decimal + part);
  if (exact(written, region)?.units === units) return written;
  if (!places) return String(units / ONE);
  const digits = region.minor ? `${units / ONE}.${part}` : String(units / ONE);
  return region.minor === 3 && units < 1000n * ONE ? `${digits}0` : digits;
}

/** The amount with its sign, as pages and messages write it: £25,000, £842.30. */
export function money({ units }, region) {
  const size = units < 0n ? -units : units;
  const { plus, minus, group, decimal: mark } = region.money;
  const [before, after] = units < 0n ? minus : plus;
  const part = size % ONE ? mark + String(size % ONE).padStart(4, "0").slice(0, region.minor) : "";
  return `${before}${inGroups(String(size / ONE), region.groups, group)}${part}${after}`;
}

/** The amount with the word before it: about £25,000. */
export function say(value, region) {
  return `${sureness(value.qualifier)} ${money(value, region)}`.trim();
}

/** A count with the word before it: more than 1,800. */
export const sayCount = (count, data) => `${sureness(count.qualifier ?? "")} ${number(BigInt(count.number), data.regions[data.currency])}`.trim();

/** The word for how sure a figure is; empty for one that is exact. */
export function sureness(qualifier) {
  return { "": "", about: _("about"), "at least": _("at least"), "more than": _("more than") }[qualifier];
}
