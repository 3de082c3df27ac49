"""What differs in public: the site's own address, a feed, and the promises that a public appeal makes."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403

from campaign.core.reading.problems import FieldError
from campaign.core.reading.site_address import parse_site_address

try:
    SITEURL = parse_site_address(os.environ.get("SITEURL", ""))
except FieldError as refused:
    sys.exit(f"{refused.message}; nothing was built")
FEED_ALL_ATOM = "feeds/updates.atom.xml"
CAMPAIGN_PUBLIC = True
# What is published is made from its files alone: a cache may have come with a pull request.
CAMPAIGN_CACHE = None
