"""What a field may hold: each type reads text into a value, each model lists its fields and refuses others."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, TypeVar, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainValidator, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError

from .dates import Period, parse_day, parse_moment, parse_period
from .front_matter import Document
from .money import Count, Money, Region
from .problems import CampaignError, Problem, Refused

T = TypeVar("T")
F = TypeVar("F", bound="Fields")


class Fields(BaseModel):
    """A mapping in a file: only the fields it declares, each read from text, frozen once read."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, populate_by_name=False)


def read_fields(model: type[F], document: Document, region: Region) -> F:
    """Read a document's fields as ``model``; raise CampaignError with a problem for every field that is wrong."""
    try:
        return model.model_validate(document.fields, context=region)
    except ValidationError as error:
        raise CampaignError(_problem(model, document, dict(fault)) for fault in error.errors(include_url=False)) from None


def _problem(model: type[Fields], document: Document, fault: dict[str, Any]) -> Problem:
    """One of pydantic's faults as a Problem at its line, in our words."""
    path = fault["loc"]
    kind = fault["type"]
    if kind == "extra_forbidden":
        name, message = "unknown-field", _unknown(str(path[-1]), _field_names(model, path[:-1]))
    elif kind == "missing":
        name, message = "missing", f"is needed here; add {path[-1]}: and its value"
    elif kind in ("model_type", "model_attributes_type", "dict_type"):
        name, message = "shape", f"expected fields below it, each a name and a value on its own line, got {_found(fault)}"
    elif kind in ("tuple_type", "list_type"):
        name, message = "shape", f"expected a list, each entry on its own line after a hyphen, got {_found(fault)}"
    else:  # our own types raise with the problem's name as the fault's type
        name, message = kind, fault["msg"]
    return document.problem(name, message, *path)


def _found(fault: Mapping[str, Any]) -> str:
    value = fault["input"]
    return f"'{value}'" if isinstance(value, str) else "a list" if isinstance(value, list) else "fields"


def _field_names(model: type[Fields], path: tuple[str | int, ...]) -> list[str]:
    """The fields of the model that stands at ``path`` within ``model``."""
    for part in path:
        if isinstance(part, str):
            field = next(f for name, f in model.model_fields.items() if part in (name, f.alias))
            model = _model_in(field.annotation)
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> Any:
    """The model inside ``tuple[Cost, ...]``, ``Promise | None`` or ``Annotated[...]``."""
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)


def _unknown(key: str, known: list[str]) -> str:
    odd = next((c for c in key if not c.isascii()), None)
    plain = key if odd is None else "".join(c for c in key if c.isascii())
    close = difflib.get_close_matches(plain.lower().replace("-", "_"), known, n=1, cutoff=0.6)
    message = "there is no such field"
    if odd is not None:
        message += f"; its name holds the character U+{ord(odd):04X}, which may look like another or like nothing"
    if close:
        return f"{message}: did you mean {close[0]}?"
    return f"{message}; the fields here are {', '.join(sorted(known))}"


def nearest(word: str, known: Sequence[str]) -> str:
    """The end of a message about an unknown name: what was most likely meant, or what there is."""
    if close := difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.6):
        return f": did you mean {close[0]}?"
    return f"; there is {', '.join(known)}" if known else "; there are none yet"


def reading(read: Callable[[str, Region], T]) -> PlainValidator:
    """A type that reads one text, given the campaign's region."""

    def validate(value: Any, info: ValidationInfo) -> T:
        try:
            return read(_one_text(value), info.context)
        except Refused as refused:
            raise PydanticCustomError(refused.name, "{message}", {"message": refused.message}) from None

    return PlainValidator(validate)


def _one_text(value: Any) -> str:
    """The value if it is one text; Refused (``shape``) if it is a list or has fields."""
    if isinstance(value, str):
        return value
    what = "a list" if isinstance(value, list) else "fields below it"
    raise Refused("shape", f"expected one value on this line, got {what}")


def _flag(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise Refused("flag", f"expected true or false, got '{text}'")
    return text.lower() == "true"


def _identifier(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        meant = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
        hint = f"; write {meant}" if meant else ""
        raise Refused("id", f"expected small letters, digits and single hyphens, got '{text}'{hint}")
    return text


def _one_of(*words: str) -> Callable[[str, Region], str]:
    def read(text: str, _: Region) -> str:
        if text not in words:
            close = difflib.get_close_matches(text.lower(), words, n=1)
            hint = f": did you mean {close[0]}?" if close else ""
            raise Refused("choice", f"expected {', '.join(words[:-1])} or {words[-1]}, got '{text}'{hint}")
        return text

    return read


def _web_address(text: str) -> str:
    parts = _split_url(text)
    if parts is None or parts.scheme != "https" or not parts.hostname or "." not in parts.hostname or " " in text:
        secure = "; write https:// instead of http://" if text.startswith("http://") else ""
        raise Refused("address", f"expected a web address that begins with https://, got '{text}'{secure}")
    if parts.username or parts.password:
        raise Refused("address", f"a web address must not hold a name or password, got '{text}'")
    return text


def _contact_address(text: str) -> str:
    if re.fullmatch(r"mailto:[^@\s?]+@[^@\s?]+\.[^@\s?]+", text):
        return text
    if "@" in text and not text.startswith(("http", "mailto:")):
        raise Refused("address", f"expected mailto: before an email address, got '{text}'; write mailto:{text}")
    return _web_address(text)


def _split_url(text: str) -> Any:
    try:
        return urlsplit(text)
    except ValueError:
        return None


Text = Annotated[str, reading(lambda text, _: text)]
Flag = Annotated[bool, reading(lambda text, _: _flag(text))]
Id = Annotated[str, reading(lambda text, _: _identifier(text))]
Amount = Annotated[Money, reading(lambda text, region: region.parse(text))]
SignedAmount = Annotated[Money, reading(lambda text, region: region.parse(text, negative=True))]
CountOf = Annotated[Count, reading(lambda text, region: region.parse_count(text))]
Day = Annotated[date, reading(lambda text, _: parse_day(text))]
Moment = Annotated[tuple[date, str], reading(lambda text, _: parse_moment(text))]
DayOrMonth = Annotated[Period, reading(lambda text, _: parse_period(text))]
DayMonthOrYear = Annotated[Period, reading(lambda text, _: parse_period(text, year=True))]
WebAddress = Annotated[str, reading(lambda text, _: _web_address(text))]
ContactAddress = Annotated[str, reading(lambda text, _: _contact_address(text))]


def one_of(*words: str) -> PlainValidator:
    return reading(_one_of(*words))


def lone(key: str) -> BeforeValidator:
    """Lets one value stand for a list with one entry: ``goal: 50,000`` is ``goal: [{amount: 50,000}]``."""
    return BeforeValidator(lambda value: [{key: value}] if isinstance(value, str) else value)


