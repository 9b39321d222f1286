"""The HTML of the pages: what they show they fetch, so it is the same for everybody."""

from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

HTML = Path(__file__).parent / "html"

Page = Literal["chat", "entry"]
PAGES: tuple[Page, ...] = ("chat", "entry")


def shell(page: Page) -> str:
    """Return the HTML of a page."""
    environment = Environment(
        loader=FileSystemLoader(HTML),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(f"{page}.html").render()
