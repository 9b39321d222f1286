"""A play that agrees with the model, said before the model's own reasons."""

from collections.abc import Mapping

from assistant.replies.templates import Language, Words


def with_play(
    words: Words,
    language: Language,
    play: str | None,
    names: Mapping[str, Mapping[str, str]],
    reasons: str,
) -> str:
    """Return the reasons for a product, the play's name first where one offers it too."""
    if play is None or play not in names:
        return reasons
    return words.say(language, "plays.with", play=names[play][language], reasons=reasons)
