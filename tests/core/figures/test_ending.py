"""Endings: from then on nothing in the view asks, counts down, calls anything missing or promises what was planned."""

from datetime import date

import pytest

from campaign.core.figures.ending import EndingKind
from campaign.core.figures.ledger import fold
from campaign.core.figures.pace import Phase
from campaign.core.figures.plausibility import slips
from campaign.core.reading.front_matter import parse_yaml_file
from campaign.reporting.summary import summary
from writing import a_campaign, a_view, an_event, an_update, campaign_refusal, problems, refusal

APPEAL = """
    summary: Help us mend the roof.
    started: 2024-01-01
    deadline: 2024-12-31
    goal: 50,000
    costs:
      - {id: roof, label: Roof, estimate: 40000}
      - {id: walls, label: Walls, estimate: 20000}
    promise:
      too_much: It mends the next roof.
      too_little: It buys as many slates as it can.
      not_needed: It goes to the hospice.
    give:
      - {label: Online, url: "https://example.org/give", note: By card}
    milestones:
      - {raised: 10000, label: Ten}
      - {raised: 100%, label: All}
      - {id: begun, label: Work begins, date: 2024-09-01}
    counters:
      - {id: petition, label: signatures, url: "https://example.org/sign"}
    treatment:
      - {said: 2024-02-01, status: booked, where: The workshop}
"""
CAMPAIGN = a_campaign(APPEAL)
FIRST = """
    totals:
      raised: 30,000
    promised:
      - {id: grant, amount: 5000}
    counters:
      petition: 12
"""


def ended(kind, *more, campaign=CAMPAIGN, on="2024-08-01", events=()):
    first = an_update(campaign, "2024-06-01", FIRST)
    last = an_update(campaign, "2024-07-01", f"title: Our last update\nends: {kind}", slug="end")
    return a_view(campaign, first, last, *more, on=on, events=events)


@pytest.mark.parametrize("kind", ["done", "not_needed", "stopped"])
def test_once_an_appeal_has_ended_the_view_offers_nothing_to_ask_with(kind):
    view = ended(kind)
    now = view.now
    assert (now.phase, now.ending.kind) == (Phase.ENDED, EndingKind(kind))
    assert (now.ending.title, now.ending.slug, now.ending.day) == (
        "Our last update",
        "2024-07-01-end",
        date(2024, 7, 1),
    )
    assert (view.asks, view.ways, view.next_milestone) == (False, (), None)
    assert (now.remaining, now.pace, now.deadline, now.promised, now.others_pay) == (None,) * 5
    assert view.costs.current is None
    assert [state.label for state in view.milestones] == ["Ten"]
    assert (view.pledges, view.treatment, view.appeal.treatment, view.appeal.deadline) == ((), (), (), ())
    assert view.deadlines == ()
    assert [(way.label, way.url, way.note) for way in view.closed_ways] == [("Online", None, None)]
    assert view.closed_ways == view.appeal.give
    assert (view.counters[0].count.number, view.counters[0].counter.url) == (12, None)
    assert not any("needed" in line and "not needed" not in line for line in summary(view))


@pytest.mark.parametrize("kind", ["done", "not_needed", "stopped"])
def test_nothing_is_measured_where_it_ended_before_any_figure(kind):
    last = an_update(CAMPAIGN, "2024-07-01", f"title: Our last update\nends: {kind}", slug="end")
    now = a_view(CAMPAIGN, last, on="2024-08-01").now
    assert (now.raised, now.measure, now.percent) == (None, None, None)


@pytest.mark.parametrize("kind", ["done", "stopped"])
def test_the_money_is_still_held_against_the_goal_without_a_flag_that_is_open(kind):
    now = ended(kind).now
    assert (now.percent, now.raised.exact.amount) == (60, 30000)
    assert [flag.is_reached for flag in now.measure.flags] == [True]
    assert now.measure.promised == 0


def test_what_is_not_needed_any_more_is_held_against_nothing():
    view = ended("not_needed")
    now = view.now
    assert now.raised.exact.amount == 30000
    assert (now.percent, now.measure, now.beyond, now.is_reached, view.surplus) == (None, None, None, False, None)
    assert view.appeal.summary is None
    assert next(iter(view.updates)).stood == now.__class__(**{**_fields(now), "day": date(2024, 7, 1)})


def _fields(value):
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def test_more_than_the_goal_is_not_said_to_be_beyond_it_once_it_is_not_needed():
    more = an_update(CAMPAIGN, "2024-07-20", "totals:\n  raised: 61,000\njump: A legacy.")
    view = ended("not_needed", more)
    now = view.now
    assert (now.beyond, now.is_reached, now.raised.exact.amount) == (None, False, 61000)
    assert view.costs.surplus is None
    now = ended("done", more).now
    assert (now.beyond.shown.amount, now.is_reached) == (11000, True)


