"""What lies where it is neither read nor published, and what whoever put it there can do about it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from campaign.core.reading.update import free

from .site_paths import PICTURES

FOLDERS = ("updates", "events", "pages")
"""Folders of Markdown files."""
EXTRA = "extra"
"""The folder of files that are published as they are."""
EXTRA_KINDS = (".txt", ".pdf", ".csv", ".json", ".webmanifest")
"""Published as they are, so none in which a script runs, and none that a camera writes a place into."""
PICTURE_KINDS = (".jpg", ".jpeg", ".png", ".webp")

HEIC = (
    "this is how an iPhone saves a photo, and most browsers cannot show it; add a screenshot of it to content/images"
    " instead, or save it as a JPEG on a computer, and delete this one; for the next photos choose"
    " Settings › Camera › Formats › Most Compatible on the iPhone"
)
VIDEO = (
    "videos and sound are not published here; put it on a video site, and its address into the story, then delete it"
    " here"
)
LINK = "a link to another file is not followed; put the file itself here"
NO_FILE = "this is no file that can be read; delete it"

_BY_HAND = "GitHub cannot move it: open it, choose Download raw file, delete it here"
_BACKUPS = re.compile(
    r"(?P<name>.+?)(?:~|\.(?:bak|orig|rej|swp|tmp|old|part|crdownload))|~\$.+|#.+#|thumbs\.db|ehthumbs\.db|desktop\.ini",
    re.IGNORECASE,
)
"""What editors and computers leave beside a file, and never somebody's own."""
_TEXTS = re.compile(r"(?:\.(?:md|markdown|mdown|mkd|mdx|txt|text))+$", re.IGNORECASE)
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*\.md", re.IGNORECASE)
_CAMPAIGN = re.compile(r"campaign(?:[ _-].*|\s*\([0-9]+\))?(?:\.(?:ya?ml|txt))+", re.IGNORECASE)
_IPHONE = (".heic", ".heif", ".hif")
_JPEGS = (".jpe", ".jfif", ".pjpeg", ".jpg_large")
"""Other endings that programs give to a JPEG."""
_OTHER_PICTURES = (
    *(".gif", ".svg", ".tif", ".tiff", ".bmp", ".avif", ".jxl", ".jp2", ".ico"),
    *(".psd", ".raw", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".eps", ".ai"),
)
_MOVING = (
    *(".mov", ".mp4", ".m4v", ".avi", ".mkv", ".webm", ".3gp", ".mpg", ".mpeg", ".wmv", ".mts"),
    *(".mp3", ".m4a", ".aac", ".wav", ".ogg", ".opus", ".flac", ".amr"),
)
_WORD_PROCESSORS = (".docx", ".doc", ".odt", ".rtf", ".pages", ".gdoc", ".wps")


def in_texts(name: str, taken: Collection[str], pictures: Collection[str]) -> str:
    """What to do with a file of ``updates``, ``events`` or ``pages`` whose name does not end in ``.md``.

    taken: the names of all files in the folder; pictures: those in ``images``.
    """
    if told := _leftover(name, taken) or _not_shown(name):
        return told
    ending = _ending(name)
    if ending in PICTURE_KINDS:
        return _misplaced_picture(name, pictures)
    if ending in _JPEGS or ending in _OTHER_PICTURES:
        return _other_picture(name)
    if ending in _WORD_PROCESSORS:
        return "only files that end in .md belong here; copy its text into a new file, and delete this one"
    if ending == ".pdf":
        return f"only files that end in .md belong here; to publish a PDF as it is, put it into content/{EXTRA}"
    stem = _TEXTS.sub("", name)
    if stem == name and ending:
        return "only files that end in .md belong here; delete it, or keep it outside content"
    return f"only files that end in .md belong here; {_renamed(f'{stem}.md', name, taken)}"


