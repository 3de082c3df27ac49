"""What a field may hold: each type reads text into a value, each model lists its fields and refuses others."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NoReturn, TypeVar, cast, get_args
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    PlainValidator,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError

from .dates import Period, parse_day, parse_moment, parse_occasion, parse_period
from .front_matter import CutByComma, Document
from .links import PicturePlace, picture_place
from .money import Count, Money
from .problems import CampaignError, FieldError, Problem, look_alike
from .region import ENGLISH, MAX_LENGTH, Region
from .slug import slug
from .typography import typeset

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
        faults = [dict(fault) for fault in error.errors(include_url=False)]
        raise CampaignError(_problem(model, document, fault) for fault in _told_once(model, faults)) from None


def _told_once(model: type[Fields], faults: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out that a field is missing where it is there under a misspelt name, which is told."""
    meant = {
        (*path[:-1], _meant(str(path[-1]), _field_names(model, path[:-1])))
        for path in (fault["loc"] for fault in faults if fault["type"] == "extra_forbidden")
    }
    return [fault for fault in faults if fault["type"] != "missing" or fault["loc"] not in meant]


def _problem(model: type[Fields], document: Document, fault: dict[str, Any]) -> Problem:
    """One of pydantic's faults as a Problem at its line, in our words."""
    path = fault["loc"]
    kind = fault["type"]
    if kind == "extra_forbidden":
        name, message = "unknown-field", _unknown(str(path[-1]), _field_names(model, path[:-1]))
    elif kind == "missing":
        name, message = "missing", f"is needed here; add {path[-1]}: and its value"
    elif kind in ("model_type", "model_attributes_type", "dict_type"):
        name = "shape"
        message = f"expected fields below it, each on a line of its own like “  name: value”, got {_found(fault)}"
    elif kind in ("tuple_type", "list_type"):
        name = "shape"
        message = f"expected a list below it, each entry after a hyphen and a space, got {_found(fault)}"
    elif kind == "too_long":
        name, message = "too-long", f"a list like this holds {fault['ctx']['max_length']} entries at most; keep fewer"
    else:  # our own types raise with the problem's name as the fault's type
        name, message = kind, fault["msg"]
    return document.problem(name, message, *path)


def _found(fault: Mapping[str, Any]) -> str:
    value = fault["input"]
    if isinstance(value, str):
        glued = "; put a space after the colon" if re.match(r"[\w-]+:\S", value) else ""
        return f"'{value}'{look_alike(value)}{glued}"
    return "a list" if isinstance(value, list) else "fields"


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


_OTHER_WORDS = {
    "alt": "image_alt",
    "amounts": "totals",
    "by": "author",
    "closed": "ends",
    "ended": "ends",
    "exchange": "rates",
    "expenses": "paid",
    "iban": "account",
    "matching": "matches",
    "payments": "paid",
    "spent": "paid",
    "datum": "date",
    "day": "date",
    "headline": "title",
    "income": "received",
    "milestone": "reached",
    "milestones": "reached",
    "name": "title",
    "photo": "image",
    "picture": "image",
    "pledged": "promised",
    "read_on": "as_of",
    "receipts": "received",
    "subject": "title",
    "sums": "totals",
    "writer": "author",
    "draft": "status",
    "time": "date",
    "when": "date",
    "location": "place",
    "venue": "place",
    "where": "place",
}
"""What people write for a field's name."""


def _meant(key: str, known: list[str]) -> str | None:
    """The field that an unknown name most likely stands for."""
    plain = "".join(c for c in key if c.isascii()).strip()
    plain = re.sub("[ -]", "_", plain.lower())
    if (other := _OTHER_WORDS.get(plain)) in known:
        return other
    return _nearest(plain, known, 0.72)


def _nearest(word: str, known: Sequence[str], likeness: float = 0.6) -> str | None:
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=likeness)), None)


