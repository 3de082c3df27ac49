"""What Pelican needs of us: a reader, receivers and generators that carry the loaded campaign; no arithmetic."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from gettext import NullTranslations
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader
from jinja2.ext import i18n
from markupsafe import Markup
from pelican import __version__ as pelican_version
from pelican import signals
from pelican.generators import Generator
from pelican.readers import MarkdownReader

from campaign.core.reading.links import picture_place
from campaign.core.reading.problems import CampaignError, FieldError, Problem
from campaign.core.reading.site_address import parse_site_address
from campaign.loading.load import Loaded, load_campaign, now_from_environment, repository_from_environment
from campaign.loading.pictures import Picture
from campaign.loading.site_paths import CARD, files_of, unexpected
from campaign.loading.stray_files import EXTRA
from campaign.loading.translations import CATALOGS, unsaid, words
from campaign.publishing.log_records import listen, taken, watch
from campaign.publishing.output_folder import in_the_way
from campaign.publishing.write_guard import guard_writes
from campaign.rendering.cache import Cache
from campaign.rendering.outputs import files, share_cards
from campaign.rendering.resized import Original
from campaign.rendering.story_parts import pictures_in
from campaign.rendering.theme import Given, colours, script, stylesheet, theme_filters
from campaign.reporting import report
from campaign.verifying.page_proof import PageProof
from campaign.verifying.voice import voice_of

# From here, because the settings import this module before Pelican loads, and silently skips, any other plugin.
watch()

PELICANS = ((4, 12), (5,))
"""The first version of Pelican that this is written for, and the first that it is not; pyproject.toml says the same."""
SITE = "CAMPAIGN_SITE"
"""Where the loaded campaign travels: in the run's own settings, so that a second run begins afresh."""
WRITTEN = "CAMPAIGN_WRITTEN"
"""The files that this run has written, so that none of an earlier one is taken for it."""
ENTRY = "CAMPAIGN_ENTRY"
"""The template of what a feed shows of an update."""
TEMPLATES = (
    *("index.html", "article.html", "page.html", "event.html", "events.html", "archives.html", "period_archives.html"),
    *("money.html", "404.html", "poster.html", "embed.html"),
    *("badge.svg", "card.svg", "icon.svg", "robots.txt", "sitemap.xml"),
)
"""What a site's files are written from."""
ASKED_FOR_IN_VAIN = dict.fromkeys(("author.html", "category.html", "tag.html"), "{{ no_page_is_written_from_this }}")
"""Templates that Pelican loads and, with these settings, writes nothing from; whatever did would end the run."""


@dataclass(frozen=True)
class Site:
    """Everything that can fail for what a volunteer wrote, done before Pelican writes a file."""

    loaded: Loaded
    pictures: Mapping[str, Picture]
    """The pictures that pages show or link to, by path as above; one that only a draft shows is not among them."""
    published: Mapping[str, Original]
    """What each file of a picture is made from, by the file's address."""
    kept: Cache
    """Where slow work is kept from build to build."""
    words: NullTranslations
    """The theme's words in the campaign's language."""


def register() -> None:
    """Called by Pelican. Receivers are referenced weakly, so each is a function of this module."""
    if refusal := unfit(pelican_version):
        sys.exit(refusal)
    signals.article_generator_init.connect(load)
    signals.generator_init.connect(equip)
    signals.readers_init.connect(add_reader)
    signals.get_generators.connect(generators)
    signals.article_generator_finalized.connect(order)
    signals.feed_generated.connect(complete)
    signals.content_written.connect(note_page)
    signals.feed_written.connect(note_feed)
    signals.finalized.connect(check_output)


def unfit(version: str) -> str:
    """Why a version of Pelican will not do; nothing for one that will."""
    first, never = (".".join(map(str, bound)) for bound in PELICANS)
    found = tuple(map(int, re.findall(r"[0-9]+", version)[:2]))
    if PELICANS[0] <= found < PELICANS[1]:
        return ""
    return (
        f"This site needs Pelican {first} or later, and before {never}; here is {version or 'one without a version'}."
        " Install what requirements.txt lists; nothing was built."
    )


