"""The site while writing; publishconf.py says what differs in public."""

import sys
from pathlib import Path

from jinja2 import StrictUndefined

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "plugins"))

# The module itself, not its name: Pelican skips a plugin it cannot import and builds a site without figures.
from campaign import plugin  # noqa: E402

PLUGINS = [plugin]
CAMPAIGN_ROOT = str(ROOT)
# Pictures and cards that were made, so that the next build need not make them again. It can be deleted at any time.
CAMPAIGN_CACHE = str(ROOT / ".cache")

PATH = str(ROOT / "content")
OUTPUT_PATH = str(ROOT / "output")
THEME = str(ROOT / "theme")
SITEURL = ""
# Links work from disk and below any address.
RELATIVE_URLS = True
# The campaign file says what the site is called and which day it is; templates take both from there.
SITENAME = "Campaign"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"

# What is read: the folders of content, nothing hidden, Markdown alone.
ARTICLE_PATHS = ["updates"]
PAGE_PATHS = ["pages", "events"]
STATIC_PATHS = ["extra"]
PATH_METADATA = r"extra/(?=(?P<url>.+))(?P<save_as>.+)"
IGNORE_FILES = [".*", "__pycache__", "*~", "#*#"]
READERS = {"rst": None, "html": None, "htm": None}
USE_FOLDER_AS_CATEGORY = False
DEFAULT_CATEGORY = "updates"
WITH_FUTURE_DATES = True  # the plugin refuses them, with a message
SLUGIFY_SOURCE = "basename"
# Nothing but the plugin decides what a summary is, and no front matter is rendered as Markdown.
FORMATTED_FIELDS = []
SUMMARY_MAX_LENGTH = None
FILENAME_METADATA = ""  # nor what a file's name says
ARTICLE_TRANSLATION_ID = None
PAGE_TRANSLATION_ID = None
CACHE_CONTENT = False
LOAD_CONTENT_CACHE = False
DELETE_OUTPUT_DIRECTORY = False

# What is written, and where. An update keeps its address for ever, so it is its file's name.
ARTICLE_URL = ARTICLE_SAVE_AS = "updates/{slug}.html"
PAGE_URL = PAGE_SAVE_AS = "{slug}.html"
DIRECT_TEMPLATES = [
    "index",
    "archives",
    "money",
    "account",
    "events",
    "404",
    "editors",
    "poster",
    "poster-strips",
    "embed",
    "write",
]
ARCHIVES_SAVE_AS = "updates.html"
YEAR_ARCHIVE_SAVE_AS = YEAR_ARCHIVE_URL = "updates/{date:%Y}.html"
PAGINATED_TEMPLATES = {}
# A draft would be public under a guessable address; and what the theme does not design is not written.
DRAFT_SAVE_AS = DRAFT_PAGE_SAVE_AS = DRAFT_LANG_SAVE_AS = DRAFT_PAGE_LANG_SAVE_AS = ""
ARTICLE_LANG_SAVE_AS = PAGE_LANG_SAVE_AS = ""
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
AUTHORS_SAVE_AS = CATEGORIES_SAVE_AS = TAGS_SAVE_AS = ""
FEED_ATOM = FEED_RSS = FEED_ALL_RSS = CATEGORY_FEED_ATOM = CATEGORY_FEED_RSS = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TAG_FEED_ATOM = TAG_FEED_RSS = None
TRANSLATION_FEED_ATOM = TRANSLATION_FEED_RSS = None
# A feed needs the site's address, so there is one in public only.
FEED_ALL_ATOM = None

# Pelican's own environment neither escapes nor minds a name it does not know.
JINJA_ENVIRONMENT = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
# Style, script and icon are in every page: each costs a phone less there than a request of its own.
THEME_STATIC_PATHS = []
