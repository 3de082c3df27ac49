"""The door that Pelican comes in by: a reader, receivers and generators that carry the loaded campaign."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn, Protocol
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader, Template
from markupsafe import Markup
from pelican import Pelican, signals
from pelican import __version__ as pelican_version
from pelican.generators import ArticlesGenerator, Generator
from pelican.readers import MarkdownReader, Readers
from pelican.writers import Writer

from campaign.core.reading.problems import CampaignError, FieldError
from campaign.core.reading.site_address import parse_site_address
from campaign.loading.load import Loaded, load_campaign, now_from_environment, repository_from_environment
from campaign.loading.site_paths import ACCOUNT, WRITE, statements_of
from campaign.loading.stray_files import EXTRA
from campaign.loading.translations import CATALOGS, unsaid
from campaign.processes.log_records import listen, taken, watch
from campaign.processes.shared_work import SharedWork, forks_for
from campaign.publishing import handover, kept_pages
from campaign.publishing.completeness import incompleteness
from campaign.publishing.output_folder import in_the_way
from campaign.publishing.versions import unfit
from campaign.publishing.write_guard import guard_writes
from campaign.rendering import fingerprint
from campaign.rendering.cache import Cache
from campaign.rendering.compiled import compiled_templates
from campaign.rendering.outputs import Card, drawn, files, share_cards
from campaign.rendering.parts_once import parts_once
from campaign.rendering.site import Site, prepared
from campaign.rendering.styles import stylesheet
from campaign.rendering.theme import Given, colours, missing_templates, script, theme_filters, translate
from campaign.rendering.update_page import TEMPLATE, UpdatePages
from campaign.rendering.write_page import write_page
from campaign.reporting import report
from campaign.verifying.page_proof import PageProof
from campaign.verifying.voice import voice_of

# From here, because the settings import this module before Pelican loads, and silently skips, any other plugin.
watch()

SITE = "CAMPAIGN_SITE"
"""Where the loaded campaign travels: in the run's own settings, so that a second run begins afresh."""
WRITTEN = "CAMPAIGN_WRITTEN"
"""The files that this run has written, so that none of an earlier one is taken for it."""
PAGES = "CAMPAIGN_PAGES"
"""What writes the pages of updates."""
KEYS = "CAMPAIGN_KEYS"
"""The keys of the pages of updates, by place; those that the build has are not written."""
MADE_BY = "CAMPAIGN_MADE_BY"
"""Hashes of what makes the pages, as they were before the first was written."""
COMPILED = "CAMPAIGN_COMPILED"
"""The theme's templates, compiled for every generator."""
ENTRY = "CAMPAIGN_ENTRY"
"""The template of what a feed shows of an update."""
MANY_CARDS = 40
"""Share cards of which a fork draws some before this process would have drawn them all."""
ASKED_FOR_IN_VAIN = dict.fromkeys(("author.html", "category.html", "tag.html"), "{{ no_page_is_written_from_this }}")
"""Templates that Pelican loads and, with these settings, writes nothing from; whatever did would end the run."""


def register() -> None:
    """Called by Pelican. Receivers are referenced weakly, so each is a function of this module."""
    if refusal := unfit(pelican_version):
        sys.exit(refusal)
    signals.article_generator_init.connect(load)
    signals.generator_init.connect(equip)
    signals.readers_init.connect(add_reader)
    signals.get_generators.connect(generators)
    signals.get_writer.connect(writer)
    signals.article_generator_finalized.connect(order)
    signals.feed_generated.connect(complete)
    signals.content_written.connect(note_page)
    signals.feed_written.connect(note_feed)
    signals.finalized.connect(check_output)


