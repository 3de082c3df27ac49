from typing import Any

from jinja2 import Environment
from pelican.contents import Article

class Generator:
    settings: dict[str, Any]
    context: dict[str, Any]
    output_path: str
    env: Environment

class ArticlesGenerator(Generator):
    articles: list[Article]
