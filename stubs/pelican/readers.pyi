from typing import Any, ClassVar

class BaseReader:
    file_extensions: ClassVar[tuple[str, ...]]
    settings: dict[str, Any]

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]: ...
    def process_metadata(self, name: str, value: object) -> object: ...

class MarkdownReader(BaseReader): ...

class Readers:
    reader_classes: dict[str, type[BaseReader]]