def load(generator: ArticlesGenerator) -> None:
    """Load and check everything before Pelican reads a file, and end the run if anything is wrong.

    Pelican drops a post whose reader raises, and goes on; here nothing is read, cleaned or written yet.
    SystemExit, because Pelican prints a traceback for every exception.
    """
    listen()  # by now other plugins have been registered
    settings, context = generator.settings, generator.context
    theme, content, root = Path(settings["THEME"]), Path(settings["PATH"]), Path(settings["CAMPAIGN_ROOT"])
    output = Path(generator.output_path)
    if missing := missing_templates(theme / "templates"):
        sys.exit(f"The theme lacks {', '.join(missing)} in {theme / 'templates'}; nothing was built.")
    if why := in_the_way(output, content, root, theme):
        sys.exit(f"{why} Nothing was built.")
    address = _address(settings["SITEURL"])
    cache = _cache(settings, content, root)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    guard_writes(filter(None, (output, cache, Path(summary) if summary else None)))
    try:
        site = prepared(_loaded(settings, content, root), content, theme, Cache(cache))
    except CampaignError as error:
        _refuse(error)
    view = site.loaded.view
    paint = colours((theme / "static/css/tokens.css").read_text("utf-8"))
    shown = {
        SITE: site,
        # Pelican takes what looks like tags out of a feed's titles: "<5" and all that follows.
        "SITENAME": Markup.escape(view.appeal.name),
        "TIMEZONE": view.appeal.timezone,
        "DEFAULT_LANG": view.appeal.region.language_tag,
        "SITEURL": address,
        # Pelican writes no page of a template whose place is empty.
        "ACCOUNT_SAVE_AS": ACCOUNT if view.account else "",
        "WRITE_SAVE_AS": WRITE if view.is_written_to else "",
        WRITTEN: set(),
        KEYS: {},
    }
    settings.update(shown)
    context.update(shown)
    context.update(view=view, address=address)
    equip(generator)
    made_by = settings[MADE_BY] = _made_by(settings, theme)
    settings[COMPILED] = generator.env.bytecode_cache = compiled_templates(generator.env, theme, site.cache, (made_by,))
    given = Given(
        view=view,
        address=address,
        root=urlsplit(address).path,
        stylesheet=Markup(stylesheet(theme / "static/css")),
        script=Markup(script(theme / "static/site.js")),
        colours=paint,
        write=write_page(theme / "static", site.loaded, site.words, address) if view.is_written_to else None,
        cards=share_cards(generator.env, view, paint, site.pictures) if address else {},
    )
    context.update({field.name: getattr(given, field.name) for field in fields(given)})
    settings[PAGES] = UpdatePages(
        site,
        given,
        {"SITEURL": ".." if settings["RELATIVE_URLS"] else address, "FEED_ALL_ATOM": settings["FEED_ALL_ATOM"]},
        theme=theme,
        jinja=settings["JINJA_ENVIRONMENT"],
        compiled=settings[COMPILED],
        made_by=f"{made_by}{sorted(settings['JINJA_ENVIRONMENT'].items())}",
    )
    proof = PageProof(view, voice_of(view.appeal.region, CATALOGS), site.loaded.stories, address)
    for slug, card in context["cards"].items():
        if faults := list(proof.card_faults(card.svg, slug)):
            sys.exit(f"The share card of {slug or 'the campaign'} {faults[0]}; nothing was built.")


def _loaded(settings: Mapping[str, Any], content: Path, root: Path) -> Loaded:
    """The content as the settings ask for it: as a build has loaded it, or else loaded here; raises CampaignError."""
    as_of, public = _day(settings.get("CAMPAIGN_AS_OF")), bool(settings.get("CAMPAIGN_PUBLIC"))
    given: handover.Handover | None = settings.get(handover.SETTING)
    if given and given.answers(content, as_of, public=public):
        return given.loaded
    try:
        now = now_from_environment()
    except FieldError as refused:
        sys.exit(refused.message)
    repository = repository_from_environment()
    root = root if content.is_relative_to(root) else content.parent
    return load_campaign(root, content, now=now, as_of=as_of, public=public, repository=repository)


def _made_by(settings: Mapping[str, Any], theme: Path) -> str:
    """Hashes of what makes the pages: as the build knows it, and as it is here once the settings have been read."""
    given: handover.Handover | None = settings.get(handover.SETTING)
    code = given.kept.made_by if given and given.kept else fingerprint.of_code()
    return f"{code}{fingerprint.of_settings()}{fingerprint.of_files(theme)}"


def _refuse(error: CampaignError) -> NoReturn:
    """End the run with every problem, on GitHub also beside the file."""
    print(report.text(error.problems), file=sys.stderr)
    if annotations := report.on_github(error.problems, os.environ):
        print(annotations)
    sys.exit(1)


def _address(told: str) -> str:
    """Where the site will be; empty for one that is opened from disk."""
    try:
        return parse_site_address(told) if told else ""
    except FieldError as refused:
        sys.exit(f"{refused.message}; nothing was built")


def _cache(settings: Mapping[str, Any], content: Path, root: Path) -> Path | None:
    """The folder for slow work; nothing of content that lies elsewhere is left in the project."""
    folder = settings.get("CAMPAIGN_CACHE")
    return Path(folder) if folder and content.is_relative_to(root) else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except (TypeError, ValueError):
        sys.exit(f"CAMPAIGN_AS_OF must be a day, as 2015-09-01, got {text!r}; nothing was built")


