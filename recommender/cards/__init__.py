"""The model card: one JSON file for programs, one readable page a language."""

from dataclasses import asdict
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import TypeAdapter

from recommender.release import judge
from recommender.trained import TrainedModel

LANGUAGES = ("zh", "en")


def write_cards(trained: TrainedModel, folder: Path) -> None:
    """Write ``card.json``, ``card.zh.md`` and ``card.en.md``."""
    model, card = trained.model, trained.card
    verdict = judge(card)
    told = {
        "card": card,
        "verdict": verdict,
        "settings": asdict(card.settings),
        "products": len(model.products),
        "attributes": [attribute.name for attribute in model.attributes.attributes],
    }
    content = {**told, "released_by_rule": verdict.released}
    (folder / "card.json").write_bytes(TypeAdapter(dict[str, object]).dump_json(content, indent=1))
    pages = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701  # Markdown from our own words and figures
        keep_trailing_newline=True,
    )
    for language in LANGUAGES:
        page = pages.get_template(f"card.{language}.md").render(told)
        (folder / f"card.{language}.md").write_text(page, encoding="utf-8")