def folder_in_texts(folder: str, names: Collection[str], pictures: Collection[str]) -> str:
    """What to do with a folder inside ``updates``, ``events`` or ``pages``. names: of the files in it."""
    if names and all(_ending(name) in PICTURE_KINDS for name in names):
        return f"a folder inside {folder} is not read; {_misplaced_picture(min(names), pictures)}"
    how = "on GitHub choose the pencil, put the cursor before the name and press Backspace"
    return f"a folder inside {folder} is not read; move its files up into {folder}: {how}"


def in_pictures(name: str, taken: Collection[str]) -> str:
    """What to do with a file in ``images`` that is none of PICTURE_KINDS. taken: all names there."""
    if told := _leftover(name, taken) or _not_shown(name):
        return told
    ending = _ending(name)
    if ending in _JPEGS or ending in _OTHER_PICTURES:
        return _other_picture(name)
    if ending == ".pdf":
        return (
            "a PDF is no picture; add a screenshot of the page that is to be seen,"
            f" or put the PDF into content/{EXTRA}, where it is published as it is"
        )
    remedy = "delete it, or keep it outside content"
    if _TEXTS.search(name) or ending in _WORD_PROCESSORS:
        remedy = "copy its text into a new file in content/updates, and delete this one"
    return f"only pictures ({_listed(PICTURE_KINDS)}) belong in {PICTURES}; {remedy}"


def folder_in_pictures() -> str:
    """What to do with a folder inside ``images``."""
    return (
        f"a folder inside {PICTURES} is not read; {_BY_HAND.replace('it: open it', 'its pictures: open each')},"
        f" and upload it to content/{PICTURES} itself"
    )


def in_extra(name: str, taken: Collection[str], pictures: Collection[str]) -> str:
    """What to do with a file in ``extra`` that is none of EXTRA_KINDS. taken: all names there."""
    if told := _leftover(name, taken) or _not_shown(name):
        return told
    if _ending(name) in PICTURE_KINDS:
        return _misplaced_picture(name, pictures)
    if _ending(name) in (*_JPEGS, *_OTHER_PICTURES):
        return _other_picture(name)
    return f"only files that nothing runs in ({_listed(EXTRA_KINDS)}) belong in {EXTRA}; delete it, or save it as a PDF"


def picture_in_extra(name: str, pictures: Collection[str]) -> str:
    """What to do with a picture in ``extra``, whatever it is called."""
    return _misplaced_picture(name, pictures)


def in_content(name: str, taken: Collection[str], pictures: Collection[str], campaign_file: str) -> str:
    """What to do with a file that lies in ``content`` itself. taken: all names there."""
    holds = f"content holds {campaign_file} and {_listed(f'{folder}/' for folder in (*FOLDERS, PICTURES, EXTRA))}"
    if _CAMPAIGN.fullmatch(name):
        if campaign_file in taken:
            return f"there is {campaign_file} already, which is the one that is read; delete this one"
        return f"only a file called {campaign_file} is read; rename it to {campaign_file}"
    if told := _leftover(name, taken) or _not_shown(name):
        return told
    ending = _ending(name)
    if ending in PICTURE_KINDS:
        return _misplaced_picture(name, pictures)
    if _DATED.fullmatch(name):
        remedy = "move it into updates: on GitHub choose the pencil and type updates/ before its name"
    elif ending == ".md":
        remedy = "move it into updates, events or pages: on GitHub choose the pencil and type updates/ before its name"
    else:
        remedy = "delete it, or move it out of content"
    return f"does not belong here; {holds}; {remedy}"


def folder_in_content(name: str, campaign_file: str) -> str:
    """What to do with a folder in ``content`` that is none of its own."""
    known = (*FOLDERS, PICTURES, EXTRA)
    if name == campaign_file:
        return f"is a folder, and {campaign_file} is a file; delete the folder, and write the file"
    if (meant := name.lower()) in known:
        return f"only a folder called {meant}, in small letters, is read; move what is in it into {meant}"
    if name.lower() == "content":
        return "is a folder content inside content, and nothing in it is read; move what is in it one folder up"
    if name.lower() in ("image", "img", "photo", "photos", "picture", "pictures"):
        return f"a folder {name} is not read; put its pictures into {PICTURES}, and delete it"
    return (
        f"does not belong here; content holds {campaign_file} and {_listed(f'{f}/' for f in known)}; move it elsewhere"
    )


