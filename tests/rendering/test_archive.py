"""The list of all updates stays one that a phone can hold, however many there are."""

from datetime import date, timedelta

from surfaces import surfaces

CAMPAIGN = "name: A roof\ncurrency: GBP\ngoal: 50,000\n"


def test_years_before_a_hundred_updates_are_named_and_lead_to_pages_that_hold_every_update(tmp_path):
    days = [date(2022, 1, 1) + timedelta(days=8 * number) for number in range(102)]
    shown = surfaces(
        tmp_path, CAMPAIGN, {f"{day}": f"totals: {{raised: {100 + 10 * number}}}" for number, day in enumerate(days)}
    )
    archive = shown.page("updates.html")
    rest = archive.partition('<h2 id="h-years">Earlier years</h2>')[2]
    assert '<a href="./updates/2022.html">Updates of 2022</a>' in rest and "2023.html" not in rest
    named = [update for update in shown.view.updates if f"{update.slug}.html" in archive]
    assert named == [update for update in shown.view.updates if update.day.year > 2022] and len(named) < 100
    for year in (2022, 2023, 2024):
        page = shown.page(f"updates/{year}.html")
        named = [update for update in shown.view.updates if f"{update.slug}.html" in page]
        assert named == [update for update in shown.view.updates if update.day.year == year]
    assert shown.faults("updates.html") == []
    assert any("2022" in fault for fault in shown.faults("updates.html", "./updates/2022.html", "./updates/2021.html"))
    assert any("2022" in fault for fault in shown.faults("updates.html", "Updates of 2022", "Updates of earlier days"))
