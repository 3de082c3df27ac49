"""Which of a site's files a renewal takes over, and what it writes down about itself."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

RECORD = ".renewed.json"
"""In a site's folder: what it was last renewed from."""
CONTENT = "content"


def is_taken_over(path: str) -> bool:
    """Whether a renewal may change it: everything but the content, and its own record."""
    return not (path in (RECORD, CONTENT) or path.startswith(f"{CONTENT}/"))


@dataclass(frozen=True)
class Record:
    """What a site was last renewed from; each text is empty where it is not known."""

    project: str
    version: str
    commit: str


def read_record(text: str) -> Record:
    """A record, of which whatever cannot be read is empty."""
    try:
        said = json.loads(text)
    except ValueError:
        said = None
    known = {key: value for key, value in said.items() if isinstance(value, str)} if isinstance(said, dict) else {}
    commit = known.get("commit", "")
    return Record(
        known.get("project", ""),
        known.get("version", ""),
        commit if re.fullmatch("[0-9a-f]{40}|[0-9a-f]{64}", commit) else "",
    )


def record_text(record: Record) -> str:
    """The record as its file holds it: JSON, with a line's end."""
    said = {
        "written by": "campaign renew",
        "project": record.project,
        "version": record.version,
        "commit": record.commit,
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"