def equip(generator: Generator) -> None:
    """Give a generator's templates the words, figures and dates of the campaign's locale."""
    site: Site | None = generator.settings.get(SITE)
    if site is None:  # the first generator, which load() equips once it has loaded
        return
    # Pelican would take what our theme lacks from a theme of its own, in which no page has a figure.
    ours = FileSystemLoader(Path(generator.settings["THEME"]) / "templates")
    generator.env.loader = ChoiceLoader([ours, DictLoader(ASKED_FOR_IN_VAIN)])
    # A build's templates do not change while it runs, and are the same for every generator.
    generator.env.auto_reload = False
    generator.env.bytecode_cache = generator.settings.get(COMPILED)
    translate(generator.env, site.words)
    view, address = site.loaded.view, generator.context.get("address", "")
    generator.env.filters.update(
        theme_filters(
            view.appeal, stories=site.loaded.stories, pictures=site.pictures, words=site.words, address=address
        )
    )
    generator.env.globals["once"] = parts_once(generator.env)


class CampaignReader(MarkdownReader):
    """Hands over what was loaded: no file is read and no header parsed a second time."""

    file_extensions = ("md",)

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """An empty text and the metadata of a file, given by its path; templates take the story from the campaign."""
        site: Site = self.settings[SITE]
        loaded = site.loaded
        place = Path(os.path.relpath(source_path, self.settings["PATH"])).as_posix()
        document = loaded.documents.get(place)
        if document is None:  # a draft, or of a later day than was asked for
            return "", {"title": place, "status": "skip"}
        folder, _, name = place.partition("/")
        slug = name.removesuffix(".md")
        view = loaded.view
        pages: dict[str, Mapping[str, Any]] = {"updates": view.by_slug, "events": view.event_by_slug}
        title = pages.get(folder, view.page_by_slug)[slug].title
        metadata: dict[str, Any] = {"title": Markup.escape(title), "slug": slug}
        if folder == "updates":
            update = view.by_slug[slug]
            hour, minute = map(int, update.time.split(":")) if update.time else (0, 0)
            metadata["date"] = datetime(update.day.year, update.day.month, update.day.day, hour, minute)
            metadata["summary"] = str(Markup.escape(update.summary))
        elif folder == "events":
            metadata |= {"template": "event", "url": f"events/{slug}.html", "save_as": f"events/{slug}.html"}
        # Templates take the story from what was loaded: Pelican would resolve whatever looks like {static} in it.
        return "", {
            key: value if key == "date" else self.process_metadata(key, value) for key, value in metadata.items()
        }


def add_reader(readers: Readers) -> None:
    """Let Pelican read Markdown with ours."""
    readers.reader_classes["md"] = CampaignReader


def order(generator: ArticlesGenerator) -> None:
    """Updates by date and file name, newest first: Pelican reads files in an order that differs from run to run."""
    site: Site = generator.settings[SITE]
    by_name = {update.slug: place for place, update in enumerate(site.loaded.view.updates)}
    generator.articles.sort(key=lambda article: by_name[article.slug])
    generator.context["articles"] = generator.articles
    generator.context[ENTRY] = generator.env.get_template("partials/feed_entry.html")


class _Feed(Protocol):
    """What is used of a feed, of a library that has no types."""

    items: list[dict[str, Any]]


def complete(context: Mapping[str, Any], feed: _Feed) -> None:
    """What Pelican leaves out of a feed: who wrote, the update's picture, and where the total stood."""
    site: Site = context[SITE]
    view = site.loaded.view
    for item in feed.items:
        update = view.by_slug[item["link"].rpartition("/")[2].removesuffix(".html")]
        item["author_name"] = update.author or view.appeal.name
        item["content"] = context[ENTRY].render(context, update=update).strip()


def note_page(path: str | Path, context: Mapping[str, Any]) -> None:
    """Remember that this run wrote the file at ``path``."""
    context[WRITTEN].add(os.path.realpath(path))


def note_feed(path: str, context: Mapping[str, Any], feed: _Feed) -> None:
    """Remember that this run wrote the feed at ``path``."""
    note_page(path, context)


class CampaignWriter(Writer):
    """Writes an update's page from what that page is made of alone, or leaves it to be taken from the last site."""

    def write_file(self, name: str, template: Template, context: Mapping[str, Any], *more: Any, **named: Any) -> None:
        """Called by Pelican for each page."""
        if "article" not in named or template.name != TEMPLATE:
            super().write_file(name, template, context, *more, **named)
            return
        pages: UpdatePages = self.settings[PAGES]
        page = pages.of(named["article"].slug)
        given: handover.Handover | None = self.settings.get(handover.SETTING)
        if given and given.kept and _is_ours_alone(self.settings):
            key = self.settings[KEYS][page.place] = pages.key(page)
            if given.kept.keys.get(page.place) == key:
                return
        path = Path(self.output_path) / page.place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages.written(page), encoding="utf-8", newline="\n")
        signals.content_written.send(str(path), context={**context, **named})