@pytest.mark.parametrize(
    ("kind", "totals", "key"),
    [
        ("done", "raised: 30,500", "too_little"),
        ("stopped", "raised: 30,500", "too_little"),
        ("done", "raised: 60,000\njump: A legacy.", None),
        ("done", "raised: 60,001\njump: A legacy.", "too_much"),
        ("stopped", "raised: 60,001\njump: A legacy.", "too_much"),
        ("not_needed", "raised: 60,001\njump: A legacy.", "not_needed"),
    ],
)
def test_the_promise_that_applies_stands_alone(kind, totals, key):
    view = ended(kind, an_update(CAMPAIGN, "2024-07-20", f"totals:\n  {totals}"))
    assert view.now.ending.promise_key == key
    if key is None:
        assert (view.now.ending.promise, view.promise) == (None, None)
    else:
        words = getattr(CAMPAIGN.promise, key)
        assert view.now.ending.promise == words
        assert {view.promise.too_much, view.promise.too_little, view.promise.not_needed} == {None, words}


def test_without_costs_the_goal_says_whether_something_is_left_over_and_without_a_figure_nobody_does():
    campaign = a_campaign("goal: 100\npromise: {too_much: Another roof, too_little: Slates}")
    end = an_update(campaign, "2024-01-02", "ends: done", slug="end")

    def key(*updates):
        return a_view(campaign, *updates, end, on="2024-01-02").now.ending.promise_key

    assert key() is None
    assert key(an_update(campaign, "2024-01-01", "totals:\n  raised: 101")) == "too_much"
    assert key(an_update(campaign, "2024-01-01", "totals:\n  raised: 99")) == "too_little"
    promises_nothing = a_campaign("closed: 2024-01-01")
    view = a_view(promises_nothing, an_update(promises_nothing, "2024-01-01", "totals:\n  raised: 9"), on="2024-01-01")
    assert (view.now.ending.promise_key, view.promise) == (None, None)


def test_a_figure_that_comes_late_still_counts():
    late = an_update(CAMPAIGN, "2024-07-20", "totals:\n  raised: 30,400")
    view = ended("done", late)
    assert view.now.raised.exact.amount == 30400
    assert view.updates[0].added.shown.amount == 400
    assert view.updates[0].stood.phase is Phase.ENDED


def test_a_page_of_an_earlier_day_knows_nothing_of_the_ending():
    view = ended("not_needed", on="2024-06-30")
    assert (view.now.phase, view.now.ending, view.asks) == (Phase.RAISING, None, True)
    assert view.now.remaining.shown.amount == 20000
    assert view.appeal.summary == "Help us mend the roof."
    assert ended("done").by_slug["2024-06-01-news"].stood.phase is Phase.RAISING


def test_an_update_takes_an_ending_back():
    back = an_update(CAMPAIGN, "2024-07-10", "resumes: true", slug="back")
    view = ended("stopped", back)
    assert (view.now.phase, view.asks, view.now.remaining.shown.amount) == (Phase.RAISING, True, 20000)
    assert [update.stood.phase for update in view.updates] == [Phase.RAISING, Phase.ENDED, Phase.RAISING]
    again = an_update(CAMPAIGN, "2024-07-20", "ends: done", slug="again")
    assert ended("stopped", back, again).now.ending.slug == "2024-07-20-again"


def test_closed_ends_as_done_and_an_update_may_say_later_what_it_was():
    campaign = a_campaign("closed: 2024-01-10\ngoal: 100")
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 50")
    (view,) = [a_view(campaign, first, on="2024-01-10")]
    assert (view.now.ending.kind, view.now.ending.title, view.now.ending.day) == (
        EndingKind.DONE,
        None,
        date(2024, 1, 10),
    )
    assert a_view(campaign, first, on="2024-01-09").asks
    told = an_update(campaign, "2024-01-20", "title: He died\nends: not_needed", slug="told")
    assert a_view(campaign, first, told, on="2024-01-20").now.ending.title == "He died"
    assert a_view(campaign, first, told, on="2024-01-19").now.ending.kind is EndingKind.DONE
    back = an_update(campaign, "2024-01-10", "resumes: true", slug="back")
    assert a_view(campaign, first, back, on="2024-02-01").asks
    same = an_update(campaign, "2024-01-10", "ends: stopped", slug="same")
    assert a_view(campaign, first, same, on="2024-02-01").now.ending.kind is EndingKind.STOPPED


