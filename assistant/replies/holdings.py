"""What a client holds, as blocks."""

from datetime import date

from assistant.names import Intent
from assistant.replies.blocks import Block, Choice, Choices, Column, Heading, Source, Table, Text
from assistant.replies.buttons import payload
from assistant.replies.client_names import client_name
from assistant.replies.money import money
from assistant.replies.templates import Language, Words
from assistant.services.holding import ClientHoldings


def present_holdings(
    words: Words, language: Language, answer: ClientHoldings, today: date
) -> list[Block]:
    """Return a client's holdings with the newest month of deposits and loans."""
    client = answer.client
    name = client_name(language, client)
    count = len(answer.holdings)
    heading = words.say(
        language, "holdings.heading", client=name, number=client.client_id, count=count
    )
    blocks: list[Block] = [Heading(heading), Text(_card(words, language, answer))]
    if count:
        labels = words.labels(language, "holdings.columns")
        rows = [
            [
                held.name_zh if language == "zh" else held.name_en,
                words.label(language, "holdings.categories", held.category),
                held.opened_on.isoformat(),
            ]
            for held in answer.holdings
        ]
        blocks.append(Table([Column(label) for label in labels.values()], rows))
    else:
        blocks.append(Text(words.say(language, "holdings.none", client=name)))
    blocks.append(Source(words.say(language, "holdings.source", on=today.isoformat())))
    recommend = payload(Intent.CHOOSE_CLIENT, client_id=client.client_id, topic="recommend")
    blocks.append(Choices([Choice(words.say(language, "holdings.recommend"), recommend)]))
    return blocks


def _card(words: Words, language: Language, answer: ClientHoldings) -> str:
    client = answer.client
    card = words.say(
        language,
        "holdings.card",
        kind=words.label(language, "asking.client_kinds", client.kind),
        grade=words.label(language, "holdings.grades", client.grade),
        risk=client.risk_grade or "",
        expires=client.risk_expires_on.isoformat() if client.risk_expires_on else "",
    )
    month = answer.indicators
    if month is None:
        return card
    loan = month.loan_balance
    figures = words.say(
        language,
        "holdings.month",
        month=f"{month.month:%Y-%m}",
        deposit=money(month.deposit_balance or 0, "CNY", language),
        average=money(month.deposit_average or 0, "CNY", language),
        loan=money(loan, "CNY", language) if loan else "",
    )
    return f"{card}\n{figures}"
