// What an update makes of the figures, and what the check would say of that: the rules of core/figures, for one update
// that is newer than all others. Nothing here knows the page.

import { ONE, money, say, sayCount } from "./values.js";
import { _ } from "./words.js";

const BILLION = 1000000000n;
/** The key of the overall figure, of a reason that is for everything, and of one for money that was paid back. */
export const OVERALL = "raised";
export const PAID = "paid";

/** Digits with a point, as the page's data has amounts, in units. */
export function unitsOf(text) {
  const [, minus, whole, part = ""] = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  const units = BigInt(whole) * ONE + BigInt(part.padEnd(4, "0").slice(0, 4));
  return minus ? -units : units;
}

const rateOf = (text) => {
  const [whole, part = ""] = text.split(".");
  return BigInt(whole + part.padEnd(9, "0").slice(0, 9));
};
const held = (value, currency) => value && { ...value, units: unitsOf(value.amount), qualifier: value.qualifier ?? "", currency: value.currency ?? currency };
const entriesOf = (object, read) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, read(value)]));

const together = (one, other) => {
  if (one === "" && other === "") return "";
  return [one, other].includes("about") ? "about" : "at least";
};
const plus = (one, other) => ({ ...one, units: one.units + other.units, qualifier: together(one.qualifier, other.qualifier) });
const sum = (amounts, currency) => (amounts.length ? amounts.reduce(plus) : { units: 0n, qualifier: "", currency });
const floor = (value, step) => (value >= 0n ? value : value - step + 1n) / step * step;
const ceil = (value, step) => -floor(-value, step);

/** A computed amount as it is shown: whole units; an inexact one to three significant digits, two below 1,000. */
export function roundedDown(value) {
  if (value.qualifier === "" || value.units <= 0n) return { ...value, units: floor(value.units, ONE) };
  const whole = value.units / ONE;
  const places = String(whole).length - (whole >= 1000n ? 3 : 2);
  const step = whole > 0n && places > 0 ? 10n ** BigInt(places) : 1n;
  return { ...value, units: floor(value.units, step * ONE) };
}

const stated = (value) => ({ exact: value, shown: value });
const computed = (value) => ({ exact: value, shown: roundedDown(value) });
const addedUp = (amounts, currency) => {
  const whole = sum(amounts, currency);
  return amounts.filter((each) => each.units).length > 1 ? computed(whole) : stated(whole);
};

/** How everything stood before, from the page's data. */
export function before(data) {
  const { currency } = data;
  const was = data.before;
  const read = (value) => held(value, currency);
  const balance = (value) => ({ ...read(value), own: value.own && held(value.own, value.own.currency) });
  return {
    ...was,
    raised: read(was.raised),
    overall: read(was.overall),
    sources: entriesOf(was.sources, balance),
    giftAid: entriesOf(was.gift_aid, read),
    rates: entriesOf(was.rates, ({ worth, day }) => ({ worth: rateOf(worth), day, text: worth })),
    paid: entriesOf(was.paid, (amount) => unitsOf(amount)),
    causes: entriesOf(was.causes, read),
  };
}

/** What an amount counts for in the campaign's currency: "about", in whole units, towards nothing. */
function valueOf(amount, rates, currency) {
  if (amount.currency === currency) return amount;
  if (!amount.units) return { units: 0n, qualifier: "", currency };
  const worth = (amount.units * rates[amount.currency].worth) / BILLION / ONE;
  return { units: worth * ONE, qualifier: "about", currency };
}

// -- what holds on a day ----------------------------------------------------------------------------------------------

const dated = (list) => [...list].sort((one, other) => ((one.from ?? "") < (other.from ?? "") ? -1 : 1));

/** What of the campaign holds on a day, where the appeal stands as `ending` says. */
function inForce(data, day, ending) {
  const until = ending && ending.day < day ? ending.day : day;
  const goals = dated(data.goals).filter((goal) => (goal.from ?? "") <= until);
  const goal = goals.at(-1) ?? dated(data.goals)[0];
  const costs = data.costs.flatMap((cost) => {
    const estimate = dated(cost.estimates).filter((each) => (each.from ?? "") <= day).at(-1);
    const payers = cost.paid_by.filter((payer) => payer.from <= day && (!payer.until || day < payer.until));
    return estimate ? [{ ...cost, estimate: held(estimate, data.currency), payers }] : [];
  });
  return { day, ending, goal: held(goal, data.currency), costs, others: othersPay(goal, costs, data.currency) };
}