def _unknown(key: str, known: list[str]) -> str:
    message = f"there is no such field{look_alike(key)}"
    if close := _meant(key, known):
        return f"{message}: did you mean {close}?"
    if key.count(" ") > 1:
        return f"{message}; if this is the story, the closing --- is missing above it"
    return f"{message}; the fields here are {', '.join(sorted(known))}"


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """The end of a message about an unknown name: what was most likely meant, or what there is."""
    if odd := look_alike("".join(word.split())):
        return odd
    if close := _nearest(word.lower(), known):
        return f": did you mean {close}?"
    return f"; choose from {', '.join(known)}" if known else "; there are none yet"


SHORT = MAX_LENGTH
"""How many characters a value may have that is no text of somebody's own: an amount, a day, an id.

An event's id is a file's name too, and no disk holds one of 256.
"""
LONG = 2000
"""How many an address may have."""


@dataclass(frozen=True, slots=True)
class OfAccount:
    """A value that is to be read in the currency of an account."""

    value: Any
    account: str


def of_accounts(value: Any) -> Any:
    """The values of a mapping by source, each to be read in that source's currency."""
    return {key: OfAccount(inner, key) for key, inner in value.items()} if isinstance(value, dict) else value


Schema = dict[str, Any]
"""What an editor may know of a value as YAML has it, in the words of JSON Schema; never stricter than what reads it."""

TYPED: Schema = {"type": ["string", "number", "boolean"]}
"""A text as somebody types it: YAML takes ``25000`` for a number."""


def reading(read: Callable[[str, Region], T], *, limit: int | None = SHORT, typed: Schema = TYPED) -> PlainValidator:
    """A type that reads one text of up to ``limit`` characters, given the campaign's region.

    The limit stands before whatever reads the text, since patterns take long over what nobody writes. typed: what an
    editor is told of the value.
    """

    def validate(value: Any, info: ValidationInfo) -> T:
        region = cast(Region, info.context)
        if isinstance(value, OfAccount):
            region, value = region.accounts.get(value.account, region), value.value
        text = _one_text(value)
        if limit is not None and len(text) > limit:
            _refuse(
                "too-long",
                f"can be {region.number(limit)} characters at most, got {region.number(len(text))} that begin with"
                f" '{text[:40].rstrip()}'",
            )
        try:
            found = read(text, region)
        except FieldError as refused:
            message = refused.message + look_alike("".join(text.split()))
            if isinstance(value, CutByComma):
                may_have_comma = refused.name in ("amount", "count", "currency", "rate")
                also = message if may_have_comma else f"what stands behind it has no name and no colon, got '{text}'"
                _refuse("comma-in-braces", f"{_COMMA}, so put the value in quotes or on a line of its own; {also}")
            _refuse(refused.name, message)
        if isinstance(value, CutByComma):
            _refuse("comma-in-braces", f"{_COMMA}; write {_uncut(text, found, region)}, or put it on a line of its own")
        return found

    told = typed | ({"maxLength": limit} if limit is not None and "type" in typed else {})
    return PlainValidator(validate, json_schema_input_type=Annotated[Any, WithJsonSchema(told)])


_COMMA = "inside braces a comma ends a value"


def _uncut(text: str, found: object, region: Region) -> str:
    """A value that braces leave whole: what was read, without a comma, or what was typed, in quotes."""
    quoted = text.replace('"', "'")
    if isinstance(found, Money):
        return f'{region.write(found)} or "{quoted}"'
    if isinstance(found, Count):
        return f'{f"{found.qualifier.value} {found.number}".lstrip()} or "{quoted}"'
    return f'"{quoted}"'


def _refuse(name: str, message: str) -> NoReturn:
    raise PydanticCustomError(name, "{message}", {"message": message}) from None


def _one_text(value: Any) -> str:
    """The value if it is one text; refused (``shape``) if it is a list or has fields."""
    if isinstance(value, str):
        return value
    what = "fields below it" if isinstance(value, dict) else "a list; put quotes around a text that begins with ["
    _refuse("shape", f"expected one value on this line, got {what}")