def load(generator) -> None:
    """Load and check everything before Pelican reads a file, and end the run if anything is wrong.

    Pelican drops a post whose reader raises, and goes on; here nothing is read, cleaned or written yet.
    SystemExit, because Pelican prints a traceback for every exception.
    """
    listen()  # by now other plugins have been registered
    settings, context = generator.settings, generator.context
    _templates_are_ours(Path(settings["THEME"]) / "templates")
    content = Path(settings["PATH"])
    root = Path(settings["CAMPAIGN_ROOT"])
    if why := in_the_way(Path(generator.output_path), content, root, Path(settings["THEME"])):
        sys.exit(f"{why} Nothing was built.")
    address = _address(settings["SITEURL"])
    cache = _cache(settings, content, root)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    guard_writes(filter(None, (Path(generator.output_path), cache, Path(summary) if summary else None)))
    try:
        loaded = load_campaign(
            root if content.is_relative_to(root) else content.parent,
            content,
            now=now_from_environment(),
            as_of=_day(settings.get("CAMPAIGN_AS_OF")),
            public=bool(settings.get("CAMPAIGN_PUBLIC")),
            repository=repository_from_environment(),
        )
        site = prepared(loaded, content, Path(settings["THEME"]), Cache(cache))
    except CampaignError as error:
        print(report.text(error.problems), file=sys.stderr)
        if annotations := report.on_github(error.problems, os.environ):
            print(annotations)
        sys.exit(1)
    static = Path(settings["THEME"]) / "static"
    paint = colours((static / "css/tokens.css").read_text("utf-8"))
    appeal = loaded.view.appeal
    shown = {
        SITE: site,
        # Pelican takes what looks like tags out of a feed's titles: "<5" and all that follows.
        "SITENAME": Markup.escape(appeal.name),
        "TIMEZONE": appeal.timezone,
        "DEFAULT_LANG": appeal.region.language_tag,
        "SITEURL": address,
        WRITTEN: set(),
    }
    settings.update(shown)
    context.update(shown)
    context.update(view=loaded.view, address=address)
    equip(generator)
    given = Given(
        view=loaded.view,
        address=address,
        root=urlsplit(address).path,
        stylesheet=Markup(stylesheet(static / "css")),
        script=Markup(script(static / "site.js")),
        colours=paint,
        cards=share_cards(generator.env, loaded.view, paint) if address else {},
    )
    context.update({field.name: getattr(given, field.name) for field in fields(given)})
    proof = PageProof(loaded.view, voice_of(appeal.region, CATALOGS), loaded.stories, address)
    for slug, card in context["cards"].items():
        if faults := list(proof.card_faults(card.svg, slug)):
            sys.exit(f"The share card of {slug or 'the campaign'} {faults[0]}; nothing was built.")


def _templates_are_ours(folder: Path) -> None:
    """End the run where a page's template is missing: Pelican would take another that is like it."""
    if missing := [name for name in TEMPLATES if not (folder / name).is_file()]:
        sys.exit(f"The theme lacks {', '.join(missing)} in {folder}; nothing was built.")


def _address(told: str) -> str:
    """Where the site will be; nothing for one that is opened from disk."""
    try:
        return parse_site_address(told) if told else ""
    except FieldError as refused:
        sys.exit(f"{refused.message}; nothing was built")


def _cache(settings, content: Path, root: Path) -> Path | None:
    """The folder for slow work; nothing of content that lies elsewhere is left in the project."""
    folder = settings.get("CAMPAIGN_CACHE")
    return Path(folder) if folder and content.is_relative_to(root) else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except (TypeError, ValueError):
        sys.exit(f"CAMPAIGN_AS_OF must be a day, as 2015-09-01, got {text!r}; nothing was built")


def prepared(loaded: Loaded, content: Path, theme: Path, kept: Cache) -> Site:
    """Make every picture that is shown; raise CampaignError for a picture that is broken."""
    images = (loaded.view.appeal.image, *(document.fields.get("image") for document in loaded.documents.values()))
    shown, linked = {picture_place(image) for image in images if image}, set()
    for story in loaded.stories.values():
        shown_here, linked_here = pictures_in(story)
        shown |= shown_here
        linked |= linked_here
    pictures, published, problems = {}, {}, []
    for place in sorted(shown | linked):
        try:
            original = Original(content / place, kept)
            picture = pictures[place] = original.picture
            addresses = picture.files if place in shown else (picture.widest,)
            original.make(addresses)
            published |= dict.fromkeys(addresses, original)
        except OSError:
            message = "this picture cannot be read to its end; put it here again"
            problems.append(Problem(str(loaded.folder / place), 1, "", message, "picture"))
    if problems:
        raise CampaignError(problems)
    return Site(loaded, pictures, published, kept, words(theme / "locale", loaded.view.appeal.locale))


def equip(generator) -> None:
    """Give a generator's templates the words, figures and dates of the campaign's locale."""
    site = generator.settings.get(SITE)
    if site is None:  # the first generator, which load() equips once it has loaded
        return
    # Pelican would take what our theme lacks from a theme of its own, in which no page has a figure.
    ours = FileSystemLoader(Path(generator.settings["THEME"]) / "templates")
    generator.env.loader = ChoiceLoader([ours, DictLoader(ASKED_FOR_IN_VAIN)])
    generator.env.add_extension(i18n)
    generator.env.install_gettext_translations(site.words, newstyle=True)
    view, address = site.loaded.view, generator.context.get("address", "")
    generator.env.filters.update(
        theme_filters(view, stories=site.loaded.stories, pictures=site.pictures, words=site.words, address=address)
    )


