"""Whatever a story holds, a check refuses it at its line or the build takes it."""

import pytest

from campaign.core.reading.problems import CampaignError
from campaign.core.reading.story import read_story
from campaign.loading.load import load_campaign, now_from_environment
from campaign.loading.story_html import href, is_safe, whole

REFUSED = (
    *("[x](#y)", "[x](https:evil.example)", "[x](http:/evil.example)", "[x](https:////)", "[x](//evil.example)"),
    *("[x](javascript:alert)", "[x](JaVaScRiPt:alert)", "[x](data:text/html,x)", "[x](../../etc/passwd)", "[x](?a=b)"),
    *("&#1;", "&#8238;", "&#x202e;", "&#0;", "&#xd800;", "[&#1;](https://example.org)", "`a`&#8238;"),
    *("[x](https://example.org/&#8238;)", "![&#1;](images/a.jpg)", "[x]({static}/campaign.yaml)", "[x]({index})"),
    *("[x](nowhere.md)", "![x](images/none.jpg)", "![x](https://evil.example/a.gif)", "[x](https://)", "[x]()"),
    *("<p style=x>", "<a href='vbscript:x'>x</a>", "[x](mailto:)", "[x](tel:)", "<script>x</script>"),
)
TAKEN = (
    *("5 < 6 & 7 > 3", "<Name>", "&nope; &amp;lt; &#; &#x; &", "[x] [y][z] ]( ![", "{{ campaign.name }} {% x %}"),
    *("{static} {filename} |filename|", "\\<b\\>", "https:evil.example", "javascript:alert(1)", "#y", "<!-- a"),
    *(
        "`<script>`",
        "```\n<script>&#1;\n```",
        "[x](https://example.org/?a=1&b=2#c)",
        "*a **b* c**",
        "\u00a0 \u2009",
        "<a>x</a> &#x80;",
    ),
)


def refusals(site, story):
    site.write("updates/2024-02-02-a.md", f"---\ntitle: A\ndate: 2024-02-02\n---\n{story}\n")
    try:
        load_campaign(site.folder, site.content, now=now_from_environment())
    except CampaignError as error:
        return [(problem.path, problem.line) for problem in error.problems]
    return []


@pytest.mark.parametrize("story", REFUSED)
def test_what_a_build_would_refuse_or_lose_is_refused_by_a_check_at_its_line(site, story):
    assert set(refusals(site, f"News.\n\n{story}")) == {("content/updates/2024-02-02-a.md", 7)}


@pytest.mark.parametrize("story", TAKEN)
def test_what_a_check_takes_is_safe_and_every_link_of_it_leads_on(site, story):
    assert refusals(site, story) == []
    read = read_story(story)
    assert is_safe(whole(read)) and all(href(link) for link in read.links)
