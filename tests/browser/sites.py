"""The campaigns whose pages are opened in a browser: one with everything, every phase, and every odd shape."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PIL import Image

from catalog import an_invented_catalog
from site_folder import CAMPAIGN, MOMENT, NOW, ROOT, Site

ASKS = """\
started: 2024-01-01
deadline: 2024-06-30
closed: 2024-12-01
give:
  - {label: The giving page, url: "https://give.example.org/roof", closes: 2024-10-31}
  - {label: By bank transfer, note: Ask us for the account.}
costs:
  - {id: roof, label: The roof, estimate: "about 30,000"}
  - {id: gutters, label: Gutters, estimate: "10,000"}
milestones:
  - raised: 10,000
  - {raised: 50%, label: Half way}
"""
ODD = {
    "long": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2,
    "arabic": "عملية لمساعدة طفلة على المشي من جديد",
    "hebrew": "ניתוח שיעזור לילד ללכת",
    "japanese": "村のホールの新しい屋根のために募金をお願いします",
    "thai": "หลังคาใหม่สำหรับศาลาหมู่บ้านของเรา",
    "emoji": "A roof 🎈👨‍👩‍👧 for everyone <b>&amp; more",
    "short": "For Amy now",
}


def stated(
    site: Site, day: str, raised: str, *, title: str = "News", body: str = "Words of thanks.", more: str = ""
) -> None:
    site.write(
        f"updates/{day}-news.md",
        f"---\ntitle: '{title}'\ndate: {day}\ntotals:\n  raised: {raised}\n{more}---\n{body}\n",
    )


def phase(*figures: tuple[str, str, str], more: str = "") -> Callable[[Site], None]:
    """A small campaign that asks, with its figures as day, amount and the rest of the front matter."""

    def make(site: Site) -> None:
        site.write("campaign.yaml", CAMPAIGN + ASKS + more)
        (site.content / "updates/2024-02-01-begun.md").unlink()
        site.write("updates/2024-01-05-begun.md", "---\ntitle: We begin\ndate: 2024-01-05\n---\nHello.\n")
        for day, amount, rest in figures:
            stated(site, day, amount, more=rest)

    return make


def many(count: int, apart: int) -> Callable[[Site], None]:
    def make(site: Site) -> None:
        phase()(site)
        for number in range(count):
            day = date(2023, 1, 2) + timedelta(days=number * apart)
            stated(site, day.isoformat(), f"{10_000 + number * 10}", title=f"Update number {number}")

    return make


def odd(site: Site) -> None:
    site.write("campaign.yaml", CAMPAIGN.replace("A new roof", f"'{ODD['long']}'") + ASKS)
    for number, (name, words) in enumerate(ODD.items()):
        plain = words.replace("<b>", "")
        story = f"{plain}\n\n# {plain}\n\n| {plain} | b |\n|---|---|\n| {plain} | {plain} |\n\n```\n{words}\n```\n"
        stated(site, f"2024-02-{number + 2:02}", f"about {12_345 + number}", title=words, body=story)
        site.write(
            f"events/{name}.md", f"---\ntitle: '{words}'\ndate: 2024-07-0{number + 1}\nplace: '{words}'\n---\nX.\n"
        )
        site.write(f"pages/{name}.md", f"---\ntitle: '{words}'\n---\n{plain}\n")


def headline(text: str) -> Callable[[Site], None]:
    def make(site: Site) -> None:
        site.write("campaign.yaml", CAMPAIGN.replace("The hall roof lets in the rain.", f"'{text}'") + ASKS)

    return make


def shipped(name: str) -> Callable[[Site], None]:
    def make(site: Site) -> None:
        shutil.rmtree(site.content)
        shutil.copytree(ROOT / "tests/sites" / name, site.content)

    return make


def right_to_left(site: Site) -> None:
    shipped("village-hall")(site)
    text = (site.content / "campaign.yaml").read_text(encoding="utf-8")
    site.write("campaign.yaml", text.replace("locale: en_GB", "locale: he_IL"))
    theme = site.folder / "theme"
    shutil.copytree(ROOT / "theme", theme)
    an_invented_catalog(theme / "locale" / "he.po")


def live(site: Site) -> None:
    phase(FEBRUARY, ("2024-03-01", "26,000", ""))(site)


def live_with_picture(site: Site) -> None:
    """A photo of a phone's size, noisy as photos are."""
    live(site)
    picture = Image.effect_mandelbrot((2400, 1600), (-2, -1.2, 0.6, 1.2), 60).convert("RGB")
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=90)
    site.write("images/roof.jpg", written.getvalue())
    text = (site.content / "campaign.yaml").read_text(encoding="utf-8")
    site.write("campaign.yaml", f"{text}image: images/roof.jpg\nimage_alt: The roof, with a bucket below it\n")
    stated(site, "2024-03-01", "26,000", more="image: images/roof.jpg\nimage_alt: The roof\n")