function othersPay(goal, costs, currency) {
  const amounts = [];
  for (const line of costs) {
    const isNew = (payer) => !goal.from || payer.from > goal.from;
    const begun = line.payers.filter(isNew).map((payer) => held(payer, currency));
    const others = line.payers.filter((payer) => !isNew(payer)).map((payer) => held(payer, currency));
    const left = others.reduce(
      (rest, each) => ({ ...rest, units: rest.units - each.units, qualifier: rest.qualifier || each.qualifier ? "about" : "" }),
      line.estimate,
    );
    if (left.units > 0n) amounts.push(...(sum(begun, currency).units <= left.units ? begun : [left]));
  }
  if (!amounts.length) return null;
  const pays = addedUp(amounts, currency);
  const whole = held(goal, currency);
  return pays.exact.units > whole.units ? stated(whole) : pays;
}

/** The ids of the costs that the money reaches, and what each needs. */
function costsMet(holds, raised) {
  let left = raised?.units ?? 0n;
  return holds.costs.map((line) => {
    const others = line.payers.reduce((so, payer) => so + unitsOf(payer.amount), 0n);
    const need = line.estimate.units > others ? line.estimate.units - others : 0n;
    const met = need <= left ? need : left;
    left -= met;
    return { id: line.id, isMet: met >= need };
  });
}

function holdsNow(milestone, entry, holds) {
  if (milestone.counter) {
    const stands = entry.counters[milestone.counter];
    return stands !== undefined && BigInt(stands.number) >= BigInt(milestone.at);
  }
  if (milestone.cost) {
    if (!entry.raised?.units) return false;
    return costsMet(holds, entry.raised).some(({ id, isMet }) => id === milestone.cost && isMet);
  }
  if (milestone.amount) return entry.raised !== null && entry.raised.units >= unitsOf(milestone.amount);
  if (milestone.percent) {
    return entry.raised !== null && entry.raised.units * 100n >= holds.goal.units * BigInt(milestone.percent);
  }
  return entry.reached.includes(milestone.id);
}

// -- the step from one entry to the next ------------------------------------------------------------------------------

/** The ending until an update of a day speaks. */
function endingUntil(data, was, day) {
  if (!was.ending && data.closed && data.closed <= day && (!was.day || was.day < data.closed)) {
    return { kind: "done", day: data.closed, path: null };
  }
  return was.ending;
}

const mayEnd = (ending, kind) => !ending?.path || (kind === "not_needed" && ending.kind !== "not_needed");

/** Where everything stands after an update, and what changed. said: its values, as fields.js reads them. */
export function entryAfter(data, was, said) {
  const { currency } = data;
  const readOn = said.as_of ?? said.day;
  const rates = { ...was.rates };
  for (const [key, worth] of Object.entries(said.rates)) rates[key] = { ...worth, day: readOn };
  const sources = { ...was.sources };
  for (const [id, stood] of Object.entries(sources)) {
    if (stood.own && stood.own.currency in said.rates) {
      sources[id] = { ...stood, ...valueOf(stood.own, rates, currency) };
    }
  }
  const running = Object.entries(said.totals).filter(([key]) => key !== OVERALL);
  const receipts = {};
  for (const receipt of said.received) {
    if (!receipt.source || receipt.cause) continue;
    const stood = was.sources[receipt.source];
    const nothing = { units: 0n, qualifier: "", currency: receipt.amount.currency };
    receipts[receipt.source] = plus(receipts[receipt.source] ?? (stood ? stood.own ?? stood : nothing), receipt.amount);
  }
  const put = (id, amount, day) => {
    const own = amount.currency === currency ? undefined : amount;
    sources[id] = { ...valueOf(amount, rates, currency), own, as_of: day, path: null };
  };
  for (const [id, amount] of running) put(id, amount, readOn);
  for (const [id, amount] of Object.entries(receipts)) put(id, amount, said.day);
  const counted = data.sources.filter((source) => !source.counted_in && source.id in sources);
  const bare = ({ units, qualifier }) => ({ units, qualifier, currency });
  const parts = counted.map((source) => bare(sources[source.id]));
  let overall = was.overall;
  if (parts.length) overall = null;
  else if (OVERALL in said.totals) overall = { ...said.totals[OVERALL], as_of: readOn, path: null };
  const raised = parts.length ? sum(parts, currency) : overall && bare(overall);
  const changes = [...running, ...Object.entries(receipts)].map(([key, after]) => {
    const stood = was.sources[key];
    return { key, before: stood ? stood.own ?? stood : null, after, isAddedUp: key in receipts, rate: said.rates[after.currency] };
  });
  if (raised && !was.by_source && (OVERALL in said.totals || parts.length)) {
    changes.push({ key: OVERALL, before: was.raised, after: raised });
  }
  const giftAidChanges = Object.entries(said.gift_aid).map(([key, after]) => ({ key, before: was.giftAid[key] ?? null, after, isGiftAid: true }));
  const paid = { ...was.paid };
  for (const payment of said.paid) paid[payment.is_for] = (paid[payment.is_for] ?? 0n) + payment.amount.units;
  const until = endingUntil(data, was, said.day);
  let ending = until;
  if (said.resumes) ending = null;
  else if (said.ends && mayEnd(until, said.ends)) ending = { kind: said.ends, day: said.day, path: "" };
  return {
    rates, sources, overall, raised, changes, giftAidChanges, paid, ending,
    endedBefore: until,
    bySource: raised !== null && overall === null,
    holds: inForce(data, said.day, ending),
    counters: { ...was.counters, ...said.counters },
    reached: [...Object.keys(was.reached), ...said.reached],
  };
}

