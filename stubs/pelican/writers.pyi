from collections.abc import Mapping
from typing import Any

from jinja2 import Template

class Writer:
    output_path: str
    settings: dict[str, Any]
    def write_file(
        self,
        name: str,
        template: Template,
        context: Mapping[str, Any],
        relative_urls: bool = False,
        *more: Any,
        **named: Any,
    ) -> None: ...
