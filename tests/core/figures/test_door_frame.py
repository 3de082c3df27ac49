"""The door frame: marks at exact heights, at most twelve labels, pushed apart as little as possible."""

from decimal import Decimal
from itertools import pairwise
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.figures.door_frame import MAX_LABELS, MarkKind, apart
from writing import a_campaign, a_view, an_update

LINES = """
    costs:
      - {id: roof, label: The roof, estimate: 30000}
      - {id: walls, label: The walls, estimate: 10000}
    milestones:
      - raised: 10,000
      - {raised: 50%, label: Half way}
      - {raised: 100%, label: The whole goal}
      - {cost: roof, label: The roof is paid for}
      - {id: consent, label: Planning consent}
      - {id: opening, date: 2024-09-01, label: The opening}
"""


def frame(*updates, more="", on="2024-06-30", lines=LINES):
    campaign = a_campaign(f"goal: 40000\n{dedent(lines)}{dedent(more)}")
    return a_view(campaign, *(an_update(campaign, day, said) for day, said in updates), on=on).frame


def written(marks):
    """Each mark in a word, with its height."""
    return [
        (
            mark.kind.value,
            (mark.cost and mark.cost.cost.id) or (mark.milestone and mark.milestone.label) or mark.slug,
            mark.height,
        )
        for mark in marks
    ]


def test_every_mark_stands_at_its_exact_height_and_the_list_goes_down_from_the_top():
    drawn = frame(
        ("2024-01-10", "title: We begin"),
        ("2024-02-01", "totals:\n  raised: 12,000"),
        ("2024-03-01", "reached: [consent]"),
        ("2024-04-01", "totals:\n  raised: 16,000"),
    )
    assert (drawn.done, drawn.beyond, drawn.goal) == (40, 0, 100)
    assert written(drawn.labels) == [
        ("goal", None, 100),
        ("cost", "walls", Decimal("87.5")),
        ("to go", None, 70),
        ("milestone", "Half way", 50),
        ("update", "2024-04-01-news", 40),
        ("cost", "roof", Decimal("37.5")),
        ("update", "2024-02-01-news", 30),
        ("news", "2024-03-01-news", 30),
        ("milestone", None, 25),
        ("news", "2024-01-10-news", 0),
    ]
    said = {mark.slug: [state.label for state in mark.milestones] for mark in drawn.labels if mark.milestones}
    assert said == {"2024-03-01-news": ["Planning consent"]}
    assert drawn.bands == (75, 100)
    assert [state.label for state in drawn.to_come] == ["The opening"]


def test_a_milestone_at_the_height_or_with_the_title_of_its_update_is_written_with_it_and_keeps_its_notch():
    drawn = frame(("2024-02-01", "title: Half Way\ntotals:\n  raised: 21,000"), ("2024-03-01", "reached: [consent]"))
    labels = {mark.slug: mark for mark in drawn.labels if mark.slug}
    assert all(mark.milestone.label is None for mark in drawn.labels if mark.milestone)
    first, second = labels["2024-02-01-news"], labels["2024-03-01-news"]
    assert [(state.label, state.has_its_updates_title) for state in first.milestones] == [("Half way", True)]
    assert [(state.label, state.has_its_updates_title) for state in second.milestones] == [("Planning consent", False)]
    assert ("milestone", "Half way", 50) in written(drawn.notches)


def test_seen_from_the_top_each_height_is_what_is_left_of_the_frame():
    drawn = frame(("2024-02-01", "totals:\n  raised: 12,000\npromised:\n  - {id: gift, amount: 4000, from: A mill}"))
    assert (drawn.done, drawn.done_y) == (30, 70)
    assert drawn.promised_y == 100 - drawn.done - drawn.promised
    assert drawn.bands and drawn.bands_y == tuple(100 - band for band in drawn.bands)
    assert [mark.y for mark in drawn.labels] == [100 - mark.height for mark in drawn.labels]
    assert [tick.y for tick in drawn.ticks] == [100 - tick.position for tick in drawn.ticks]