/** What came in, exactly and as it is shown; shown less finely where it was added up. */
function figureOf(data, sources, raised) {
  const full = data.sources.filter(({ id, counted_in: isWithin }) => !isWithin && sources[id]?.units);
  return full.length > 1 || full.some((source) => !source.is_running) ? computed(raised) : stated(raised);
}

/** What will stand on the pages of `today`, and what the update reached. */
export function published(data, was, entry, said, today) {
  const holds = inForce(data, today, entry.ending);
  const { raised } = entry;
  const figure = raised && figureOf(data, entry.sources, raised);
  const isHeld = entry.ending?.kind !== "not_needed";
  const reached = data.milestones
    .filter((each) => !each.is_reached && (!each.said || each.said <= said.day))
    .filter((each) => !each.cost || entry.holds.costs.some((line) => line.id === each.cost))
    .filter((each) => holdsNow(each, entry, entry.holds));
  return {
    raised: figure,
    goal: holds.goal,
    percent: raised && isHeld ? Number(floor((100n * raised.units * ONE) / holds.goal.units, ONE) / ONE) : null,
    remaining: entry.ending ? null : remaining(figure, holds),
    ending: entry.ending,
    reached,
  };
}

function remaining(raised, holds) {
  const parts = [raised, holds.others].filter(Boolean);
  let exact = holds.goal.units;
  let shown = holds.goal.units;
  for (const part of parts) {
    exact -= part.exact.units;
    shown -= part.shown.units;
  }
  if (exact <= 0n) return null;
  const qualifier = raised && (raised.shown.qualifier || holds.goal.qualifier) ? "about" : raised ? "" : holds.goal.qualifier;
  return { units: parts.length ? ceil(shown, ONE) : shown, qualifier, currency: holds.goal.currency };
}

