"""Pelican with the least that shows the same updates: one page each, a list in pages of ten, one feed; no plugin."""

SITENAME = "A frame for Robin"
SITEURL = "https://robin.example.org"
TIMEZONE = "Europe/London"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = ["updates"]
PLUGINS: list[str] = []
DIRECT_TEMPLATES = ["index"]
DEFAULT_PAGINATION = 10
ARTICLE_URL = "updates/{slug}.html"
ARTICLE_SAVE_AS = "updates/{slug}.html"
FEED_ALL_ATOM = "feeds/updates.atom.xml"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DELETE_OUTPUT_DIRECTORY = False
