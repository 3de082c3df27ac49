"""A site whose every text holds a canary: signs that HTML, templates and Markdown give a meaning."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
import yaml

from attacks.sabotage.appeal import ADDRESS, FILES
from attacks.sabotage.appeal import NOW as THEN
from campaign.publishing.build import build_site
from site_folder import ROOT, Site

CANARY = "<canary onx=\"1\" ony='2'>&lt;b> {{ 123454321 * 3 }} {% bird %}"
TEXTS = frozenset(
    (
        *("name", "beneficiary", "summary", "image_alt", "why", "label", "who", "covers", "note", "too_much"),
        *("too_little", "not_needed", "what", "where", "when", "publication", "title", "says", "author", "from"),
        *("correction", "online", "fest", "jump", "place"),
    )
)
"""The fields that hold people's own words."""


def with_canaries(value, key="", inside=""):
    """The same fields, a canary behind every text."""
    if isinstance(value, dict):
        return {name: with_canaries(of, name, key or inside) for name, of in value.items()}
    if isinstance(value, list):
        return [with_canaries(of, key, inside) for of in value]
    is_text = key in TEXTS and inside not in ("totals", "gift_aid") and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)
    return f"{value} {CANARY}" if is_text else value


def dumped(fields):
    return yaml.dump(fields, default_style='"', allow_unicode=True, width=10_000, sort_keys=False)


def sings(place, text):
    """A file of content with a canary in every text of it."""
    if place == "campaign.yaml":
        return dumped(with_canaries(yaml.load(text, yaml.BaseLoader)))
    _, fields, story = text.split("---\n", 2)
    return f"---\n{dumped(with_canaries(yaml.load(fields, yaml.BaseLoader)))}---\n{story}\n`{CANARY}`\n"


class Tags(HTMLParser):
    """The names of all attributes."""

    def __init__(self):
        super().__init__()
        self.names = set()

    def handle_starttag(self, tag, attrs):
        self.names |= {tag, *(name for name, _ in attrs)}


@pytest.fixture(scope="module")
def nest(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("canary"))
    (site.content / "updates/2024-02-01-begun.md").unlink()
    canaries = 0
    for place, data in FILES.items():
        sung = data if isinstance(data, bytes) else sings(place, data)
        canaries += sung.count("<canary") if isinstance(sung, str) else 0
        site.write(place, sung)
    assert canaries > 60
    with pytest.MonkeyPatch.context() as machine:
        machine.setenv("SOURCE_DATE_EPOCH", THEN)
        machine.setenv("SITEURL", ADDRESS)
        build_site(site.folder, site.content, site.output, settings=ROOT / "publishconf.py", publish=True)
    return site


def test_no_canary_becomes_an_element(nest):
    """The build's own proof found every one of them as text, or it would have ended."""
    sung = 0
    for place, data in nest.files().items():
        if place.endswith((".html", ".svg", ".xml")):
            text = data.decode()
            assert "<canary" not in text, place
            tags = Tags()
            tags.feed(text)
            assert not [name for name in tags.names if name.startswith(("on", "canary"))], place
            sung += text.count("canary")
    assert sung > 400


def test_no_canary_becomes_an_element_in_what_a_feed_holds_as_html(nest):
    found = [
        element.text or ""
        for element in ElementTree.fromstring(nest.files()["feeds/updates.atom.xml"]).iter()
        if element.get("type") == "html"
    ]
    assert len(found) == 2 * len([place for place in FILES if place.startswith("updates/")])
    assert not [text for text in found if "<canary" in text]


def test_no_canary_is_read_as_a_template(nest):
    for place, data in nest.files().items():
        assert b"370362963" not in data, place
