from collections.abc import Mapping
from enum import IntEnum
from typing import NamedTuple

class Blob:
    @classmethod
    def from_file_path(cls, filename: str) -> Blob: ...

class Face:
    upem: int
    def __init__(self, blob: Blob) -> None: ...

class Font:
    face: Face
    def __init__(self, face: Face) -> None: ...
    def get_nominal_glyph(self, unicode: int) -> int | None: ...

class BufferClusterLevel(IntEnum):
    CHARACTERS = ...

class GlyphInfo(NamedTuple):
    codepoint: int
    cluster: int

class GlyphPosition(NamedTuple):
    x_advance: int
    x_offset: int

class Buffer:
    cluster_level: BufferClusterLevel
    glyph_infos: list[GlyphInfo]
    glyph_positions: list[GlyphPosition] | None
    """None for a text of no letters."""
    def add_str(self, text: str) -> None: ...
    def guess_segment_properties(self) -> None: ...

def shape(font: Font, buffer: Buffer, features: Mapping[str, bool]) -> None: ...