def writer(pelican: Pelican) -> type[Writer]:
    """What Pelican writes pages with."""
    return CampaignWriter


def _is_ours_alone(settings: Mapping[str, Any]) -> bool:
    """Whether nobody else's code can have changed a page on its way."""
    names = ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS")
    return [getattr(each, "__name__", each) for each in settings["PLUGINS"]] == [__name__] and not any(
        settings.get(name) for name in names
    )


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

    def generate_output(self, writer: Writer) -> None:
        """Called by Pelican once every page has been made."""
        site: Site = self.settings[SITE]
        for address, original in site.published.items():
            self.write(address, original.written(address))


class SurfacesGenerator(_Writing):
    """Writes the files that are neither pages nor pictures."""

    def generate_output(self, writer: Writer) -> None:
        """Called by Pelican once every page has been made."""
        site: Site = self.settings[SITE]
        view, address = site.loaded.view, self.context["address"]
        for place, data in files(self.env, self.context, view, address):
            self.write(place, data)


class CardsGenerator(_Writing):
    """Draws the share cards, where there are many in several processes, while others write the pages."""

    def generate_context(self) -> None:
        """Called by Pelican once every text has been read, and before anything is written."""
        self._cards: tuple[tuple[str, Card], ...] = tuple(self.context["cards"].items())
        self._work = SharedWork(len(self._cards), self._draw, forks_for(len(self._cards), MANY_CARDS))

    def generate_output(self, writer: Writer) -> None:
        """Called by Pelican once every page has been made."""
        self._work.finish()
        for _, card in self._cards:
            note_page(Path(self.output_path) / card.place, self.context)

    def _draw(self, number: int) -> None:
        from campaign.rendering.canvas import CannotDraw  # noqa: PLC0415 (no other site waits for a font)

        slug, card = self._cards[number]
        site: Site = self.settings[SITE]
        try:
            self.write(card.place, drawn(card, site.published))
        except CannotDraw as fault:
            sys.exit(f"The share card of {slug or 'the campaign'} cannot be drawn, because {fault}; nothing was built.")


class StatementsGenerator(Generator):
    """Writes the pages of what was stated in earlier years, of which Pelican knows nothing."""

    def generate_output(self, writer: Writer) -> None:
        """Called by Pelican once the articles have been read."""
        site: Site = self.settings[SITE]
        template, is_relative = self.env.get_template("money_year.html"), self.settings["RELATIVE_URLS"]
        for of in site.loaded.view.earlier_statements:
            writer.write_file(statements_of(of.year), template, self.context, relative_urls=is_relative, of_year=of)


def generators(pelican: Pelican) -> tuple[type[Generator], ...]:
    """The generators that Pelican runs besides its own."""
    return StatementsGenerator, PicturesGenerator, SurfacesGenerator, CardsGenerator


def check_output(pelican: Pelican) -> None:
    """Never trust that what was read was also written, or that nothing else is there.

    A build that has handed its content over reads the whole site through afterwards.
    """
    if said := taken():
        sys.exit("What Pelican or a plugin says here must be mended first:\n" + "\n".join(said))
    site: Site = pelican.settings[SITE]
    view = site.loaded.view
    if english := unsaid(site.words):
        told = ", ".join(f"'{each}'" for each in english)
        sys.exit(f"Pages are half in English: the catalog for {view.appeal.locale} lacks {told}.")
    is_verified = handover.SETTING in pelican.settings
    if not is_verified and (fault := _incompleteness(pelican, site)):
        sys.exit(fault)
    given: handover.Handover | None = pelican.settings.get(handover.SETTING)
    if (
        given
        and given.kept
        and _made_by(pelican.settings, Path(pelican.settings["THEME"])) == pelican.settings[MADE_BY]
    ):
        kept_pages.report(Path(pelican.output_path), pelican.settings[KEYS])
    # An earlier day's site shows only some of what today's does.
    if not view.is_past_day:
        site.cache.drop_the_rest()


def _incompleteness(pelican: Pelican, site: Site) -> str:
    return incompleteness(
        Path(pelican.output_path),
        site.loaded.view,
        public=bool(pelican.settings["SITEURL"]),
        written=pelican.settings[WRITTEN],
        pictures=site.published,
        extra={path.name for path in (Path(pelican.path) / EXTRA).glob("*")},
    )