def test_a_close_that_comes_after_an_appeal_was_taken_up_again_ends_it():
    campaign = a_campaign("closed: 2024-03-01")
    updates = [
        an_update(campaign, "2024-01-01", "ends: stopped"),
        an_update(campaign, "2024-02-01", "resumes: true"),
    ]
    assert a_view(campaign, *updates, on="2024-02-29").asks
    assert a_view(campaign, *updates, on="2024-03-01").now.ending.kind is EndingKind.DONE
    document = parse_yaml_file("content/campaign.yaml", b"closed: 2024-03-01")
    assert not list(slips(campaign, fold(campaign, updates), document))


def test_an_appeal_ends_once_and_only_that_it_is_not_needed_can_still_be_said():
    first = an_update(CAMPAIGN, "2024-01-01", "ends: stopped")
    for kind in ("done", "stopped"):
        (told,) = problems(CAMPAIGN, first, an_update(CAMPAIGN, "2024-01-02", f"ends: {kind}"))
        assert told.endswith("[ending]")
    told = an_update(CAMPAIGN, "2024-01-02", "title: She died\nends: not_needed")
    assert problems(CAMPAIGN, first, told) == []
    assert a_view(CAMPAIGN, first, told, on="2024-01-02").now.ending.title == "She died"
    (again,) = problems(CAMPAIGN, told, an_update(CAMPAIGN, "2024-01-03", "ends: not_needed"))
    assert again == (
        "4: ends: the appeal ended with content/updates/2024-01-02-news.md already (not_needed); leave it out here;"
        " if the appeal was taken up again in between, the update that told it needs resumes: true [ending]"
    )


def test_only_what_has_ended_is_taken_up_again_and_one_update_does_not_do_both():
    assert problems(CAMPAIGN, an_update(CAMPAIGN, "2024-01-01", "resumes: true")) == [
        "4: resumes: the appeal has not ended, so it is not taken up again; leave it out [ending]"
    ]
    assert refusal(CAMPAIGN, "2024-01-01", "ends: done\nresumes: true") == [
        "5: resumes: an update ends the appeal or takes it up again; keep ends or resumes [ending]"
    ]
    assert "expected done, not_needed or stopped" in refusal(CAMPAIGN, "2024-01-01", "ends: maybe")[0]


def slipped(text, *updates):
    campaign = a_campaign(text)
    document = parse_yaml_file("content/campaign.yaml", text.encode())
    ledger = fold(campaign, [an_update(campaign, day, fields) for day, fields in updates])
    return [problem.field for problem in slips(campaign, ledger, document)]


PLANNED = """closed: 2024-02-20
goal:
  - {amount: 50000}
  - {from: 2024-03-01, amount: 60000}
deadline:
  - {said: 2024-03-01, date: 2024-12-31}
matches:
  - {id: mill, who: A mill, up_to: 500, from: 2024-03-01}
"""


def test_whoever_ends_an_appeal_need_not_look_into_campaign_yaml():
    assert slipped(PLANNED, ("2024-02-01", "")) == ["goal[2].from", "deadline[1].said", "matches[1].from"]
    for kind in EndingKind:
        assert slipped(PLANNED, ("2024-02-01", f"ends: {kind.value}")) == []


def test_a_goal_that_was_planned_for_later_is_never_in_force_once_the_appeal_has_ended():
    campaign = a_campaign(PLANNED.replace("closed: 2024-02-20", "started: 2024-01-01"))
    view = a_view(campaign, an_update(campaign, "2024-02-01", "ends: done\ntotals:\n  raised: 25,000"), on="2024-04-01")
    assert (view.now.goal.amount, view.now.percent, len(view.goals), view.now.matches) == (50000, 50, 1, ())


def test_an_appeal_that_closes_sets_no_goal_after_that_day_unless_it_is_taken_up_again():
    goals = "closed: 2024-02-01\ngoal:\n  - {amount: 50000}\n  - {from: 2024-03-01, amount: 60000}\n"
    assert slipped(goals, ("2024-01-01", ""), ("2024-02-10", "resumes: true")) == []
    assert slipped(goals, ("2024-01-01", "")) == ["goal[2].from"]
    assert campaign_refusal("started: 2024-02-01\nclosed: 2024-01-01")


