"""Whatever a family writes into a field of words stands somewhere on its pages."""

from __future__ import annotations

import json
from typing import Any

from campaign.core.reading.campaign import Campaign
from campaign.core.reading.update import EventFields, PageFields, UpdateFields
from photo import photo
from sentinels import filled
from site_folder import Site


def test_every_field_of_words_in_every_file_stands_on_a_page(site: Site) -> None:
    words: list[str] = []
    campaign = filled(Campaign, words)
    campaign["sources"].append({"id": "online", "label": "The giving page"})
    files = {
        "updates/2024-02-01-sentinel.md": filled(UpdateFields, words),
        "events/sentinel.md": filled(EventFields, words),
        "pages/sentinel.md": filled(PageFields, words),
    }
    (site.content / "updates/2024-02-01-begun.md").unlink()
    site.write("images/walk.jpg", photo())
    site.write("campaign.yaml", yaml(campaign))
    before = {"title": "Before", "date": "2024-01-03", "totals": {"bank": "1,100", "online": "4,000"}}
    for place, fields in {"updates/2024-01-03-before.md": before, **files}.items():
        site.write(place, f"---\n{yaml(fields)}---\nA story.\n")
    done = site.pelican()
    assert done.returncode == 0, done.stderr + done.stdout
    pages = "".join(data.decode() for name, data in site.files().items() if name.endswith(".html"))
    assert len(words) > 40
    assert [each for each in words if each not in pages] == []


def yaml(fields: dict[str, Any]) -> str:
    """A line for each field; JSON is YAML."""
    return "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