/** What may be right and looks wrong, as {key, message}: asked as the check asks it beside a change. */
export function doubts(data, was, entry, said, { goal, raised, ending }, leapt) {
  const { more_than_times: times, large, much } = data.rules;
  const tell = (value) => say(value.own ?? value, data.regions[(value.own ?? value).currency]);
  const stepOf = (one, after) => (one ? _("goes from %(before)s to %(after)s", { before: tell(one), after: tell(after) }) : _("begins at %(after)s", { after: tell(after) }));
  const found = [];
  const all = [[OVERALL, was.overall, entry.overall], ...data.sources.map(({ id }) => [id, was.sources[id], entry.sources[id]])];
  let isPast = false;
  for (const [key, one, after] of all) {
    if (!after) continue;
    const [old, now] = [one?.units ?? 0n, after.units];
    const values = { step: stepOf(one, after), times: String(times), goal: tell(goal) };
    const ask = (message) => found.push({ key, message });
    if (old > 0n && old * BigInt(times) < now) ask(_("%(step)s, more than %(times)s times as much; is it right?", values));
    if (old <= goal.units && goal.units < now) {
      isPast = true;
      ask(_("%(step)s, past the goal of %(goal)s; is it right?", values));
    } else if (!one && now * 100n > BigInt(large) * goal.units) {
      ask(_("%(step)s, with nothing to compare it with, and the goal is %(goal)s; is it right?", values));
    }
  }
  if (was.raised && raised && !isPast && was.raised.units < goal.units && goal.units <= raised.exact.units) {
    const values = { step: stepOf(figureOf(data, was.sources, was.raised).shown, raised.shown), goal: tell(goal) };
    found.push({ key: OVERALL, message: _("%(step)s, which reaches the goal of %(goal)s, so that nobody is asked any more; is it right?", values) });
  }
  for (const [id, after] of Object.entries(said.counters)) {
    const one = was.counters[id];
    const [old, now] = [BigInt(one?.number ?? after.number), after.number];
    if (old <= now && now <= BigInt(times) * old) continue;
    const values = { before: sayCount(one, data), after: sayCount(after, data) };
    found.push({ key: `counters:${id}`, message: now < old ? _("falls from %(before)s to %(after)s; is it right?", values) : _("leaps from %(before)s to %(after)s; is it right?", values) });
  }
  for (const [currency, { text }] of Object.entries(said.rates)) {
    if (!was.rates[currency]) found.push({ key: `rates:${currency}`, message: _("one %(currency)s is counted as %(worth)s %(own)s; is it right?", { currency, worth: text, own: data.currency }) });
  }
  for (const { row, amount } of said.promised) {
    // Once the appeal has ended, what is still to come is on no page.
    if (!ending && amount.units * 100n > BigInt(much) * goal.units) {
      found.push({ key: `promised:${row}`, message: _("%(amount)s is promised, and the goal is %(goal)s; is it right?", { amount: tell(amount), goal: tell(goal) }) });
    }
  }
  // A leap has its reason.
  return found.filter(({ key }) => !(key === OVERALL ? leapt.length : leapt.includes(key)));
}

// -- the rules --------------------------------------------------------------------------------------------------------

/** What the check would refuse, as {field, message}; and which reasons are asked for: `corrections` and `leaps`. */
export function judged(data, was, entry, said) {
  const rules = new Rules(data, was, entry, said);
  rules.all();
  return { problems: rules.problems, corrections: rules.corrections, leaps: rules.leaps };
}

class Rules {
  constructor(data, was, entry, said) {
    Object.assign(this, { data, was, entry, said, problems: [], leaps: [] });
    this.goal = entry.holds.goal;
    const fell = [...entry.changes.filter((change) => !change.isAddedUp), ...entry.giftAidChanges].filter(
      (change) => change.before && change.after.units < change.before.units,
    );
    this.fell = fell;
    const back = said.received.filter((receipt) => receipt.amount.units < 0n);
    const keys = [...fell.map((change) => change.key), ...back.map((receipt) => receipt.source).filter(Boolean)];
    if (said.paid.some((payment) => payment.amount.units < 0n)) keys.push(PAID);
    this.corrections = [...new Set(keys)];
    if (!keys.length && back.length) this.corrections = ["*"];
  }

  all() {
    this.readBackwards();
    this.belowZero();
    this.falls();
    this.leapsOf();
    this.check();
    this.payments();
    this.goalsInHand();
    this.endings();
  }

  say(amount) {
    return say(amount, this.data.regions[amount.currency]);
  }

  problem(field, message) {
    this.problems.push({ field, message });
  }

  readBackwards() {
    const readOn = this.said.as_of ?? this.said.day;
    const groups = [["totals", this.said.totals, { ...this.was.sources, [OVERALL]: this.was.overall }], ["gift_aid", this.said.gift_aid, this.was.giftAid]];
    for (const [group, totals, stood] of groups) {
      for (const key of Object.keys(totals)) {
        if (stood[key] && readOn < stood[key].as_of) {
          const values = { day: readOn, path: stood[key].path, before: stood[key].as_of };
          this.problem(
            `${group}.${key}`,
            _("was read on %(day)s, but %(path)s already has it as of %(before)s; a total's day never goes back, so mend the one that is wrong", values),
          );
        }
      }
    }
  }

  belowZero() {
    const touched = this.said.received.filter((receipt) => receipt.source && !receipt.cause);
    for (const source of new Set(touched.map((receipt) => receipt.source))) {
      const stands = this.entry.sources[source].own ?? this.entry.sources[source];
      if (stands.units < 0n) {
        const index = this.said.received.findIndex((receipt) => receipt.source === source && receipt.amount.units < 0n);
        this.problem(
          `received.${this.said.received[index].row}.amount`,
          _("takes %(key)s to %(amount)s; a source cannot fall below zero", { key: source, amount: this.say(bareOf(stands)) }),
        );
      }
    }
    const { currency } = this.data;
    const causes = {};
    for (const receipt of this.said.received.filter((each) => each.cause)) {
      const stood = causes[receipt.cause] ?? this.was.causes[receipt.cause] ?? { units: 0n, qualifier: "", currency };
      causes[receipt.cause] = plus(stood, valueOf(receipt.amount, this.entry.rates, currency));
      if (receipt.amount.units < 0n && causes[receipt.cause].units < 0n) {
        const values = { key: receipt.cause, amount: this.say(causes[receipt.cause]) };
        this.problem(`received.${receipt.row}.amount`, _("takes %(key)s to %(amount)s; no more can be taken back than came in", values));
      }
    }
  }