@pytest.mark.parametrize(
    ("plans", "kept"),
    [
        (["hoped", "booked"], []),
        (["booked", "cancelled"], []),
        (["hoped", "done"], ["done", "hoped"]),
        (["done", "booked"], ["done"]),
    ],
)
def test_a_plan_stays_only_where_it_was_carried_out(plans, kept):
    listed = "".join(f"\n  - {{said: 2024-01-0{n}, status: {status}}}" for n, status in enumerate(plans, 1))
    campaign = a_campaign(f"treatment:{listed}\nclosed: 2024-02-01")
    assert [plan.status for plan in a_view(campaign, on="2024-02-01").treatment] == kept
    assert len(a_view(campaign, on="2024-01-31").treatment) == 2


def test_pages_invite_to_no_event_that_was_planned_before_the_end():
    events = tuple(
        an_event(CAMPAIGN, slug, f"title: Any\n{fields}")
        for slug, fields in {
            "planned": "date: 2024-09-01\nsaid: 2024-06-01",
            "nobody-says-when": "date: 2024-09-01",
            "memorial": "date: 2024-09-02\nsaid: 2024-07-01",
            "past": "date: 2024-05-01",
            "held": "held: true",
            "off": "date: 2024-09-03\nstatus: cancelled",
        }.items()
    )
    view = ended("not_needed", events=events)
    assert [event.slug for event in view.events if event.is_to_come] == ["memorial"]
    assert [event.slug for event in view.dated_events] == ["past", "memorial", "off"]
    gone = {event.slug for event in view.events} - {event.slug for event in view.listed_events}
    assert gone == {event.slug for event in view.events if event.was_only_planned} > set()
    before = ended("not_needed", events=events, on="2024-06-20")
    assert [event.slug for event in before.events if event.is_to_come] == ["nobody-says-when", "planned", "memorial"]
    assert len(before.dated_events) == 5


def test_an_event_that_the_end_overtook_is_not_past_once_its_day_is_over_unless_somebody_says_so():
    events = tuple(
        an_event(CAMPAIGN, slug, f"title: Any\n{fields}")
        for slug, fields in {
            "overtaken": "date: 2024-09-01\nsaid: 2024-06-01",
            "the-very-day": "date: 2024-07-01",
            "that-month": "date: 2024-07",
            "before": "date: 2024-06-30",
            "announced-since": "date: 2024-09-02\nsaid: 2024-07-01",
            "held": "date: 2024-09-03\nheld: true",
        }.items()
    )
    view = ended("not_needed", events=events, on="2024-10-01")
    assert {event.slug for event in view.events if event.is_past or event.is_held} == {
        *("before", "announced-since", "held")
    }
    assert {event.slug for event in view.events if event.was_only_planned} == {
        *("overtaken", "the-very-day", "that-month")
    }
    assert [event.slug for event in view.dated_events] == ["before", "announced-since", "held"]
    campaign = a_campaign(APPEAL + "    sources: [{id: cash, label: Cash, records: receipts}]")
    said = {
        "2024-06-01": "received: [{source: cash, amount: 300}]",
        "2024-07-01": "ends: not_needed",
        "2024-09-02": "received: [{source: cash, amount: 120, event: overtaken}]",
    }
    told = [an_update(campaign, day, text) for day, text in said.items()]
    first = a_view(campaign, *told, events=events, on="2024-10-01").event_by_slug["overtaken"]
    assert first.is_past and not first.was_only_planned


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("done", "The appeal closed on 1 July 2024: Our last update. It buys as many slates as it can."),
        (
            "not_needed",
            "The appeal ended, since it is not needed any more, on 1 July 2024: Our last update."
            " It goes to the hospice.",
        ),
        ("stopped", "The appeal was stopped on 1 July 2024: Our last update. It buys as many slates as it can."),
    ],
)
def test_the_command_says_how_it_ended(kind, said):
    assert said in list(summary(ended(kind)))
    first = next(line for line in summary(ended(kind)) if "raised" in line)
    assert ("of £50,000" in first) == (kind != "not_needed")


def test_an_appeal_can_end_without_any_figure():
    view = a_view(CAMPAIGN, an_update(CAMPAIGN, "2024-07-01", "ends: stopped"), on="2024-07-01")
    assert (view.now.raised, view.now.ending.promise_key, view.asks) == (None, None, False)
    assert list(summary(view))[1] == "No figure yet."


def test_what_an_update_said_of_the_end_is_not_overtaken_by_the_day_on_which_the_appeal_was_to_close():
    campaign = a_campaign("closed: 2024-12-01")
    end = an_update(campaign, "2024-07-01", "title: We stop\nends: stopped", slug="end")
    for day in ("2024-11-30", "2024-12-01", "2024-12-31"):
        ending = a_view(campaign, end, on=day).now.ending
        assert (ending.kind, str(ending.day), ending.title) == (EndingKind.STOPPED, "2024-07-01", "We stop")
