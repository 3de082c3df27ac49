"""Whole small campaigns: every figure here was worked out by hand from the files in sites/."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from campaign.core.figures.ending import EndingKind
from campaign.core.figures.figure import Figure, computed, stated
from campaign.core.figures.milestones import MilestoneState, Note
from campaign.core.figures.pace import Phase
from campaign.core.figures.view import CampaignView
from campaign.core.reading.money import Money, Qualifier
from campaign.loading.load import Loaded, load_campaign

ROOT = Path(__file__).parents[2]
SITES = ROOT / "tests/sites"
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ABOUT = Qualifier.ABOUT


@cache
def load(name: str, as_of: date | None = None) -> Loaded:
    return load_campaign(ROOT, SITES / name, now=NOW, as_of=as_of)


def hall(as_of: date | None = None) -> CampaignView:
    return load("village-hall", as_of).view


def pounds(amount: str, qualifier: Qualifier = Qualifier.EXACT) -> Money:
    return Money(Decimal(amount), "GBP", qualifier)


def what(state: MilestoneState) -> str:
    """A milestone in a word or two: what it is reached by."""
    milestone = state.milestone
    if milestone.raised:
        return (
            f"{milestone.raised.percent}%" if milestone.raised.amount is None else str(milestone.raised.amount.amount)
        )
    return milestone.cost or milestone.id or f"{milestone.counter} {milestone.at and milestone.at.number}"


def note(view: CampaignView, milestone: str) -> Note | None:
    return next(state.note for state in view.milestones if what(state) == milestone)


# After each update: what is raised, the goal in force, percent of it rounded down, the milestones it reached.
STATEMENTS = {
    # 1,200 ÷ 38,000 = 3.15 %
    "2024-10-05-eleven-buckets": (pounds("1200", ABOUT), "38000", 3, []),
    # 640.00 + 500.00 + 1,150.00; 6.02 %
    "2024-11-17-every-account-by-itself": (pounds("2290.00"), "38000", 6, []),
    # 1,500.00 + 500.00 + 1,150.00; 8.28 %
    "2024-12-15-carols-this-evening": (pounds("3150.00"), "38000", 8, []),
    # 1,905.50 + 500.00 + 1,150.00 + cash 842.30, and the tins are counted online; 11.57 %
    "2024-12-15-carols-by-torchlight": (pounds("4397.80"), "38000", 11, []),
    # 1,905.50 + 9,500.00 + 1,150.00 + 842.30; 35.25 %
    "2025-01-19-a-grant-from-the-county": (pounds("13397.80"), "38000", 35, ["5000", "33%"]),
    # the same money and another goal; 28.81 %
    "2025-02-02-what-the-survey-found": (pounds("13397.80"), "46500", 28, []),
    # 3,405.50 + 11,750.00 + 1,150.00 + cash 842.30 + 1,236.45; 39.53 %
    "2025-03-02-quiz-night": (pounds("18384.25"), "46500", 39, ["timbers"]),
    # 500.00 less; 38.46 %
    "2025-03-16-a-gift-made-twice": (pounds("17884.25"), "46500", 38, []),
    # 2,905.50 + 14,900.00 + 0 + cash 2,078.75 + 2,310.20 - 45.00; 47.63 %
    "2025-05-04-may-fair": (pounds("22149.45"), "46500", 47, ["petition 1000"]),
    "2025-05-25-planning-consent": (pounds("22149.45"), "46500", 47, ["consent"]),
    # 8,102.30 + 16,900.00 + cash 4,343.95; 63.11 %
    "2025-06-15-scaffolding-is-booked": (pounds("29346.25"), "46500", 63, ["50%"]),
    # 12,480.00 + about 25,000 + 4,343.95; 89.94 %; needs are 18,000 + 12,000 + 7,500
    "2025-10-12-slates-on-the-way": (pounds("41823.95", ABOUT), "46500", 89, ["slates", "insulation", "scaffolding"]),
    # 14,020.00 + 27,400.00 + cash 4,343.95 + 1,536.05; 101.72 %
    "2025-12-07-the-whole-goal": (pounds("47300.00"), "46500", 101, ["100%"]),
    # 500.00 more after the appeal closed; 102.79 %
    "2026-04-20-open-again": (pounds("47800.00"), "46500", 102, ["reopening"]),
}


@pytest.mark.parametrize("slug", STATEMENTS)
def test_every_update_of_the_village_hall_stands_where_the_treasurer_would_put_it(slug: str) -> None:
    raised, goal, percent, reached = STATEMENTS[slug]
    update = hall().by_slug[slug]
    assert update.stood.raised is not None
    assert update.stood.raised.exact == raised
    assert update.stood.goal == pounds(goal)
    assert update.stood.percent == percent
    assert [what(state) for state in update.reached] == reached


def test_the_village_hall_has_every_update_but_the_draft() -> None:
    assert [update.slug for update in reversed(hall().updates)] == [
        *list(STATEMENTS)[:2],
        "2024-12-15-carols-this-evening",
        "2024-12-15-carols-by-torchlight",
        *list(STATEMENTS)[4:],
    ]
    assert [path.rpartition("sites/")[2] for path in load("village-hall").drafts] == [
        "village-hall/events/silent-auction.md",
        "village-hall/pages/minutes.md",
        "village-hall/updates/2025-08-03-what-the-slater-said.md",
    ]
    assert not [path for path in load("village-hall").documents if "slater" in path or "minutes" in path]


def test_a_day_before_a_later_update_sees_what_that_update_still_shows_of_itself() -> None:
    for update in hall().updates:
        if update.slug != "2024-12-15-carols-this-evening":  # the evening of that day has its own
            assert hall(update.day).by_slug[update.slug].stood == update.stood


def test_a_sum_with_an_about_in_it_is_shown_to_three_digits() -> None:
    now = hall(date(2025, 10, 12)).now
    assert now.raised is not None
    assert now.raised.shown == pounds("41800", ABOUT)


def test_an_exact_sum_is_shown_in_whole_pounds_and_what_is_missing_is_never_too_little() -> None:
    now = hall(date(2025, 6, 15)).now
    assert now.raised is not None
    assert now.remaining is not None
    assert now.raised.shown == pounds("29346")
    # 46,500 - 29,346.25, less the 4,000 that the parish council began to pay after the goal was set
    assert now.remaining.exact == pounds("13153.75")
    assert now.remaining.shown == pounds("13154")


def test_the_sources_end_where_their_last_statements_put_them() -> None:
    stands = {view.source.id: view for view in hall().sources}
    amounts = {key: view.balance.amount for key, view in stands.items() if view.balance}
    assert amounts == {
        "online": pounds("14020.00"),
        "bank": pounds("27900.00"),
        "roof-fund": pounds("0"),
        "cash": pounds("5880.00"),
        "tins": pounds("212.40"),
    }
    assert [key for key, view in stands.items() if not view.is_counted] == ["tins"]
    assert [key for key, view in stands.items() if view.has_ended] == ["roof-fund"]


def test_the_figure_is_as_old_as_its_oldest_part() -> None:
    grant = hall().by_slug["2025-01-19-a-grant-from-the-county"].stood
    assert (grant.as_of, grant.as_of_newest) == (date(2024, 11, 17), date(2025, 1, 17))
    fair = hall().by_slug["2025-05-04-may-fair"].stood
    assert (fair.as_of, fair.as_of_newest) == (date(2025, 3, 16), date(2025, 5, 4))
    scaffolding = hall().by_slug["2025-06-15-scaffolding-is-booked"].stood
    assert (scaffolding.as_of, scaffolding.as_of_newest) == (date(2025, 6, 14), None)


def test_corrections_and_jumps_are_listed_for_ever() -> None:
    listed = [(correction.update.slug[:10], correction.key) for correction in hall().corrections]
    assert listed == [("2025-03-16", ""), ("2025-05-04", "roof-fund"), ("2025-05-04", "cash")]
    assert [update.slug for update in hall().jumps] == ["2025-01-19-a-grant-from-the-county"]


def test_a_milestone_that_would_not_be_reached_today_stays_reached_with_a_note() -> None:
    assert note(hall(date(2025, 1, 19)), "33%") is None
    assert note(hall(date(2025, 2, 2)), "33%") is Note.TARGET_ROSE
    assert note(hall(date(2025, 3, 2)), "33%") is None
    assert note(hall(date(2025, 3, 16)), "timbers") is Note.FELL
    assert note(hall(date(2025, 5, 4)), "timbers") is None


def test_the_costs_of_the_village_hall_are_met_in_order_less_what_others_pay() -> None:
    costs = hall(date(2025, 6, 15)).costs
    assert costs is not None
    assert [line.need for line in costs.lines] == [pounds("18000"), pounds("12000"), pounds("12500")]
    assert [line.met.exact for line in costs.lines] == [pounds("18000"), pounds("11346.25"), pounds("0")]
    assert costs.surplus is None


def test_the_surplus_is_what_is_left_after_every_need() -> None:
    while_council_pays = hall(date(2025, 10, 12)).costs
    assert while_council_pays is not None
    assert while_council_pays.surplus is not None
    assert while_council_pays.surplus.exact == pounds("4323.95", ABOUT)
    assert while_council_pays.surplus.shown == pounds("4300", ABOUT)  # of the about £41,800 that are shown
    afterwards = hall(date(2025, 12, 7)).costs
    assert afterwards is not None
    assert afterwards.surplus is not None
    assert [line.need for line in afterwards.lines] == [pounds("18000"), pounds("16000"), pounds("7500", ABOUT)]
    assert [payer.who for payer in afterwards.lines[1].past_payers] == ["The parish council"]
    assert afterwards.surplus.exact == pounds("5800", ABOUT)


def test_the_first_estimate_holds_until_the_survey() -> None:
    before, after = hall(date(2025, 2, 1)).costs, hall(date(2025, 2, 2)).costs
    assert before is not None
    assert after is not None
    assert before.lines[0].estimate == pounds("15000", ABOUT)
    assert after.lines[0].estimate == pounds("18000")


def test_a_promise_is_beside_the_total_until_it_is_kept_or_withdrawn() -> None:
    assert hall(date(2025, 1, 18)).now.promised is None
    assert hall(date(2025, 1, 19)).now.promised == computed(pounds("5750", ABOUT))
    assert hall(date(2025, 5, 4)).now.promised == stated(pounds("5000", ABOUT))
    assert hall(date(2025, 5, 25)).now.promised is None
    fates = {pledge.gift.id: (pledge.kept is not None, pledge.withdrawn is not None) for pledge in hall().pledges}
    assert fates == {"oak-gift": (False, True), "scaffold-gift": (True, False)}


def test_gift_aid_is_its_newest_running_total() -> None:
    assert hall(date(2025, 5, 4)).now.gift_aid == computed(pounds("640", ABOUT))
    assert hall().now.gift_aid == computed(pounds("2480"))


def test_money_for_another_cause_is_shown_and_not_counted() -> None:
    (bells,) = hall().causes
    assert (bells.cause.id, bells.amount.in_full) == ("church-bells", pounds("312.50"))
    assert hall(date(2024, 11, 17)).now.raised == hall().by_slug["2024-11-17-every-account-by-itself"].stood.raised


def test_the_deadline_is_the_one_known_on_the_day() -> None:
    def last_day(day: date) -> date | None:
        deadline = hall(day).now.deadline
        return deadline.date.last if deadline else None

    assert last_day(date(2024, 10, 4)) is None
    assert last_day(date(2025, 2, 1)) == date(2025, 12, 31)
    assert last_day(date(2025, 2, 2)) == date(2025, 9, 30)
    assert last_day(date(2025, 10, 12)) == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (date(2024, 10, 4), Phase.BEFORE),
        (date(2024, 10, 5), Phase.RAISING),
        (date(2025, 9, 30), Phase.RAISING),
        (date(2025, 10, 1), Phase.PAST_DEADLINE),
        # The deadline has moved, and what the council and the county pay since the goal was set covers what is missing.
        (date(2025, 10, 12), Phase.REACHED),
        (date(2025, 12, 7), Phase.REACHED),
        (date(2026, 3, 30), Phase.REACHED),
        (date(2026, 3, 31), Phase.ENDED),
    ],
)
def test_the_village_hall_goes_through_every_phase(day: date, phase: Phase) -> None:
    assert hall(day).now.phase is phase


def test_the_pace_is_worked_out_on_the_day_the_totals_were_read() -> None:
    # 256 days since 1 October and 108 to 30 September: 29,346.25 * 7 ÷ 256 and 13,153.75 * 7 ÷ 108.
    pace = hall(date(2025, 6, 15)).now.pace
    assert pace is not None
    assert (pace.on, pace.days_so_far, pace.days_to_go) == (date(2025, 6, 14), 256, 108)
    assert (pace.so_far, pace.needed) == (pounds("802"), pounds("853"))


def test_plans_and_press_appear_on_the_day_they_were_said() -> None:
    assert [plan.status for plan in hall().treatment] == ["done", "booked", "cancelled", "accepted", "hoped"]
    assert [plan.status for plan in hall(date(2025, 3, 1)).treatment] == ["accepted", "hoped"]
    assert [report.date.isoformat() for report in hall().press] == ["2025-06-17", "2025", "2024-12"]
    assert [report.date.isoformat() for report in hall(date(2024, 12, 24)).press] == ["2024-12"]


def test_a_planned_day_appears_when_it_is_said_and_is_reached_when_an_update_says_so() -> None:
    def planned(day: date) -> list[str]:
        return [what(state) for state in hall(day).milestones if state.planned and not state.reached]

    assert planned(date(2025, 6, 14)) == []
    assert planned(date(2025, 9, 30)) == ["scaffolding"]
    assert planned(date(2025, 12, 7)) == ["reopening"]
    assert planned(date(2026, 4, 20)) == []


def test_a_way_to_give_is_open_to_its_last_day_and_none_is_after_the_close() -> None:
    assert [way.label for way in hall(date(2026, 3, 30)).ways] == ["Online", "By bank transfer", "In the hall"]
    assert hall().ways == ()
    assert [way.label for way in hall().closed_ways] == ["Online", "By bank transfer", "In the hall"]


def test_events_come_by_date_then_those_without_one_then_those_that_are_past() -> None:
    events = hall(date(2025, 5, 1)).events
    assert [event.slug for event in events] == ["may-fair", "midsummer-supper", "barn-dance", "quiz-night", "carols"]
    assert [event.slug for event in events if event.is_cancelled] == ["midsummer-supper"]
    assert {event.slug: event.raised.in_full for event in hall().events if event.raised} == {
        "carols": pounds("842.30"),
        "quiz-night": pounds("1236.45"),
        "may-fair": pounds("2310.20"),
    }


def test_counters_stand_at_their_newest_number() -> None:
    counts = {view.counter.id: view.count.number for view in hall().counters}
    assert counts == {"petition": 1912, "helpers": 64}


def test_an_update_without_a_summary_takes_its_first_sentence() -> None:
    assert hall().by_slug["2026-04-20-open-again"].summary == "Not one bucket."


def test_yen_have_no_smaller_coin() -> None:
    view = load("yen").view
    assert view.now.raised is not None
    assert view.now.remaining is not None
    # 1,830,500 + 96,345 of 3,000,000 = 64.22 %
    assert view.now.raised.exact == view.now.raised.shown == Money(Decimal(1926845), "JPY")
    assert view.now.percent == 64
    region = view.appeal.region
    assert region.format(view.now.raised.shown) == "￥1,926,845"
    assert region.format(view.now.remaining.shown) == "￥1,073,155"
    assert [update.stood.percent for update in view.updates] == [64, 41]
    assert [[what(state) for state in update.reached] for update in view.updates] == [["50%"], []]


def test_dinars_have_a_thousand_smaller_coins() -> None:
    view = load("dinar").view
    assert view.now.raised is not None
    assert view.now.remaining is not None
    # 4,250.500 + 1,300.250 of 12,000 = 46.25 %
    assert view.now.raised.exact == Money(Decimal("5550.750"), "BHD")
    assert view.now.percent == 46
    region = view.appeal.region
    assert region.format(view.now.raised.exact) == "\u200f5,550.750\u00a0د.ب.\u200f"
    assert region.format(view.now.raised.shown) == "\u200f5,550\u00a0د.ب.\u200f"
    assert region.format(view.now.remaining.shown) == "\u200f6,450\u00a0د.ب.\u200f"
    # 1,250.500 + 300.250 = 12.92 %
    assert [update.stood.percent for update in view.updates] == [46, 12]
    assert [[what(state) for state in update.reached] for update in view.updates] == [["5000"], []]


def test_euros_in_germany_have_a_decimal_comma() -> None:
    view = load("euro").view
    assert view.now.raised is not None
    assert view.now.remaining is not None
    # 4.812,50 + 2.300,00 + 640,75 of 18.000 = 43,07 %
    assert view.now.raised.exact == Money(Decimal("7753.25"), "EUR")
    assert view.now.percent == 43
    region = view.appeal.region
    assert region.format(view.now.raised.exact) == "7.753,25\u00a0€"
    assert region.format(view.now.raised.shown) == "7.753\u00a0€"
    assert region.format(view.now.remaining.shown) == "10.247\u00a0€"
    assert view.events[0].raised == stated(Money(Decimal("640.75"), "EUR"))
    # 1.204,50 + 850 = 11,41 %
    assert [update.stood.percent for update in view.updates] == [43, 11]


def test_a_name_a_currency_a_goal_and_one_figure_are_a_whole_campaign() -> None:
    view = load("minimal").view
    assert view.now.raised is not None
    assert view.now.remaining is not None
    assert view.now.raised.shown == pounds("25000", ABOUT)
    assert view.now.percent == 50
    assert view.now.remaining.shown == pounds("25000", ABOUT)
    assert view.now.phase is Phase.RAISING
    assert view.costs is None
    assert view.promise is None
    assert view.now.deadline is None
    assert view.now.pace is None
    assert not any((view.milestones, view.sources, view.events, view.pages))


def test_a_campaign_without_an_update_has_a_goal_and_no_figure() -> None:
    view = load("empty").view
    assert view.now.raised is None
    assert view.now.percent is None
    assert view.now.as_of is None
    assert view.now.phase is Phase.BEFORE
    assert view.now.goal == pounds("900")
    assert view.updates == ()


def test_a_health_fund_that_begins_to_pay_takes_its_part_off_what_is_asked_for() -> None:
    def on(day: date | None) -> tuple[str | None, str | None, Phase]:
        view = load("zloty", day).view
        now, say = view.now, view.appeal.region.say
        others = now.others_pay and f"{' + '.join(now.others_pay.who)}: {say(now.others_pay.amount.shown)}"
        return others, now.remaining and say(now.remaining.shown).replace("\u00a0", " "), now.phase

    # 290,000 - 152,500.50; the foundation paid 5,000 before this goal was set, so the goal knew of it
    assert on(date(2025, 12, 1)) == (None, "137 500 zł", Phase.RAISING)
    # 290,000 - 153,946 after it has stopped
    assert on(date(2026, 3, 1)) == (None, "136 054 zł", Phase.RAISING)
    # 290,000 - 212,946 - 60,000
    assert on(date(2026, 3, 10)) == ("NFZ: about 60\u00a0000\u00a0zł", "17 054 zł", Phase.RAISING)
    # 290,000 - 212,946 - 60,000 - 15,000
    assert on(date(2026, 5, 4)) == ("NFZ + gmina: about 75\u00a0000\u00a0zł", "2 054 zł", Phase.RAISING)
    # 217,446 + 75,000 = 292,446
    assert on(None) == ("NFZ + gmina: about 75\u00a0000\u00a0zł", None, Phase.REACHED)


def test_what_a_health_fund_pays_is_in_no_total_and_the_goal_stays() -> None:
    view = load("zloty").view
    assert view.now.raised is not None
    assert view.now.raised.exact == Money(Decimal("217446.00"), "PLN")
    assert (view.now.goal, view.now.percent, view.now.is_reached) == (Money(Decimal(290000), "PLN"), 74, False)
    # needs of 150,000 and 65,000
    assert view.surplus is not None
    assert view.surplus.exact == Money(Decimal("2446.00"), "PLN", ABOUT)
    # a week before its deadline nothing is worked out, and in May the parts were 57 days apart
    assert [update.stood.pace is not None for update in view.updates] == [False, True, False, True]


# -- whole lives ---------------------------------------------------------------------------------------

UPDATES = {
    "matched": [
        # 4,000.00 + 1,500.00; 22.91 %
        ("2025-03-30-first-month", "5500.00", 22),
        # 6,250.00 + 1,500.00 + 312.50 at the fair; 33.59 %
        ("2025-04-20-spring-fair", "8062.50", 33),
        # 9,400.00 + 2,100.00 + 312.50, and not a penny of the mill's; 49.21 %
        ("2025-06-08-all-of-the-mill", "11812.50", 49),
        # 9,800.00 + 7,100.00, in which the mill's 5,000 are, + 312.50; 71.71 %
        ("2025-06-29-the-mill-keeps-its-word", "17212.50", 71),
        # 10,600.00 + 7,100.00 + 312.50; 75.05 %
        ("2025-07-13-bread", "18012.50", 75),
        # 15,087.50 + 8,500.00 + 312.50 + the bakery's 600; 102.08 %
        ("2025-09-07-the-whole-goal", "24500.00", 102),
        ("2025-11-16-she-stood-up", "24500.00", 102),
        ("2026-03-15-to-the-gate", "24500.00", 102),
    ],
    "dollars": [
        # 3.200,00 + 1.150,50; 14,50 %
        ("2025-05-04-los", "4350.50", 14),
        # 5.100,00 + 1.150,50 + 2.500,40 * 0,88 = 2.200,35; 28,16 %
        ("2025-06-01-aus-amerika", "about 8450.50", 28),
        # 5.100,00 + 2.900,00 + 2.500,40 * 0,85 = 2.125,34; 33,75 %
        ("2025-07-06-fest-im-hof", "about 10125.00", 33),
        # 6.300,00 + 2.900,00 + 2.400,40 * 0,86 = 2.064,34; 37,54 %
        ("2025-08-03-eine-spende-zurueck", "about 11264.00", 37),
        ("2025-10-12-die-kasse-zahlt", "about 11264.00", None),
        # 6.300,00 + 2.900,00 + 2.400,40 * 0,87 = 2.088,34
        ("2025-12-07-weitergegeben", "about 11288.00", None),
        ("2026-02-01-der-rest", "about 11288.00", None),
    ],
    "remembered": [
        ("2025-09-14-robin", "2000", 5),
        # 23.62 % and 30.75 % of 40,000
        ("2025-10-12-the-rowing-club", "9450", 23),
        ("2025-10-26-a-bed", "12300", 30),
        ("2025-11-09-robin-has-died", "12300", None),
        ("2025-12-14-thank-you", "12815.40", None),
        ("2026-03-01-the-hospice", "12815.40", None),
    ],
    "stopped": [
        # of 12 000
        ("2025-06-01-on-commence", "1800", 15),
        ("2025-08-31-la-rentree", "3250", 27),
        ("2025-10-05-un-essai", "4100", 34),
        ("2026-01-18-on-arrete", "4100", 34),
        ("2026-03-01-un-dernier-cheque", "4300", 35),
    ],
    "closed-alone": [
        # of 8,000
        ("2025-04-06-hello", "450", 5),
        ("2025-05-18-tomatoes", "2115.75", 26),
        ("2025-08-10-half-way", "4300.75", 53),
        ("2025-11-23-fall", "5920.25", 74),
        ("2026-01-18-one-more-check", "6020.25", 75),
    ],
    "resumed": [
        # of 40 000, and from November of 65 000
        ("2025-02-02-zaczynamy", "6200", 15),
        ("2025-05-18-polowa", "24500", 61),
        ("2025-08-31-gramy", "40000", 100),
        ("2025-11-09-urosl", "40300", 62),
        ("2026-02-15-jeszcze-troche", "58750.50", 90),
        ("2026-04-26-nowa-proteza", "65800.50", 101),
    ],
}


def in_plain(figure: Figure | None) -> str:
    """``about 8450.50``."""
    assert figure is not None
    return f"{figure.exact.qualifier.value} {figure.exact.amount}".replace("exact ", "").strip()


@pytest.mark.parametrize("name", UPDATES)
def test_every_update_of_a_whole_life_stands_where_it_was_reckoned(name: str) -> None:
    stands = [(update.slug, in_plain(update.stood.raised), update.stood.percent) for update in load(name).view.updates]
    assert stands[::-1] == UPDATES[name]


@pytest.mark.parametrize(
    ("day", "states"),
    [
        (date(2025, 3, 31), []),
        # 6,250 - 4,000 of 5,000
        (date(2025, 4, 20), [("mill", "open", "2250.00", "2750.00")]),
        # 9,400 - 4,000 are more than 5,000
        (date(2025, 6, 8), [("mill", "used up", "5000", None)]),
        (date(2025, 6, 15), [("mill", "used up", "5000", None), ("bakery", "open", "0.000", "1000.000")]),
        # half of 9,800 - 9,400, then of 10,600 - 9,400
        (date(2025, 6, 29), [("mill", "kept", "5000", None), ("bakery", "open", "200.000", "800.000")]),
        (date(2025, 7, 15), [("mill", "kept", "5000", None), ("bakery", "open", "600.000", "400.000")]),
        (date(2025, 7, 16), [("mill", "kept", "5000", None), ("bakery", "over", "600.000", None)]),
        (date(2025, 9, 7), [("mill", "kept", "5000", None), ("bakery", "kept", "600.000", None)]),
        (date(2026, 3, 15), [("mill", "kept", "5000", None), ("bakery", "kept", "600.000", None)]),
    ],
)
def test_two_matches_go_through_every_state_and_are_never_in_the_total_before_they_came_in(
    day: date, states: list[tuple[str, str, str, str | None]]
) -> None:
    now = load("matched", day).view.now
    found = [(one.match.id, one.state.value, Decimal(str(one.used.exact.amount)), one.left) for one in now.matches]
    assert [(id, state, used, left and left.exact.amount) for id, state, used, left in found] == [
        (id, state, Decimal(used), left and Decimal(left)) for id, state, used, left in states
    ]
    promised = sum(used for _, state, used, _ in found if state != "kept")
    assert (now.promised.exact.amount if now.promised else 0) == promised


# How each ended: kind, day, the update's title, the promise that applies, what was paid, and what nobody told of yet.
INSURED = "Die Krankenkasse bezahlt alles"
ENDS = {
    "matched": (EndingKind.DONE, date(2026, 3, 15), "Nell walked to the gate", "too_much", "24500.00", None),
    "dollars": (
        EndingKind.NOT_NEEDED,
        date(2025, 10, 12),
        "Die Krankenkasse bezahlt alles",
        "not_needed",
        "11288",
        None,
    ),
    "remembered": (EndingKind.NOT_NEEDED, date(2025, 11, 9), "Robin has died", "not_needed", "12815.40", None),
    # 4 300 - 500 for the ramp - 2 600 for the chair
    "stopped": (EndingKind.STOPPED, date(2026, 1, 18), "Nous arrêtons là", "too_little", "3100", "1200"),
    "closed-alone": (EndingKind.DONE, date(2025, 12, 31), None, "too_little", None, None),
    # 40 000 + 25 000 + 800,50
    "resumed": (EndingKind.DONE, date(2026, 4, 26), "Nowa proteza już jest", "too_much", "65800.50", None),
}


@pytest.mark.parametrize("name", ENDS)
def test_an_appeal_ends_with_an_account_in_which_nothing_is_hidden(name: str) -> None:
    kind, day, title, promise, paid, left = ENDS[name]
    view = load(name).view
    ending = view.now.ending
    assert ending is not None
    assert (ending.kind, ending.day, ending.title, ending.promise_key) == (kind, day, title, promise)
    assert view.headline == (title or view.appeal.name)
    if paid is None:
        assert view.account is None
        return
    assert view.account is not None
    assert view.now.raised is not None
    assert view.account.spending.paid.exact.amount == Decimal(paid)
    assert sum(line.paid.exact.amount for line in view.account.spending.lines) == Decimal(paid)
    unexplained = view.account.unaccounted
    assert (unexplained.exact.amount if unexplained else None) == (Decimal(left) if left else None)
    assert Decimal(paid) + Decimal(left or 0) == view.now.raised.exact.amount


def test_what_was_spent_stands_by_cost_and_by_promise() -> None:
    def lines(name: str, day: date | None = None) -> list[tuple[str | None, Decimal]]:
        spending = load(name, day).view.spending
        assert spending is not None
        return [(line.cost or line.promise_key, line.paid.exact.amount) for line in spending.lines]

    assert load("matched", date(2025, 11, 15)).view.spending is None
    assert lines("matched", date(2025, 11, 16)) == [("operation", Decimal(18000))]
    assert lines("matched") == [
        ("operation", Decimal(18000)),
        ("therapy", Decimal("5900.40")),
        ("too_much", Decimal("599.60")),
    ]
    assert lines("dollars") == [("not_needed", Decimal(11288))]
    assert lines("remembered") == [("not_needed", Decimal("12815.40"))]
    assert lines("stopped") == [("fauteuil", Decimal(2600)), ("rampe", Decimal(500))]
    assert lines("resumed") == [("pierwsza", Decimal(40000)), ("nowa", Decimal(25000)), ("too_much", Decimal("800.50"))]
    # 24.500 - 18,000
    in_hand = load("matched", date(2025, 11, 16)).view.now.spent
    assert in_hand is not None
    assert in_hand.in_hand.exact == pounds("6500.00")


@pytest.mark.parametrize(
    ("day", "own", "counted", "by_rate"),
    [
        (date(2025, 6, 1), "2500.40", "2200", None),
        # 0,85 in place of 0,88: 75 less, and not a cent less over there
        (date(2025, 7, 6), "2500.40", "2125", "-75"),
        # 2.500,40 at 0,86 would be 2.150; a hundred dollars went back
        (date(2025, 8, 3), "2400.40", "2064", "25"),
        # 2.400,40 at 0,87
        (date(2025, 12, 7), "2400.40", "2088", "24"),
    ],
)
def test_a_rate_moves_what_is_counted_and_never_the_accounts_own_figure(
    day: date, own: str, counted: str, by_rate: str | None
) -> None:
    source = load("dollars", day).view.sources[2]
    assert source.own is not None
    assert source.amount is not None
    assert source.balance is not None
    assert source.own.shown == Money(Decimal(own), "USD")
    assert source.amount.exact == Money(Decimal(counted), "EUR", ABOUT)
    change = source.balance.by_rate
    assert (change.difference.amount if change else None) == (Decimal(by_rate) if by_rate else None)


def test_only_what_fell_in_its_own_currency_has_a_correction() -> None:
    assert [correction.update.slug for correction in load("dollars").view.corrections] == [
        "2025-08-03-eine-spende-zurueck"
    ]


def test_after_a_death_nothing_that_asked_is_left_and_earlier_days_stay_as_they_were() -> None:
    view = load("remembered").view
    assert not (view.asks or view.ways or view.deadlines or view.treatment or view.story or view.surplus)
    assert (view.now.measure, view.now.percent, view.now.beyond, view.now.promised) == (None, None, None, None)
    assert view.appeal.summary is None
    assert [what(state) for state in view.milestones] == ["25%"]
    assert [event.slug for event in view.events if event.is_to_come] == ["an-evening-for-robin"]
    assert [event.slug for event in view.events if event.was_only_planned] == ["sponsored-row"]
    assert [event.slug for event in view.dated_events] == ["an-evening-for-robin"]
    before = load("remembered", date(2025, 10, 26)).view
    for update in before.updates:
        assert view.by_slug[update.slug].stood == update.stood
    assert before.now.remaining == computed(pounds("27700"))


def test_an_appeal_that_was_taken_up_again_asks_again_and_for_the_new_goal() -> None:
    def on(day: date | None) -> tuple[Phase, bool, str | None]:
        view = load("resumed", day).view
        return view.now.phase, view.asks, view.now.remaining and str(view.now.remaining.exact.amount)

    assert on(date(2025, 8, 30)) == (Phase.RAISING, True, "15500")
    assert on(date(2025, 8, 31)) == (Phase.ENDED, False, None)
    assert on(date(2025, 11, 8)) == (Phase.ENDED, False, None)
    assert on(date(2025, 11, 9)) == (Phase.RAISING, True, "24700")
    assert on(date(2026, 4, 26)) == (Phase.ENDED, False, None)


def test_without_an_update_that_says_so_it_ends_on_the_day_of_the_appeal_and_late_money_counts() -> None:
    before, after = load("closed-alone", date(2025, 12, 30)).view, load("closed-alone", date(2025, 12, 31)).view
    assert (before.now.phase, after.now.phase) == (Phase.PAST_DEADLINE, Phase.ENDED)
    assert after.now.ending is not None
    assert (after.now.ending.title, after.now.ending.slug) == (None, None)
    assert in_plain(load("closed-alone").view.now.raised) == "6020.25"
