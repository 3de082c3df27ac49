"""Who the appeal is for, as it was told on a day."""

from campaign.core.figures.ledger import fold
from campaign.core.figures.plausibility import slips
from campaign.core.reading.front_matter import parse_yaml_file
from writing import a_campaign, a_view, an_update, campaign_refusal

TOLD = """
    story:
      - text: James is three, and cannot walk.
      - {from: 2024-02-01, text: James is four}
      - {from: 2024-06-01, text: James was a happy boy.}
"""


def test_a_text_is_paragraphs_and_its_line_breaks_say_nothing():
    campaign = a_campaign("story: |\n  James is three.\n  He cannot walk.\n\n  We live in Leeds.\n")
    assert a_view(campaign, on="2024-01-01").story == ("James is three. He cannot walk.", "We live in Leeds.")


def test_nobody_need_tell_it():
    assert a_view(a_campaign(), on="2024-01-01").story == ()


def test_the_newest_on_or_before_the_day_is_told_and_no_later_one_is_known():
    campaign = a_campaign(TOLD)
    view = a_view(campaign, on="2024-05-31")
    assert view.story == ("James is four",)
    assert [told.text for told in view.appeal.story] == ["James is three, and cannot walk.", "James is four"]
    assert a_view(campaign, on="2024-01-31").story == ("James is three, and cannot walk.",)
    dated = a_campaign("story:\n  - {from: 2024-02-01, text: Later}")
    assert (a_view(dated, on="2024-01-31").story, a_view(dated, on="2024-02-01").story) == ((), ("Later",))


def test_what_was_told_to_explain_why_money_was_needed_goes_when_it_is_not():
    campaign = a_campaign(TOLD)
    end = an_update(campaign, "2024-05-20", "ends: not_needed")
    view = a_view(campaign, end, on="2024-05-20")
    assert (view.story, view.appeal.story) == ((), ())
    assert a_view(campaign, end, on="2024-06-01").story == ("James was a happy boy.",)
    done = an_update(campaign, "2024-05-20", "ends: done")
    assert a_view(campaign, done, on="2024-05-20").story == ("James is four",)


def test_a_list_has_days_each_once_and_in_order():
    assert campaign_refusal("story:\n  - {text: A}\n  - {text: B}") == [
        "3: story[2].from: is needed in a list of several; add from: and a day [missing]"
    ]
    text = "started: 2024-01-01\nstory:\n  - {from: 2024-02-01, text: A}\n  - {from: 2024-01-01, text: B}\n"
    document = parse_yaml_file("content/campaign.yaml", text.encode())
    campaign = a_campaign(text)
    assert [problem.field for problem in slips(campaign, fold(campaign, []), document)] == ["story[2].from"]