  falls() {
    const { correction } = this.said;
    const isGiven = (key) => correction[key] !== undefined;
    for (const key of this.corrections) {
      if (isGiven(key)) continue;
      const change = this.fell.find((each) => each.key === key);
      const message = change
        ? _("falls from %(before)s to %(after)s; a total is all that has come in so far, not what was added, so write the new total or leave it out; only if money was lost or given back, say why", { before: this.say(bareOf(change.before)), after: this.say(change.after) })
        : _("takes money back; say why");
      this.problem(`correction.${key}`, message);
    }
  }

  raisedUnits() {
    return [this.was.raised?.units ?? 0n, this.entry.raised?.units ?? 0n];
  }

  reachesTheGoal() {
    const [was, now] = this.raisedUnits();
    return was < this.goal.units && this.goal.units <= now;
  }

  isManyGoals() {
    const [was, now] = this.raisedUnits();
    return was <= BigInt(this.data.rules.leap) * this.goal.units && BigInt(this.data.rules.leap) * this.goal.units < now;
  }

  /** Whether a change of a total is the slip of a digit: five times what it was, or a goal that nothing led up to. */
  isLeap(change) {
    const rise = (change.after.units - (change.before?.units ?? 0n)) * (change.rate?.worth ?? BILLION);
    const share = BigInt(this.data.rules.leap_share); // in hundredths
    if (rise * 100n <= share * this.goal.units * BILLION) return false;
    if (change.before?.units) return change.after.units >= BigInt(this.data.rules.leap) * change.before.units;
    const isFirst = this.was.raised === null;
    const source = this.data.sources.find((each) => each.id === change.key);
    const counts = !change.isGiftAid && (change.key === OVERALL || !source.counted_in);
    return counts && !isFirst && this.reachesTheGoal();
  }

  leapHelp(change) {
    const after = this.say(bareOf(change.after));
    const goal = this.say(this.goal);
    const step = change.before?.units
      ? _("leaps from %(before)s to %(after)s", { before: this.say(bareOf(change.before)), after })
      : _("begins at %(after)s", { after });
    let ends = this.reachesTheGoal() ? _(", which reaches the goal of %(goal)s", { goal }) : "";
    if (this.isManyGoals()) ends = _(", more than %(times)s times the goal of %(goal)s", { times: String(this.data.rules.leap), goal });
    return _("%(step)s%(ends)s; is there a digit too many? If it is right, say why", { step, ends });
  }

  leapsOf() {
    const { entry, was, said } = this;
    const rises = [...entry.changes.filter((change) => !change.isAddedUp), ...entry.giftAidChanges, ...entry.changes.filter((change) => change.isAddedUp)];
    const whole = { key: OVERALL, before: was.raised, after: entry.raised };
    if (entry.raised && OVERALL in said.totals && !entry.changes.some((change) => change.key === OVERALL)) rises.push(whole);
    let found = false;
    const leap = (key, message) => this.leaps.push({ key, message });
    for (const change of rises) {
      if (!(found && change.key === OVERALL) && this.isLeap(change)) {
        found = true;
        leap(change.isGiftAid ? "" : change.key, this.leapHelp(change));
      }
    }
    const [, now] = this.raisedUnits();
    const isFar = this.isManyGoals() || (this.reachesTheGoal() && now * 100n > BigInt(this.data.rules.past_goal) * this.goal.units);
    if (entry.raised && !found && isFar) leap(OVERALL, this.leapHelp(whole));
    this.leapingPayments(leap);
    for (const [currency, rate] of Object.entries(said.rates)) {
      const stood = was.rates[currency];
      if (!stood) continue;
      const [less, more] = stood.worth < rate.worth ? [stood.worth, rate.worth] : [rate.worth, stood.worth];
      if (more * 100n > BigInt(this.data.rules.max_rate) * less) {
        const values = { currency, before: stood.text, day: stood.day, worth: rate.text };
        leap("", _("one %(currency)s was worth %(before)s on %(day)s, and is worth %(worth)s now; is it the other way round, or a digit wrong? If it is right, say why", values));
      }
    }
    if (!said.jump) this.problems.push(...this.leaps.map(({ message }) => ({ field: "jump", message })));
  }