WHOLE = ("hall", "right-to-left", "odd-words", "nothing")
"""The sites of which every kind of page is opened each time."""
HOME = ("headline-of-10", "headline-of-120")
"""Those whose home page, and what is drawn from it for others, alone are others."""
PHASES = ("before", "raising", "goal-reached", "surplus", "past-the-deadline", "closed", "hall-at-its-end")
"""Those that are a campaign seen on different days, of which the home page and the fullest update are opened."""
FIGURES = ("matched", "euro", "dinar")
"""Those whose amounts are other ones, or longer: of them what is made of amounts is opened, too."""
BESIDES = {
    "right-to-left": ("updates/2024-10-05-eleven-buckets.html",),
    "goal-reached": ("money.html",),
    "matched": ("editors.html",),
    "live-with-picture": ("poster-strips.html",),
    "eighty-updates": ("money.html", "money/2023.html"),
}
"""Pages that hold what no page holds that is opened otherwise."""
SEEN_BY_AXE = {
    "right-to-left": ("updates/2024-10-05-eleven-buckets.html",),
    "odd-words": ("updates/2024-02-02-news.html",),
    "nothing": ("updates.html",),
    **dict.fromkeys(("before", "surplus", "closed"), ("index.html",)),
    "goal-reached": ("money.html",),
    "dinar": ("embed.html",),
    "live-with-picture": ("index.html", "updates/2024-03-01-news.html", "poster-strips.html"),
    "eighty-updates": ("money.html",),
}
"""Of the pages that are opened on sites other than ``hall``, those at which axe looks; of ``matched`` at all.

Axe sees elements, their names and their colours, and not what is written in them: of what pages are made of, one of
each is enough.
"""
SCRIPTED = ("hall", "nothing", *PHASES, "live-with-picture")
"""Those that are read without the script, too: every kind of page, and the home page of every phase."""
FEBRUARY = ("2024-02-01", "about 12,345", "")
MAKERS: dict[str, tuple[Callable[[Site], None], str]] = {
    # name: how it is made, and the day it is seen on: none for the moment above, today for 1 March 2024
    "hall": (shipped("village-hall"), "2025-06-20"),
    "hall-at-its-end": (shipped("village-hall"), ""),
    "right-to-left": (right_to_left, "2025-06-20"),
    "before": (phase(), "2024-01-10"),
    "raising": (phase(FEBRUARY, ("2024-03-01", "26,000", "")), "2024-03-10"),
    "goal-reached": (phase(FEBRUARY, ("2024-03-01", "50,000", "jump: A legacy.\n")), "2024-03-10"),
    "surplus": (phase(FEBRUARY, ("2024-03-01", "56,200.50", "jump: A legacy.\n")), "2024-03-10"),
    "past-the-deadline": (phase(FEBRUARY), "2024-07-10"),
    "closed": (phase(FEBRUARY), "2024-12-10"),
    "matched": (shipped("matched"), ""),
    "remembered": (shipped("remembered"), ""),
    "one-update": (shipped("minimal"), ""),
    "nothing": (shipped("empty"), ""),
    "euro": (shipped("euro"), ""),
    "yen": (shipped("yen"), ""),
    "dinar": (shipped("dinar"), ""),
    "live": (live, "today"),
    "live-with-picture": (live_with_picture, "today"),
    "twenty-updates": (many(20, 14), ""),
    "eighty-updates": (many(80, 5), ""),
    "odd-words": (odd, "2024-03-10"),
    "headline-of-10": (headline("A new roof"), "2024-03-10"),
    "headline-of-120": (headline("The hall roof lets in the rain and the village wants to put " * 2), "2024-03-10"),
}

EVERY = [name for name in MAKERS if name not in ("live", "twenty-updates")]
"""Without those that are the same as others, but for the day or the number of updates."""


def build(name: str, folder: Path, address: str) -> Site:
    """One of them, built for the public at an address."""
    make, day = MAKERS[name]
    site = Site(folder)
    make(site)
    settings = ROOT / "publishconf.py"
    if (folder / "theme").is_dir():
        settings = folder / "settings.py"
        lines = ["import sys", f"sys.path.insert(0, {str(ROOT)!r})", "from publishconf import *"]
        settings.write_text("\n".join([*lines, f"THEME = {str(folder / 'theme')!r}\n"]), encoding="utf-8")
    # The smallest campaigns promise nothing, which only a site for the public must.
    options, moment = ["CAMPAIGN_PUBLIC=false"], MOMENT
    if day == "today":
        moment = NOW
    elif day:
        options.append(f'CAMPAIGN_AS_OF="{day}"')
    environ = {"SITEURL": address, "SOURCE_DATE_EPOCH": moment}
    done: subprocess.CompletedProcess[str] = site.pelican("-e", *options, settings=settings, environ=environ)
    assert done.returncode == 0, done.stderr + done.stdout
    return site
