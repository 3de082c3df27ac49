// The form: which fields there are, in the order in which somebody thinks of them.

import { dayWritten } from "./dates.js";
import { capital, el, field, group } from "./dom.js";
import { OVERALL, PAID, before } from "./figures.js";
import { say, sayCount } from "./values.js";
import { _ } from "./words.js";

const MONEY = { inputmode: "decimal", autocomplete: "off", enterkeyhint: "next", autocapitalize: "off", spellcheck: "false" };
const WORDS = { autocapitalize: "sentences", enterkeyhint: "next", autocomplete: "off" };

/** The title and the story; `tools` stand below the story. */
export function whatHappened(tools) {
  return [
    field("title", _("Title"), { ...WORDS, required: true, maxlength: "200" }),
    field("story", _("The story"), { rows: "8", autocapitalize: "sentences", hint: _("Write or paste it as you would write a message. An empty line begins a new paragraph.") }),
    tools,
  ];
}

/** What a figure was and on which day, as one sentence. */
function stood(data, balance) {
  if (!balance) return _("no figure yet");
  const amount = balance.own ?? balance;
  return _("%(amount)s on %(day)s", { amount: say(amount, data.regions[amount.currency]), day: dayWritten(balance.as_of, data.locale) });
}

/** A field that is seen only where it is asked for. */
const asked = (name, label, options = WORDS) => {
  const all = field(name, label, options);
  all.hidden = true;
  return all;
};
const reason = (key) => asked(`correction.${key}`, _("Why is it lower than before?"));
const right = (key) => asked(`right.${key}`, _("Yes, it is right"), { type: "checkbox" });

/** What a source that is counted within another makes of the sum; undefined for the others. */
function within(data, id) {
  const holder = data.sources.find((each) => each.id === id)?.counted_in;
  return holder && _("Is counted within %(account)s already, so it changes nothing in the sum.", { account: data.sources.find((each) => each.id === holder).label });
}

/** A running total with where it stood, and what is asked of it. */
const total = (data, [id, label, balance]) => [
  field(`totals.${id}`, label, { ...MONEY, hint: within(data, id), was: stood(data, balance) }), reason(id), id === OVERALL ? null : right(id),
];

/** What stands where an amount is counted, and what it makes of the sum: for the row of the amount. */
export function kept(data, into) {
  const source = data.sources.find(({ id }) => `source:${id}` === into);
  return source ? [`${source.label}: ${stood(data, before(data).sources[source.id])}`, within(data, source.id)] : [];
}

/** Each account with where it stood, what another currency is worth, and why a figure leapt. */
export function figures(data) {
  const was = before(data);
  const running = data.sources.filter((source) => source.is_running);
  const keys = running.filter((source) => !source.has_ended).map(({ id, label }) => [id, label, was.sources[id]]);
  if (!was.by_source) keys.push([OVERALL, running.length ? _("All accounts together") : _("All that has come in so far"), was.overall]);
  const currencies = [...new Set(data.sources.map((source) => source.currency).filter(Boolean))];
  return [
    el("p", { class: "hint" }, _("A total is everything so far, as the account shows it now. State only what you have looked at; the others stay as they were.")),
    keys.map((key) => total(data, key)),
    currencies.map((currency) => [field(`rates.${currency}`, _("What one %(currency)s is worth in %(own)s", { currency, own: data.currency }), { ...MONEY, was: was.rates[currency] && _("%(amount)s on %(day)s", { amount: was.rates[currency].text, day: dayWritten(was.rates[currency].day, data.locale) }) }), right(`rates:${currency}`)]),
    data.sources.some((source) => !source.is_running) ? receipts(data) : null,
    asked("jump", _("Why is it so much more than before?")),
    right(OVERALL),
  ];
}

/** Rows of the same fields, as many as are wanted. */
function rows(name, add, build) {
  const all = el("div", { class: "rows", "data-rows": name });
  const append = (row = [...all.children].reduce((most, each) => Math.max(most, Number(each.dataset.row) + 1), 0)) => {
    const remove = el("button", { type: "button", class: "plain", onclick: () => { const { form } = more; one.remove(); form.dispatchEvent(new Event("input")); more.focus(); } }, _("Remove"));
    const one = all.appendChild(el("div", { class: "row", "data-row": String(row) }, build(`${name}.${row}`), remove));
    return one;
  };
  const more = el("button", { type: "button", class: "plain", onclick: () => append().querySelector("input, select").focus() }, add);
  all.addEventListener("restore", ({ detail }) => append(detail));
  return [all, more];
}

const choice = (empty, list) => [["", empty], ...list];

function receipts(data) {
  const own = data.sources.filter((source) => !source.is_running);
  const into = [...own.map(({ id, label }) => [`source:${id}`, label]), ...data.causes.map(({ id, label }) => [`cause:${id}`, _("%(cause)s, which is not counted", { cause: label })])];
  if (!into.length) return null;
  const events = data.events.map(({ slug, title }) => [slug, title]);
  return group(
    _("Amounts that came in"),
    own.length ? el("p", { class: "hint" }, _("For %(sources)s: only what is new, and not everything so far.", { sources: own.map(({ label }) => label).join("; ") })) : null,
    rows("received", _("Add an amount"), (row) => [
      field(`${row}.amount`, _("How much"), MONEY),
      field(`${row}.into`, _("What it is counted in"), { choices: into.length > 1 ? choice(_("choose"), into) : into }),
      field(`${row}.from`, _("Where it came from"), WORDS),
      events.length ? field(`${row}.event`, _("At which event"), { choices: choice(_("none"), events) }) : null,
      field(`${row}.date`, _("When, if it was not that day"), { inputmode: "numeric", hint: _("As 2016-02-05, 2016-02 or 2016") }),
    ]),
    [...own.map(({ id }) => id), "*"].map(reason),
    own.map(({ id }) => right(id)),
  );
}