def test_what_the_goal_and_the_costs_say_no_milestone_says_again_but_each_keeps_its_notch():
    drawn = frame(("2024-02-01", "totals:\n  raised: 12,000"))
    said = {name for _, name, _ in written(drawn.labels)}
    assert not said & {"The whole goal", "The roof is paid for"}
    assert {("milestone", "The whole goal", 100), ("milestone", "The roof is paid for", 75)} <= set(
        written(drawn.notches)
    )


def test_before_any_figure_the_frame_is_empty_and_has_its_bands():
    drawn = frame(("2024-01-10", "title: We begin"))
    assert (drawn.done, drawn.promised, drawn.bands) == (0, 0, (75, 100))
    assert ("to go", None, 50) in written(drawn.labels)


def test_beyond_the_goal_the_frame_grows_past_its_old_top():
    drawn = frame(("2024-02-01", "totals:\n  raised: 50,000"))
    assert (drawn.done, drawn.goal, drawn.beyond) == (80, 80, 20)
    assert drawn.bands == (60, 80)
    assert "to go" not in {mark.kind.value for mark in drawn.labels}
    assert {mark.height for mark in drawn.labels if mark.kind is MarkKind.GOAL} == {80}


def test_what_is_promised_stands_above_what_is_in_hand_and_never_above_the_top():
    given = "totals:\n  raised: 30,000\npromised:\n  - {id: gift, amount: 20000, from: A mill}"
    drawn = frame(("2024-02-01", given))
    assert (drawn.done, drawn.promised, drawn.promised_y) == (75, 25, 0)


def test_once_it_has_ended_nothing_on_the_frame_calls_for_more():
    drawn = frame(("2024-02-01", "totals:\n  raised: 30,000"), ("2024-05-01", "ends: stopped"))
    assert (drawn.goal, drawn.done) == (None, 100)
    assert {mark.kind for mark in drawn.labels} <= {MarkKind.COST, MarkKind.MILESTONE, MarkKind.UPDATE, MarkKind.NEWS}
    assert drawn.to_come == ()
    assert all(mark.milestone is None or mark.is_reached for mark in drawn.notches)


def test_an_appeal_that_is_not_needed_any_more_has_no_frame():
    assert frame(("2024-02-01", "totals:\n  raised: 30,000"), ("2024-05-01", "ends: not_needed")) is None


def test_an_earlier_goal_is_a_tick():
    more = (
        "    goal:\n      - {from: 2024-01-01, amount: 20000}\n      - {from: 2024-03-01, amount: 40000, why: more}\n"
    )
    campaign = a_campaign(more)
    view = a_view(campaign, an_update(campaign, "2024-02-01", "totals:\n  raised: 12,000"), on="2024-06-30")
    assert (view.frame.earlier_goals, view.frame.earlier_goals_y) == ((50,), (50,))


def test_a_cost_that_others_pay_whole_has_no_band_and_is_told_apart():
    lines = """
    costs:
      - {id: roof, label: The roof, estimate: 30000, paid_by: [{from: 2024-01-01, who: The council, amount: 30000}]}
      - {id: walls, label: The walls, estimate: 10000}
"""
    drawn = frame(("2024-02-01", "totals:\n  raised: 5,000"), lines=lines)
    assert drawn.bands == (25,)
    assert [line.cost.id for line in drawn.costs_apart] == ["roof"]


def test_of_costs_above_the_top_the_part_within_it_is_a_band_and_what_begins_above_is_told_apart():
    lines = """
    costs:
      - {id: roof, label: The roof, estimate: 30000}
      - {id: walls, label: The walls, estimate: 20000}
      - {id: floor, label: The floor, estimate: 10000}
"""
    drawn = frame(("2024-02-01", "totals:\n  raised: 5,000"), lines=lines)
    assert drawn.bands == (75,)
    assert ("cost", "walls", Decimal("87.5")) in written(drawn.labels)
    assert [line.cost.id for line in drawn.costs_apart] == ["floor"]


