"""Links lead where a browser would go."""

from urllib.parse import urljoin

import pytest

from campaign.verifying.where_links_lead import where_it_leads

LINKS = (
    "",
    "#give",
    "?a=b",
    ";p",
    "a.html",
    "../index.html#give",
    "./x",
    "/y",
    "//other.example/z",
    "https://a.example/",
)


@pytest.mark.parametrize("place", ["index.html", "updates/2024-01-01-news.html", "a/b/c.html", ""])
@pytest.mark.parametrize("base", ["https://example.org/", "https://example.org/roof/"])
def test_a_link_leads_where_the_standard_says(base, place):
    for link in LINKS:
        assert where_it_leads(base, place, link) == urljoin(urljoin(base, place), link)