def parse_rate(text: str, region: Region) -> Decimal:
    """What one unit of another currency is worth: digits with a point, or with the locale's own mark.

    Raises FieldError (``rate``) where it is nothing, or can be read two ways.
    """
    like = f"0.79 or {'0,79' if region.decimal == ',' else '1.27'}"
    if not re.fullmatch(rf"[0-9]{{1,9}}([.{re.escape(region.decimal)}][0-9]{{1,9}})?", text):
        raise FieldError("rate", f"expected what one unit is worth in {region.currency}, like {like}, got '{text}'")
    if region.decimal != "." and re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", text):
        both = f"{text.replace('.', region.decimal)} or {text.replace('.', '')}"
        raise FieldError("rate", f"'{text}' can be read two ways; write {both}, whichever is meant")
    worth = Decimal(text.replace(region.decimal, "."))
    if not worth:
        raise FieldError("rate", f"a currency is not worth nothing, got '{text}'")
    return worth


def _flag(text: str, region: Region) -> bool:
    if text.lower() not in ("true", "false"):
        answer = region.vocabulary.answers.get(text.lower(), ENGLISH.answers.get(text.lower()))
        word = "" if answer is None else f"; write {str(answer).lower()}"
        raise FieldError("flag", f"expected true or false, got '{text}'{word}")
    return text.lower() == "true"


def _identifier(text: str, region: Region) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        meant = slug(text.removesuffix(".md"), region.locale)
        hint = f"; write {meant}" if meant else ""
        raise FieldError("id", f"expected small letters, digits and single hyphens, got '{text}'{hint}")
    return text


def _one_of(*words: str) -> Callable[[str, Region], str]:
    def read(text: str, _: Region) -> str:
        if text not in words:
            close = _nearest(text.lower(), words)
            hint = f": did you mean {close}?" if close else ""
            raise FieldError("choice", f"expected {', '.join(words[:-1])} or {words[-1]}, got '{text}'{hint}")
        return text

    return read


def _web_address(text: str) -> str:
    parts = _split_url(text)
    if parts is None or parts.scheme != "https" or not parts.hostname or "." not in parts.hostname or " " in text:
        bare = re.fullmatch(r"(?:http://)?((?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?)", text)
        meant = f"; write https://{bare[1]}" if bare else "; leave the space out" if " " in text else ""
        raise FieldError("address", f"expected a web address that begins with https://, got '{text}'{meant}")
    if parts.username or parts.password:
        raise FieldError("address", f"a web address must not hold a name or password, got '{text}'")
    return text


def _contact_address(text: str) -> str:
    if re.fullmatch(r"mailto:[^@\s?]+@[^@\s?]+\.[^@\s?]+", text):
        return text
    if text.startswith("http"):
        return _web_address(text)
    meant = f"; write mailto:{text}" if re.fullmatch(r"[^@\s:?]+@[^@\s?]+\.[^@\s?]+", text) else ""
    raise FieldError(
        "address",
        f"expected mailto: and an email address, or a web address that begins with https://, got '{text}'{meant}",
    )


def _split_url(text: str) -> Any:
    try:
        return urlsplit(text)
    except ValueError:
        return None


def typed_as(pattern: str, *more: str) -> Schema:
    """A text of a form as somebody types it, spaces around it aside; ``more`` are YAML's other types for such a text.

    A pattern is never stricter than what reads the text, whatever a locale adds to that.
    """
    types = ["string", *more]
    return {"type": types if more else "string", "pattern": rf"^\s*(?:{pattern})\s*$"}