def test_of_two_hundred_updates_the_newest_and_the_first_are_written_and_twelve_labels_at_most():
    updates = [(f"20{20 + n // 300}-{n % 12 + 1:02}-{n % 28 + 1:02}", "") for n in range(200)]
    updates = sorted(set(updates))
    told = [(day, f"totals:\n  raised: {1000 + 100 * n}") for n, (day, _) in enumerate(updates)]
    drawn = frame(*told)
    assert len(drawn.labels) == MAX_LABELS
    slugs = [mark.slug for mark in drawn.labels if mark.slug]
    assert {f"{updates[0][0]}-news", f"{updates[-1][0]}-news"} <= set(slugs)
    assert slugs[:-1] == [f"{day}-news" for day, _ in reversed(updates)][: len(slugs) - 1]
    heights = [mark.height for mark in drawn.notches if not mark.milestone]
    assert len({int(2 * height) for height in heights}) == len(heights) > 20
    assert heights[0] == drawn.done


LABELS = st.lists(
    st.tuples(st.decimals(0, 100, places=2), st.decimals("0.5", 12, places=2)).map(tuple),
    min_size=1,
    max_size=MAX_LABELS,
)


@given(LABELS, st.decimals(0, 60, places=2))
def test_labels_keep_their_order_and_never_overlap_or_leave_the_frame(wanted, spare):
    wanted.sort()
    room = sum(size for _, size in wanted) + spare
    placed = apart(wanted, room)
    assert placed[0].top >= 0 and placed[-1].top + wanted[-1][1] <= room
    for (one, (_, size)), (other, _) in pairwise(zip(placed, wanted, strict=True)):
        assert one.top + size <= other.top
    tops = [Decimal(0)]
    for place, (_, size) in zip(placed, wanted, strict=True):
        assert place.gap >= 0
        assert tops[-1] + place.gap == place.top
        tops.append(place.top + size)


@given(LABELS)
def test_a_label_that_has_room_stands_beside_its_mark(wanted):
    wanted = sorted((middle * 100 + 10, size) for middle, size in dict(wanted).items())
    spread = [(middle + 13 * n, size) for n, (middle, size) in enumerate(wanted)]
    for place, (middle, size) in zip(apart(spread, Decimal(20000)), spread, strict=True):
        assert abs(place.top + size / 2 - middle) <= Decimal("0.01")


@pytest.mark.parametrize(
    ("wanted", "tops"),
    [
        ([(50, 10), (50, 10)], [40, 50]),  # both would stand at 45: each gives way by half
        ([(0, 10)], [0]),  # not above the top
        ([(100, 10)], [90]),  # nor below the foot
        ([(2, 10), (90, 10), (95, 10)], [0, 80, 90]),
        ([(20, 10), (24, 10), (28, 10), (80, 10)], [9, 19, 29, 75]),
    ],
)
def test_labels_that_collide_are_pushed_apart_as_little_as_possible(wanted, tops):
    placed = apart([(Decimal(middle), Decimal(size)) for middle, size in wanted], Decimal(100))
    assert [place.top for place in placed] == tops


def test_of_many_milestones_that_were_reached_the_highest_are_written():
    lines = "milestones:\n" + "".join(f"  - raised: {n}000\n" for n in range(1, 7))
    drawn = frame(("2024-02-01", "totals:\n  raised: 12,000"), lines=lines)
    assert [mark.height for mark in drawn.labels if mark.kind is MarkKind.MILESTONE] == [15, Decimal("12.5"), 10, 7.5]


def test_two_marks_half_a_percent_apart_are_two_and_two_that_nobody_could_tell_apart_are_one():
    def heights(*amounts):
        lines = "milestones:\n" + "".join(f"  - raised: {amount}\n" for amount in amounts)
        return [mark.height for mark in frame(lines=lines).notches]

    assert heights(4000, 4200) == [Decimal("10.5"), 10]
    assert len(heights(4200, 4210)) == 1
