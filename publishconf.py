"""What differs in public: the site's own address, a feed, and the promises that a public appeal makes."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403

SITEURL = os.environ.get("SITEURL", "").strip().rstrip("/")
if not SITEURL.startswith(("https://", "http://")):
    sys.exit("SITEURL must say where the site will be, like SITEURL=https://example.org; nothing was built")
FEED_ALL_ATOM = "feeds/updates.atom.xml"
CAMPAIGN_PUBLIC = True
