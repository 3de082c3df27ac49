from collections.abc import Mapping
from typing import Any

from jinja2 import Template

class Writer:
    def write_file(
        self,
        name: str,
        template: Template,
        context: Mapping[str, Any],
        relative_urls: bool = False,
        *,
        of_year: object = None,
    ) -> None: ...