def outside(name: str, *, is_folder: bool) -> str | None:
    """What to do with something beside ``content`` that was surely meant to be in it; None for anything else."""
    if is_folder and name.lower() in (*FOLDERS, PICTURES):
        return f"nothing is read here; move what is in it into content/{name.lower()}"
    if not is_folder and _DATED.fullmatch(name):
        how = "on GitHub choose the pencil and type content/updates/ before its name"
        return f"nothing is read here; move it into content/updates: {how}"
    return None


def twins(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """A name's fault, for each that differs from another in capitals alone: many disks take the two for one file."""
    seen: dict[str, str] = {}
    names = sorted(names, reverse=True)  # small letters first: they are as a name should be
    for name in names:
        other = seen.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
        if other != name:
            message = f"differs from {other} in capital letters alone, and many computers take the two for one file"
            yield name, f"{message}; delete one of the two, or give this one the name {free(other, names)}"


def signature_of(beginning: bytes) -> str:
    """What a file's first 16 bytes say it is: ``heic``, ``video``, ``pdf``, ``page``, ``picture``; empty for others."""
    if beginning[4:8] == b"ftyp":
        brand = beginning[8:12]
        return (
            "heic"
            if brand in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
            else ("picture" if brand in (b"avif", b"avis") else "video")
        )
    if beginning.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*", b"\0\0\1\0")):
        return "picture"
    if beginning.startswith(b"RIFF"):
        return "picture" if beginning[8:12] == b"WEBP" else "video"
    if beginning.startswith(b"%PDF-"):
        return "pdf"
    return "page" if re.match(rb"\s*<(?:!doctype|html|\?xml|svg)", beginning, re.IGNORECASE) else ""


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{dot}{ending}".lower() if stem else ""


def _leftover(name: str, taken: Collection[str]) -> str:
    """Of what no person wrote: where it is no copy of anything that is there, it may hold somebody's words."""
    match = _BACKUPS.fullmatch(name)
    if match is None:
        return ""
    whole = match["name"]
    if whole and whole not in taken and _ending(whole) in PICTURE_KINDS:
        return f"is an editor's copy of {whole}, which is not here; add that, and delete this one"
    if whole and whole not in taken:
        return f"looks like an editor's copy of {whole}, which is not here; rename it to {whole}, or delete it"
    return f"is a copy of {whole} that an editor left; delete it" if whole else "a computer left this here; delete it"


def _not_shown(name: str) -> str:
    ending = _ending(name)
    return HEIC if ending in _IPHONE else VIDEO if ending in _MOVING else ""


def _misplaced_picture(name: str, pictures: Collection[str]) -> str:
    where = f"a picture belongs in content/{PICTURES}"
    if name in pictures:
        return f"{where}, and there is {name} already; if it is the same picture, delete this one"
    return f"{where}, and {_BY_HAND}, and upload it to content/{PICTURES}"


def _other_picture(name: str) -> str:
    ending = _ending(name)
    if ending in _JPEGS:
        return (
            f"a JPEG's name ends in .jpg; delete it here, rename it on your computer, and add it to content/{PICTURES}"
        )
    kinds = {".svg": "a drawing", ".gif": "a GIF", ".ico": "an icon"}
    kind = kinds.get(ending, f"a picture of the kind {ending[1:].upper()}")
    how = f"save it as a JPEG or PNG (a screenshot will do), add that to content/{PICTURES}, and delete this one"
    return f"{kind} is not shown here; {how}"


def _renamed(meant: str, name: str, taken: Collection[str]) -> str:
    if meant not in taken:
        return f"rename it to {meant}"
    return f"there is {meant} already: delete one of the two, or rename this one to {free(meant, {*taken, name})}"