_MONTH_FORM = "[0-9]{4}-(?:0[1-9]|1[0-2])"
_DAY_FORM = f"{_MONTH_FORM}-(?:0[1-9]|[12][0-9]|3[01])"
_MOMENT_FORM = f"{_DAY_FORM}(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-9]{2})?)?"
_DAY = typed_as(_DAY_FORM)
_NUMBER = typed_as(r"[^\n]*(?:[0-9]|[^\x00-\x7f])[^\n]*", "number")
"""A figure has a digit, be it one of another script."""
_NOT_BELOW_ZERO = _NUMBER | {"minimum": 0}
_RATE = typed_as("[0-9]{1,9}(?:[^0-9][0-9]{1,9})?", "number") | {"exclusiveMinimum": 0}
AMOUNT_FORM = _NOT_BELOW_ZERO
MONTH_OR_DAY_FORM = typed_as(f"{_MONTH_FORM}|{_DAY_FORM}")

Text = Annotated[str, reading(lambda text, region: typeset(text, region.locale), limit=None)]
Image = Annotated[PicturePlace, reading(lambda text, _: picture_place(text) or PicturePlace(text), limit=None)]
"""What is no place stays as it was written: what is wrong with it, the check of what files name can say."""
Flag = Annotated[bool, reading(_flag, typed=typed_as("[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]", "boolean"))]
Id = Annotated[str, reading(_identifier, typed=typed_as("[a-z0-9]+(?:-[a-z0-9]+)*", "number", "boolean"))]
Amount = Annotated[Money, reading(lambda text, region: region.parse(text), typed=AMOUNT_FORM)]
SignedAmount = Annotated[Money, reading(lambda text, region: region.parse(text, negative=True), typed=_NUMBER)]
Rate = Annotated[Decimal, reading(parse_rate, typed=_RATE)]
CountOf = Annotated[Count, reading(lambda text, region: region.parse_count(text), typed=_NOT_BELOW_ZERO)]
Day = Annotated[date, reading(lambda text, _: parse_day(text), typed=_DAY)]
Moment = Annotated[tuple[date, str], reading(lambda text, _: parse_moment(text), typed=typed_as(_MOMENT_FORM))]
Occasion = Annotated[
    tuple[Period, str],
    reading(
        lambda text, _: parse_occasion(text), typed=typed_as(f"[0-9]{{4}}|{_MONTH_FORM}|{_MOMENT_FORM}", "integer")
    ),
]
DayOrMonth = Annotated[Period, reading(lambda text, _: parse_period(text), typed=MONTH_OR_DAY_FORM)]
DayMonthOrYear = Annotated[
    Period,
    reading(
        lambda text, _: parse_period(text, year=True),
        typed=typed_as(f"[0-9]{{4}}|{_MONTH_FORM}|{_DAY_FORM}", "integer"),
    ),
]
WebAddress = Annotated[
    str, reading(lambda text, _: _web_address(text), limit=LONG, typed=typed_as("[Hh][Tt]{2}[Pp][Ss]://.*"))
]
ContactAddress = Annotated[
    str, reading(lambda text, _: _contact_address(text), limit=LONG, typed=typed_as("mailto:.+@.*|https://.*"))
]


def one_of(*words: str) -> PlainValidator:
    """A type that reads one of ``words``, in these very letters; any other text is a problem (``choice``)."""
    return reading(_one_of(*words), typed={"enum": list(words)})


class OneValueToo(BeforeValidator):
    """Before a list or a mapping is read: what makes one of a single value; an editor is told that one will do."""

    _typed: Schema

    def __init__(self, make: Callable[[Any], Any], typed: Schema = TYPED) -> None:
        """typed: what an editor is told of the single value."""
        super().__init__(make)
        object.__setattr__(self, "_typed", typed)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> Schema:
        return {"anyOf": [self._typed, handler(schema)]}


def scalar_as_list(key: str, typed: Schema = TYPED) -> BeforeValidator:
    """Lets one value stand for a list with one entry: ``goal: 50,000`` is ``goal: [{amount: 50,000}]``."""
    return OneValueToo(lambda value: [{key: value}] if isinstance(value, str) else value, typed)