class CampaignReader(MarkdownReader):
    """Hands over what was loaded: no file is read and no header parsed a second time."""

    file_extensions = ("md",)

    def read(self, source_path):
        site: Site = self.settings[SITE]
        loaded = site.loaded
        place = Path(os.path.relpath(source_path, self.settings["PATH"])).as_posix()
        document = loaded.documents.get(place)
        if document is None:  # a draft, or of a later day than was asked for
            return "", {"title": place, "status": "skip"}
        folder, _, name = place.partition("/")
        slug = name.removesuffix(".md")
        metadata = {"title": Markup.escape(document.fields["title"]), "slug": slug}
        if folder == "updates":
            update = loaded.view.by_slug[slug]
            hour, minute = map(int, update.time.split(":")) if update.time else (0, 0)
            metadata["date"] = datetime(update.day.year, update.day.month, update.day.day, hour, minute)
            metadata["summary"] = str(Markup.escape(update.summary))
        elif folder == "events":
            metadata |= {"template": "event", "url": f"events/{slug}.html", "save_as": f"events/{slug}.html"}
        # Templates take the story from what was loaded: Pelican would resolve whatever looks like {static} in it.
        return "", {
            key: value if key == "date" else self.process_metadata(key, value) for key, value in metadata.items()
        }


def add_reader(readers) -> None:
    readers.reader_classes["md"] = CampaignReader


def order(generator) -> None:
    """Updates by date and file name, newest first: Pelican reads files in an order that differs from run to run."""
    by_name = {update.slug: place for place, update in enumerate(generator.settings[SITE].loaded.view.updates)}
    generator.articles.sort(key=lambda article: by_name[article.slug])
    generator.context["articles"] = generator.articles
    generator.context[ENTRY] = generator.env.get_template("partials/entry.html")


def complete(context, feed) -> None:
    """What Pelican leaves out of a feed: who wrote, the update's picture, and where the total stood."""
    site: Site = context[SITE]
    view = site.loaded.view
    for item in feed.items:
        update = view.by_slug[item["link"].rpartition("/")[2].removesuffix(".html")]
        item["author_name"] = update.author or view.appeal.name
        item["content"] = context[ENTRY].render(context, update=update).strip()


def note_page(path, context) -> None:
    context[WRITTEN].add(os.path.realpath(path))


def note_feed(path, context, feed) -> None:
    note_page(path, context)


class _Writing(Generator):
    """A generator that writes files of its own."""

    def write(self, place: str, data: bytes) -> None:
        """place: from the output folder."""
        target = Path(self.output_path) / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        note_page(target, self.context)


class PicturesGenerator(_Writing):
    """Publishes the pictures that are shown, each written anew, without the metadata it came with."""

    def generate_output(self, writer) -> None:
        for address, original in self.settings[SITE].published.items():
            self.write(address, original.written(address))


class SurfacesGenerator(_Writing):
    """Writes the files that are neither pages nor pictures."""

    def generate_output(self, writer) -> None:
        site, address = self.settings[SITE], self.context["address"]
        for place, data in files(self.env, self.context, site.loaded.view, address, site.kept):
            self.write(place, data)


def generators(pelican):
    return PicturesGenerator, SurfacesGenerator


def check_output(pelican) -> None:
    """Never trust that what was read was also written, or that nothing else is there."""
    if said := taken():
        sys.exit("What Pelican or a plugin says here must be mended first:\n" + "\n".join(said))
    site: Site = pelican.settings[SITE]
    if english := unsaid(site.words):
        told = ", ".join(f"'{each}'" for each in english)
        sys.exit(f"Pages are half in English: the catalog for {site.loaded.view.appeal.locale} lacks {told}.")
    output, view = Path(pelican.output_path), site.loaded.view
    written = {
        place.as_posix()
        for place in (path.relative_to(output) for path in output.rglob("*") if not path.is_dir())
        if not any(part.startswith(".") for part in place.parts)
    }
    expected = files_of(view, public=bool(pelican.settings["SITEURL"]))
    by_this_run = {place for place in written if os.path.realpath(output / place) in pelican.settings[WRITTEN]}
    missing = sorted({*expected, *site.published} - by_this_run)
    if missing:
        sys.exit(f"The site is not whole: {', '.join(missing)} was not written.")
    extra = {path.name for path in (Path(pelican.path) / EXTRA).glob("*")}
    cards = {place for place in by_this_run if CARD.fullmatch(place)}
    if others := sorted(unexpected(written, expected, extra, cards, site.published)):
        sys.exit(
            f"{', '.join(others)} was not expected in {output}: remove it if it is left from an earlier build,"
            " or use `campaign build`, which replaces the folder whole."
        )
    # An earlier day's site shows only some of what today's does.
    if not view.is_past_day:
        site.kept.drop_the_rest()
