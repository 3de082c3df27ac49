"""A site is built beside the old one, checked, and put in its place; whatever fails leaves the old one whole."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from campaign.core.figures.view import CampaignView
from campaign.core.reading.problems import FieldError
from campaign.core.reading.site_address import parse_site_address
from campaign.loading.load import load_campaign, now_from_environment, repository_from_environment
from campaign.loading.translations import CATALOGS
from campaign.processes.fork import HasEnded, called
from campaign.rendering import fingerprint
from campaign.rendering.kept_stories import kept_stories
from campaign.verifying.verify import Proof

from . import pelican_process
from .handover import Handover
from .kept_pages import (
    Changed,
    Record,
    all_as_recorded,
    forget,
    hash_of,
    keep_unchanged,
    kept_in,
    read_record,
    taken_over,
    write_record,
)
from .output_folder import in_the_way
from .replace import Busy, Taken, beside, exclusive_lock, replace
from .signature import SIGNATURE, sign, strangers

RECORD = "pages"
"""What is remembered of a site, in the folder beside it that the build locks."""
MAX_NAMED = 8
"""Files named in a message; the rest is counted."""

_TEMPLATE = re.compile(r'File "([^"]+\.html)", line (\d+)')


class BuildError(Exception):
    """The site could not be built or put in place; the old one stands. The message says why."""


class NotRight(BuildError):
    """What was built is not what the content asks for."""


@dataclass(frozen=True)
class Built:
    """A site that is in its place."""

    view: CampaignView
    pages: int
    files: int
    output: Path


def build_site(
    root: Path, content: Path, output: Path, *, settings: Path, publish: bool = False, as_of: date | None = None
) -> Built:
    """Load, build what was loaded into a temporary folder, check what was written, and swap it in.

    root, content, output: folders; problems name files from ``root``. settings: Pelican's, a file. publish: for the
    public, at the address in ``SITEURL``. as_of: leave out what came after this day. Raises CampaignError where the
    content is at fault, FieldError where ``SOURCE_DATE_EPOCH`` is, and BuildError for everything else.
    """
    now = now_from_environment()
    address = _address() if publish else ""
    made_by = _made_by(settings)
    loaded = load_campaign(
        root,
        content,
        now=now,
        as_of=as_of,
        public=publish,
        repository=repository_from_environment(),
        stories=None if publish else kept_stories(root, content),
    )
    for document in loaded.documents.values():
        document.let_go()  # its fields are in the view
    output = output.absolute()
    _refuse_to_replace(output, root, content)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with exclusive_lock(output) as work, beside(output) as fresh:
            # What is published follows from its files alone: a record may have come with them.
            record = Record(made_by) if publish else read_record(work / RECORD, made_by)

            def built(record: Record) -> tuple[Mapping[str, str], Proof]:
                """Every page's key, and the proof that all is right; NotRight where it is not."""
                handover = Handover(content, as_of, publish, loaded, None if publish else kept_in(output, record))
                proof = Proof(fresh, loaded, address, record.proved)
                _run_pelican(handover, fresh, settings, int(now.timestamp()), proof.while_written)
                keys, taken = taken_over(fresh, output, record)
                proved = _proofread(proof).proved
                all_as_recorded(taken, {place: proved[place].hash for place in taken}, record, output)
                return keys, proof

            try:
                keys, proof = built(record)
            except NotRight:
                if record == Record(made_by):
                    raise
                # Somebody else may have written what was kept: the site is made again, and nothing is taken.
                shutil.rmtree(fresh)
                fresh.mkdir(mode=0o755)
                keys, proof = built(Record(made_by))
            files = proof.files
            sign(fresh, files)
            _only_ours(output)  # by now somebody may have put something there
            keep_unchanged(fresh, output, [*files, SIGNATURE])
            proved = proof.proved
            # The hashes of the bytes that were proved, whatever has happened to the files since.
            hashes = {place: page.hash for place, page in proved.items() if place in keys}
            written = Record(made_by, keys, hashes, proved)
            forget(work / RECORD)  # what it says of the old site would not be so of the new one
            replace(fresh, output)
            # Nothing is for the public; for others, unless somebody changed the code or the theme in the meantime.
            if not publish and _made_by(settings) == made_by:
                write_record(work / RECORD, written)
    except Taken as taken:
        raise BuildError(f"{taken} is in the way: this command needs that name; move it away.") from None
    except Changed as changed:
        raise BuildError(f"{changed} was changed while the site was being built; build it again.") from None
    except Busy:
        raise BuildError(f"Another build of {output} is under way; wait until it has ended.") from None
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        raise BuildError(
            f"The site could not be written: {error.strerror or error}{place}. The old one stands."
        ) from None
    pages = sum(1 for file in files if file.endswith(".html"))
    return Built(loaded.view, pages, len(files), output)


