// Days, times and periods as the check reads them, refused in the same words.

import { Refused } from "./values.js";
import { _ } from "./words.js";

const two = (value) => String(value).padStart(2, "0");
const daysIn = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Read 2016-02-05, or throw Refused. */
export function readDay(text) {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) {
    throw new Refused(_("expected a day like 2016-02-05, got '%(text)s'", { text }) + guess(text));
  }
  return calendarDay(text);
}

/** Read a day, a month or where `year` is true a year; or throw Refused. */
export function readPeriod(text, year = true) {
  const match = /^([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?$/.exec(text);
  if (!match || (!year && !match[2])) {
    throw new Refused(
      _("expected a day like 2016-02-05, a month like 2016-02 or a year like 2016, got '%(text)s'", { text }) + guess(text),
    );
  }
  if (match[3]) return calendarDay(text);
  const month = match[2] === undefined ? 1 : Number(match[2]);
  if (Number(match[1]) < 1 || month < 1 || month > 12) {
    throw new Refused(_("there is no month %(text)s; months run from 01 to 12", { text }));
  }
  return text;
}

/** Read a time such as 18:30, or throw Refused. */
export function readTime(text) {
  const match = /^([0-9]{2}):([0-9]{2})$/.exec(text);
  if (!match || Number(match[1]) > 23 || Number(match[2]) > 59) {
    throw new Refused(_("there is no time %(time)s; write it from 00:00 to 23:59", { time: text }));
  }
  return text;
}

function calendarDay(text) {
  const [year, month, date] = text.split("-").map(Number);
  if (year >= 1 && month >= 1 && month <= 12 && date >= 1 && date <= daysIn(year, month)) return text;
  throw new Refused(_("there is no day %(text)s in the calendar", { text }));
}

/** The ISO form of a day written as 5.2.2016 or 5/2/2016; both where it can be read two ways. */
function guess(text) {
  const match = /^([0-9]{1,2})[./ -]([0-9]{1,2})[./ -]([0-9]{4})$/.exec(text.trim());
  if (!match) return "";
  const [first, second] = [Number(match[1]), Number(match[2])];
  const ways = [[second, first], [first, second]]
    .filter(([month, date]) => month >= 1 && month <= 12 && date >= 1 && date <= daysIn(Number(match[3]), month))
    .map(([month, date]) => `${match[3]}-${two(month)}-${two(date)}`);
  const meant = [...new Set(ways)].join(_(" or "));
  return meant ? _("; write %(meant)s", { meant }) : "";
}

/** The first day of a period, as 2016-02-01. */
export const firstDay = (text) => text + "-01-01".slice(text.length - 4);

/** The day and the time that it is now in a time zone, as ["2016-02-05", "18:30"]. */
export function nowIn(zone, now = new Date()) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).formatToParts(now);
  const of = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return [`${of.year}-${of.month}-${of.day}`, `${of.hour}:${of.minute}`];
}

/** A day as people read it: 26 August 2015. */
export function dayWritten(text, locale) {
  const date = new Date(`${text}T12:00:00Z`);
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" }).format(date);
}