  leapingPayments(leap) {
    const { leap: times, leap_share: share, past_goal: past } = this.data.rules;
    for (const payment of this.said.paid) {
      const line = this.entry.holds.costs.find((cost) => `cost:${cost.id}` === payment.is_for);
      const soFar = this.entry.paid[payment.is_for];
      const raised = this.entry.raised?.units;
      const isLarge = raised !== undefined && payment.amount.units * 100n > BigInt(share) * raised;
      const isFar = line
        ? soFar >= BigInt(times) * line.estimate.units || (isLarge && soFar * 100n > BigInt(past) * line.estimate.units)
        : isLarge;
      if (isFar && payment.amount.units > 0n) {
        const values = { amount: this.say(payment.amount), to: payment.to };
        leap("", _("%(amount)s to %(to)s is much for what there is; is there a digit too many? If it is right, say why", values));
      }
    }
  }

  check() {
    const said = this.said.totals[OVERALL];
    const { raised } = this.entry;
    if (!said || !raised || !this.entry.bySource || said.units === raised.units) return;
    const off = said.units - raised.units;
    const values = { sum: this.say(raised), said: this.say(said), off: money({ units: off < 0n ? -off : off }, this.data.regions[this.data.currency]) };
    this.problem(
      `totals.${OVERALL}`,
      off > 0n
        ? _("the sources add up to %(sum)s but raised says %(said)s (%(off)s too much)", values)
        : _("the sources add up to %(sum)s but raised says %(said)s (%(off)s too little)", values),
    );
  }

  payments() {
    const { said, entry, was } = this;
    const { currency } = this.data;
    for (const payment of said.paid) {
      if (payment.amount.units < 0n && entry.paid[payment.is_for] < 0n) {
        const amount = this.say({ units: entry.paid[payment.is_for], qualifier: "", currency });
        this.problem(`paid.${payment.row}.amount`, _("takes what was paid for it to %(amount)s; no more can be paid back than was paid, so name the cost or the promise that it was paid for", { amount }));
      }
    }
    const total = (paid) => Object.values(paid).reduce((so, each) => so + each, 0n);
    const spent = total(entry.paid);
    const { raised } = entry;
    if (!spent || (raised && spent <= raised.units)) return;
    if (was.day && total(was.paid) === spent && was.raised?.units === raised?.units && was.raised?.qualifier === raised?.qualifier) return;
    const values = { spent: this.say({ units: spent, qualifier: "", currency }), raised: raised && this.say(raised) };
    const field = said.paid.length ? `paid.${said.paid.at(-1).row}.amount` : Object.keys(said.totals).map((key) => `totals.${key}`)[0] ?? "";
    this.problem(
      field,
      raised
        ? _("takes what was spent to %(spent)s, and only %(raised)s has come in; what is in hand cannot be below zero, so state what has come in by now, or mend the amount", values)
        : _("%(spent)s was spent, and no update says yet what came in; state totals here or before", values),
    );
  }

  /** A goal that falls to what is there already, so that nobody is asked any more. */
  goalsInHand() {
    const { raised } = this.entry;
    for (const { from, before: was, after } of this.data.goals_in_hand) {
      if (raised && from >= this.said.day && unitsOf(after) <= raised.units && raised.units < unitsOf(was)) {
        const { currency } = this.data;
        const values = { before: this.say(held({ amount: was }, currency)), after: this.say(held({ amount: after }, currency)), day: from };
        this.problem("", _("the goal falls from %(before)s to %(after)s on %(day)s, and so much would be in hand by then; whoever looks after the site says why in campaign.yaml", values));
      }
    }
  }

  endings() {
    const { endedBefore } = this.entry;
    if (this.said.resumes && !endedBefore) {
      this.problem("resumes", _("the appeal has not ended, so it is not taken up again; leave it out"));
    }
    if (this.said.ends && endedBefore?.path && !mayEnd(endedBefore, this.said.ends)) {
      this.problem("ends", _("the appeal ended with %(path)s already; leave it out here", { path: endedBefore.path }));
    }
  }
}

const bareOf = ({ units, qualifier, currency }) => ({ units, qualifier, currency });
