"""A drawing as ``card.svg`` writes it → a picture: rectangles, stripes, upright lines, text and a photo."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from math import sqrt
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from PIL import Image, ImageColor, ImageDraw

from .canvas import Box, CannotDraw, Canvas, Colour
from .lettering import PARTS, length, written

_KNOWN = {
    "svg": "x y width height fill font-family",
    "rect": "x y width height fill stroke stroke-width",
    "line": "x1 x2 y1 y2 stroke stroke-width stroke-dasharray",
    "text": "x y font-size font-weight fill",
    "tspan": "x dy font-size font-weight",
    "image": "x y width height href",
    "pattern": "id width height patternUnits patternTransform",
    "path": "stroke stroke-width d",
}
"""What is drawn, and what may be said of it: nothing is left out unseen."""
_FINER = 4
"""How many times as large what slants is drawn, to be smooth."""
_SPACES = re.compile(r"[ \t\n]+")

_Edges = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels of the picture."""


def picture(svg: str, photo: Image.Image | None = None) -> Image.Image:
    """The drawing, its straight edges between pixels: with a palette, or in RGB with a photo.

    photo: what its image shows, of the size that it says. Raises CannotDraw where it holds more than is known here.
    """
    root = ElementTree.fromstring(svg)  # noqa: S314 (this run wrote it)
    for each in root.iter():
        tag = _tag(each)
        if unknown := each.attrib.keys() - _KNOWN.get(tag, "").split():
            raise CannotDraw(f"nothing draws {', '.join(sorted(unknown))} of <{tag}>")
        if tag not in _KNOWN:
            raise CannotDraw(f"nothing draws <{tag}>")
    canvas = Canvas((int(root.attrib["width"]), int(root.attrib["height"])))
    _Drawing(canvas, _colour(root.get("fill", "")), photo, {}).put(root, _Frame(0, 0, *canvas.size))
    return canvas.finished()


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a part of the drawing lies in the picture; all in pixels."""

    x: float
    y: float
    width: float
    height: float

    def across(self, of: Element, name: str) -> float:
        """A length from left to right."""
        return _length(of.get(name, "0"), self.width)

    def down(self, of: Element, name: str) -> float:
        """A length from top to bottom."""
        return _length(of.get(name, "0"), self.height)

    def edges(self, of: Element) -> _Edges:
        """Of a thing that has a corner and a size."""
        left, top = self.x + self.across(of, "x"), self.y + self.down(of, "y")
        return left, top, left + self.across(of, "width"), top + self.down(of, "height")


@dataclass(frozen=True, slots=True)
class _Drawing:
    canvas: Canvas
    ink: Colour
    """The colour of text that names no other."""
    photo: Image.Image | None
    patterns: dict[str, Element]
    """Those that were met, by what a fill calls them."""

    def put(self, things: Iterable[Element], frame: _Frame) -> None:
        """Draw one thing over the other."""
        for of in things:
            match _tag(of):
                case "svg":
                    left, top, right, bottom = frame.edges(of)
                    self.put(of, _Frame(left, top, right - left, bottom - top))
                case "rect":
                    self._rect(of, frame)
                case "line":
                    self._line(of, frame)
                case "text":
                    self._text(of, frame)
                case "image":
                    if not self.photo:
                        raise CannotDraw("nothing draws an image that is not there")
                    self.canvas.show(self.photo, _whole(frame.edges(of))[:2])
                case "pattern":
                    self.patterns[f"url(#{of.get('id')})"] = of

    def _rect(self, of: Element, frame: _Frame) -> None:
        left, top, right, bottom = frame.edges(of)
        if left == right or top == bottom:
            return
        if half := float(of.get("stroke-width", 0)) / 2:
            self._fill((left - half, top - half, right + half, bottom + half), of.attrib["stroke"])
            left, top, right, bottom = left + half, top + half, right - half, bottom - half
        if (pattern := self.patterns.get(of.attrib["fill"])) is not None:
            self._stripes((left, top, right, bottom), pattern, frame)
        else:
            self._fill((left, top, right, bottom), of.attrib["fill"])

    def _line(self, of: Element, frame: _Frame) -> None:
        """An upright one."""
        thick, (x, to_x) = float(of.attrib["stroke-width"]), (frame.across(of, name) for name in ("x1", "x2"))
        if x != to_x:
            raise CannotDraw("nothing draws a line that is not upright")
        # From a whole pixel on, so that no mark is thinner than the next.
        left = round(frame.x + x - thick / 2)
        top, bottom = (frame.y + frame.down(of, name) for name in ("y1", "y2"))
        dash, gap = map(float, of.get("stroke-dasharray", f"{bottom - top} 1").split())
        while top < bottom:
            self._fill((left, top, left + thick, min(top + dash, bottom)), of.attrib["stroke"])
            top += dash + gap

    def _stripes(self, edges: _Edges, of: Element, frame: _Frame) -> None:
        """Lines that rise by as much as they go to the right, as a pattern that is turned by 45 degrees has them."""
        line = of[0]
        begins = re.fullmatch(r"M([\d.]+) 0V[\d.]+", line.attrib["d"])
        if of.get("patternTransform") != "rotate(45)" or not begins:
            raise CannotDraw("nothing draws a pattern that is not of lines turned by 45 degrees")
        left, top, right, bottom = _whole(edges)
        width, height = self.canvas.size
        wide, high = min(right, width) - left, min(bottom, height) - top
        mask = Image.new("L", (wide * _FINER, high * _FINER))
        draw, thick = ImageDraw.Draw(mask), float(line.attrib["stroke-width"])
        first, behind = float(begins[1]) - thick / 2, (left - frame.x + top - frame.y) / sqrt(2)
        every = float(of.attrib["width"])
        for across in count(first + (behind - first) // every * every - behind, every):
            one, other = across * sqrt(2), (across + thick) * sqrt(2)
            if one - high >= wide:
                break
            corners = ((one, 0), (other, 0), (other - high, high), (one - high, high))
            draw.polygon([(x * _FINER, y * _FINER) for x, y in corners], 255)
        self.canvas.blend(_colour(line.attrib["stroke"]), mask.reduce(_FINER), (left, top))

    def _text(self, of: Element, frame: _Frame) -> None:
        colour = _colour(of.attrib["fill"]) if "fill" in of.attrib else self.ink
        x, y = frame.x + frame.across(of, "x"), frame.y + frame.down(of, "y")
        runs = [(of, of.text), *((run, text) for span in of for run, text in ((span, span.text), (of, span.tail)))]
        for run, text in runs:
            size = int(run.get("font-size") or of.attrib["font-size"])
            is_bold = (run.get("font-weight") or of.get("font-weight")) == "700"
            if run is not of:
                x = frame.x + frame.across(run, "x") if "x" in run.attrib else x
                y += float(run.get("dy", "0em").removesuffix("em")) * size
            if not text:
                continue
            line = _SPACES.sub(" ", text)
            whole, part = divmod(round(x * PARTS), PARTS)
            mask, left, top = written(line, size, part, is_bold=is_bold)
            self.canvas.blend(colour, mask, (whole + left, round(y) + top))
            x += length(line, size, is_bold=is_bold)

    def _fill(self, edges: _Edges, colour: str) -> None:
        self.canvas.fill(_colour(colour), _whole(edges))


def _whole(edges: _Edges) -> Box:
    """Edges between pixels; what is there at all is seen."""
    left, top, right, bottom = map(round, edges)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _length(told: str, whole: float) -> float:
    """A length, which may be a share of the whole."""
    return float(told[:-1]) * whole / 100 if told.endswith("%") else float(told)


def _colour(told: str) -> Colour:
    """A colour that hides what is behind it."""
    if not told.startswith("#"):
        raise CannotDraw(f"nothing draws “{told}”, which is no colour as #10262e is one")
    red, green, blue = ImageColor.getrgb(told)[:3]
    return red, green, blue


def _tag(of: Element) -> str:
    return of.tag.rpartition("}")[2]
