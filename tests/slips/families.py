"""The families of slips: what fingers, phones, computers and half-remembered rules make of a sound campaign."""

from . import of_days, of_fences, of_figures, of_keys, of_places, of_signs
from .family import FAMILIES, all_slips

__all__ = ["FAMILIES", "all_slips", "of_days", "of_fences", "of_figures", "of_keys", "of_places", "of_signs"]
