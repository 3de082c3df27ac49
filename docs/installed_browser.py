"""Which browser of this machine opens pages: for tests, for the audit, and for the pictures of pages."""

import shutil


def installed_browser() -> str | None:
    """The path of a Chromium or Chrome of this machine, the one without windows first: it does the same for less.

    None where there is none of them; Playwright takes its own then.
    """
    return next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))), None)