function promises(data) {
  const was = before(data);
  const open = Object.entries(was.pledges).filter(([, pledge]) => pledge.is_open).map(([id, pledge]) => {
    const { from, amount, qualifier, currency } = pledge;
    return [id, from, _("%(amount)s promised", { amount: sayPlain(data, { amount, qualifier, currency }) })];
  });
  const matches = data.matches.map(({ id, who }) => [id, who, undefined]);
  const states = [["", _("still to come")], ["kept", _("has come in")], ["withdrawn", _("will not come")]];
  return group(
    _("Promised gifts"),
    [...open, ...matches].map(([id, label, said]) => field(`promise.${id}`, label, { choices: states, was: said })),
    rows("promised", _("Add a promise"), (row) => [field(`${row}.amount`, _("How much"), MONEY), field(`${row}.from`, _("Who promises it"), WORDS), right(row.replace(".", ":"))]),
  );
}

function sayPlain(data, { amount, qualifier = "", currency = data.currency }) {
  const [whole, part = ""] = amount.split(".");
  return say({ units: BigInt(whole) * 10000n + BigInt(part.padEnd(4, "0")), qualifier, currency }, data.regions[currency]);
}

function payments(data) {
  const kinds = { too_much: _("given on, since there is too much"), too_little: _("given on, since there is too little"), not_needed: _("given on, since it is not needed") };
  const what = [...data.costs.map(({ id, label }) => [`cost:${id}`, label]), ...data.promise_kinds.map((kind) => [`promise:${kind}`, kinds[kind]])];
  return group(
    _("What the money was spent on"),
    rows("paid", _("Add a payment"), (row) => [
      field(`${row}.amount`, _("How much"), MONEY),
      field(`${row}.to`, _("Who was paid, or for what"), WORDS),
      field(`${row}.is_for`, _("What it was for"), { choices: choice(_("something else"), what) }),
    ]),
    reason(PAID),
  );
}

/** Everything that is needed less often. */
export function more(data) {
  const was = before(data);
  const { sources } = data;
  const sayable = data.milestones.filter((each) => each.id && !["amount", "percent", "cost", "counter"].some((key) => key in each) && !(each.id in was.reached));
  const giftAid = data.currency === "GBP" || Object.keys(was.giftAid).length ? (sources.length ? sources : [{ id: OVERALL, label: _("All that has come in so far") }]) : [];
  const ended = sources.filter((source) => source.is_running && source.has_ended);
  const ends = { done: _("the money does what it was asked for"), not_needed: _("it is not needed any more"), stopped: _("we stop") };
  const isEnded = Boolean(was.ending);
  const kinds = isEnded ? ["not_needed"] : ["done", "not_needed", "stopped"];
  return [
    group(
      _("When"),
      field("date", _("Date"), { type: "date" }),
      field("time", _("Time"), { type: "time", hint: _("Only where two updates are of one day") }),
      field("as_of", _("The day you read the totals, if it was another"), { type: "date" }),
    ),
    sources.every((source) => source.is_running) ? receipts(data) : null,
    promises(data),
    giftAid.length ? group(_("Gift Aid"), giftAid.map(({ id, label }) => field(`gift_aid.${id}`, label, { ...MONEY, was: stood(data, was.giftAid[id]) }))) : null,
    sayable.length ? group(_("Reached with this update"), sayable.map(({ id, label }) => field(`reached.${id}`, label, { type: "checkbox" }))) : null,
    data.counters.length ? group(_("Counted besides money"), data.counters.map(({ id, label }) => [field(`counters.${id}`, capital(label), { ...MONEY, inputmode: "text", was: was.counters[id] ? sayCount(was.counters[id], data) : _("no figure yet") }), right(`counters:${id}`)])) : null,
    payments(data),
    ended.length ? group(_("Accounts that have ended"), ended.map(({ id, label }) => total(data, [id, label, was.sources[id]]))) : null,
    group(
      _("The appeal itself"),
      field("ends", _("Does it ask no more?"), { choices: choice(_("it goes on as before"), kinds.map((kind) => [kind, ends[kind]])) }),
      isEnded ? field("resumes", _("It asks again"), { type: "checkbox" }) : null,
    ),
  ];
}

/** What updates and events have in common, and need seldom. */
export const onTheSite = () => [
  field("summary", _("One sentence for lists and shared links, if not the first of the story"), WORDS),
  field("draft", _("Keep it as a draft, which nobody sees"), { type: "checkbox" }),
];

/** What an event says besides its title and story. */
export function occasion() {
  return [
    field("when.day", _("Day"), { type: "date" }),
    field("when.time", _("Time"), { type: "time" }),
    field("when.period", _("Or only the month or the year"), { inputmode: "numeric", hint: _("As 2016-02 or 2016") }),
    field("place", _("Where"), { ...WORDS, autocapitalize: "words" }),
    field("held", _("It was held"), { type: "checkbox" }),
  ];
}

/** What an event needs less often. */
export function moreOfAnEvent() {
  return [
    field("said", _("The day on which it was announced"), { type: "date" }),
    field("cancelled", _("It is cancelled"), { type: "checkbox" }),
  ];
}
