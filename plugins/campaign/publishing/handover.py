"""Content that a build has read, checked and folded, handed to the process that runs Pelican: it is read once."""

from __future__ import annotations

import copyreg
import io
import pickle
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from campaign.core.reading.region import Region
from campaign.loading.load import Loaded

from .kept_pages import Kept

SETTING = "CAMPAIGN_HANDED_OVER"
"""Where the plugin finds it among Pelican's settings; whoever hands it over verifies the whole site afterwards."""


@dataclass(frozen=True)
class Handover:
    """What was loaded, and what for."""

    content: Path
    as_of: date | None
    public: bool
    loaded: Loaded
    kept: Kept | None = None
    """What may be taken from the site that stands; None where nothing is to be."""

    def answers(self, content: Path, as_of: date | None, *, public: bool) -> bool:
        """Whether loading for the same would give the same; the arguments are those of ``load_campaign``.

        From where problems name files makes no difference: there are none.
        """
        return (content.resolve(), as_of, public) == (self.content.resolve(), self.as_of, self.public)


def packed(handover: Handover) -> bytes:
    """What ``unpacked`` makes an equal Handover of, in another process of the same Python."""
    data = io.BytesIO()
    _Packer(data, protocol=pickle.HIGHEST_PROTOCOL).dump(handover)
    return data.getvalue()


def unpacked(data: bytes) -> Handover:
    """The Handover that ``packed`` was given. Data of anybody else may run anything, so nobody else's is passed in."""
    handover: Handover = pickle.loads(data)  # noqa: S301 (a process gets it from the build that started it)
    return handover


def _read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


class _Packer(pickle.Pickler):
    """Takes what pickle does not take by itself, or only with all that a locale knows."""

    dispatch_table = copyreg.dispatch_table | {
        MappingProxyType: lambda mapping: (_read_only, (dict(mapping),)),
        Region: lambda region: (Region, (region.currency, region.locale, region.vocabulary)),
    }