def _made_by(settings: Path) -> str:
    """A hash of the code and of the settings, as they are now; the theme is known once the settings are read."""
    return sha256(f"{fingerprint.of_code()} {fingerprint.of_files(CATALOGS)} {hash_of(settings)}".encode()).hexdigest()


def _address() -> str:
    try:
        return parse_site_address(os.environ.get("SITEURL", ""))
    except FieldError as refused:
        raise BuildError(f"{refused.message}. Nothing was built.") from None


def _refuse_to_replace(output: Path, root: Path, content: Path) -> None:
    """The output folder is replaced whole, so it must not be one that holds anything else."""
    if why := in_the_way(output, content, root) or in_the_way(output, content, Path.cwd()):
        raise BuildError(why)
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise BuildError(f"{output} is no folder; name another with -o.")
    _only_ours(output)


def _only_ours(output: Path) -> None:
    """Nothing is replaced but what this command wrote."""
    others = strangers(output) if output.is_dir() else []
    if not others:
        return
    if not (output / SIGNATURE).is_file():
        raise BuildError(
            f"{output} was not made by campaign build and would be replaced whole; if nothing in it is needed,"
            " delete the folder, else name another one with -o."
        )
    named = ", ".join(others[:MAX_NAMED]) + (f" and {len(others) - MAX_NAMED} more" if others[MAX_NAMED:] else "")
    raise BuildError(
        f"{output} is replaced whole, and holds what campaign build did not put there: {named}."
        " Move that elsewhere, or name another folder with -o. Nothing was changed."
    )


def _run_pelican(
    handover: Handover, fresh: Path, settings: Path, epoch: int, meanwhile: Callable[[HasEnded], object]
) -> None:
    """One build of what was loaded, in a process of its own, in which every warning is fatal."""
    options = [str(handover.content), "-s", str(settings), "-o", str(fresh)]
    if handover.as_of:
        options += ["-e", f'CAMPAIGN_AS_OF="{handover.as_of}"']
    # The same moment as the check before it: a build over midnight is of one day.
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(epoch), "PYTHONHASHSEED": "0", "COLUMNS": "1000"}
    environment.pop("GITHUB_ACTIONS", None)
    status, told = pelican_process.run(options, handover, environment, meanwhile)
    said = told.replace("\r\n", "\n").strip()
    if status < 0:
        raise BuildError(
            f"Pelican was ended from outside ({called(-status)}), which a computer does that runs out of memory;"
            " the old site stands. Close other programs and build it again."
        )
    if status:
        raise BuildError(f"Pelican could not build the site; the old one stands.\n{_in_short(said)}")


def _in_short(said: str) -> str:
    """What Pelican said, with the last line of a traceback and the template's line instead of the whole of it."""
    before, found, traceback = said.partition("Traceback (most recent call last)")
    if not found:
        return said
    lines = [line.strip() for line in before.splitlines() if "CRITICAL" not in line]
    lines += [f"{place}:{line}: in this template" for place, line in _TEMPLATE.findall(traceback)[-1:]]
    return "\n".join([*filter(None, lines), traceback.rstrip().splitlines()[-1].strip()])


def _proofread(proof: Proof) -> Proof:
    """The proof itself; NotRight unless what was written is what the content asks for."""
    if faults := list(proof.faults()):
        raise NotRight("The site that was built is not right; the old one stands.\n" + "\n".join(faults))
    return proof
