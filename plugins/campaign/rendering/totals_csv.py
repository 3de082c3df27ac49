"""The history as a table, ``totals.csv``: a line for each update, oldest first, for spreadsheets (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
import io
import re

from campaign.core.figures.figure import Figure
from campaign.core.figures.view import CampaignView, UpdateView

from .as_data import decimal, phase_name

COLUMNS = {
    "date": "the update's day",
    "update": "its short name; its page is `updates/NAME.html`",
    "currency": "of every amount in the line: three letters, as ISO 4217 has them",
    "phase": "where in its life the appeal was",
    "raised": "what had come in; empty before the first figure",
    "raised_shown": "the same as the pages show it, rounded down where it was added up",
    "qualifier": "`about`, `at least` or `more than`; empty where `raised` is exact",
    "as_of": "the day the figure is of: of several accounts, the oldest",
    "as_of_newest": "the newest of its parts, where they are of different days",
    "goal": "what donors were asked for; empty once the money was not needed any more",
    "percent": "of the goal, rounded down",
    "others_pay": "what others had begun to pay of the goal",
    "remaining": "what was still asked for; empty once nothing was, or the appeal had ended",
    "promised": "what was promised and not here; not in `raised`",
    "gift_aid": "what the tax office adds to gifts; not in `raised`",
    "paid": "what had been spent; empty before the first payment",
    "in_hand": "what was raised and not spent; empty before the first payment",
    "ending": "`done`, `not_needed` or `stopped`; empty while the appeal had not ended",
    "title": "the update's headline, with an apostrophe before whatever a spreadsheet could take for a formula",
}
"""Each column, in its order, with what it means. The only words of a person come last, where no column follows."""

_FORMULA = re.compile(r"(^|[;,|\t])([\s\"']*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20\u2212])")
"""Where a cell could begin with what makes a formula: at the start, and behind whatever some country's spreadsheet
takes for the end of a cell, quoted or not."""


def totals_csv(view: CampaignView) -> str:
    """The file, with its lines' ends; amounts exact, in decimal text."""
    written = io.StringIO()
    table = csv.writer(written)  # RFC 4180: commas, \r\n, and quotes where they are needed
    table.writerow(COLUMNS)
    for update in reversed(view.updates):
        line = _line(update)
        table.writerow([line[column] for column in COLUMNS])
    return written.getvalue()


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1\2'", text)


def _line(update: UpdateView) -> dict[str, str]:
    stood, spent = update.stood, update.stood.spent
    return {
        "date": update.day.isoformat(),
        "update": update.slug,
        "currency": stood.goal.currency,
        "phase": phase_name(stood),
        "raised": _exact(stood.raised),
        "raised_shown": decimal(stood.raised.shown) if stood.raised else "",
        "qualifier": stood.raised.shown.qualifier.value if stood.raised else "",
        "as_of": str(stood.as_of or ""),
        "as_of_newest": str(stood.as_of_newest or ""),
        "goal": decimal(stood.goal) if stood.is_needed else "",
        "percent": "" if stood.percent is None else str(stood.percent),
        "others_pay": _exact(stood.others_pay.amount if stood.others_pay else None),
        "remaining": _exact(stood.remaining),
        "promised": _exact(stood.promised),
        "gift_aid": _exact(stood.gift_aid),
        "paid": _exact(spent.paid if spent else None),
        "in_hand": _exact(spent.in_hand if spent else None),
        "ending": stood.ending.kind.value if stood.ending else "",
        "title": harmless(update.title),
    }


def _exact(figure: Figure | None) -> str:
    return decimal(figure.exact) if figure else ""
