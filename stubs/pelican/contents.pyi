class Article:
    slug: str
