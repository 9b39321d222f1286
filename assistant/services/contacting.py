"""Whom to contact first: one best action a client, spread over the book."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from assistant.services.access import log_list
from assistant.services.books import OwnBook, open_own_book
from assistant.services.question import Question
from assistant.services.resources import Resources
from crm.clients.rights import Client
from crm.outcomes.records import outcomes_of
from crm.outcomes.suggestions import Shown, note_shown
from crm.products import Product
from crm.store.session import Session
from recommender.book import Action, Worklist, contact_first, open_book
from recommender.plays import agreeing
from recommender.ranking import rank_clients
from recommender.results import ClientSuggestion
from recommender.trained import ModelCard

BOOK_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Contact:
    """One call of the list, with what speaks for it."""

    action: Action
    suggestion: ClientSuggestion
    play: str | None


@dataclass(frozen=True, slots=True)
class ContactList:
    """Whom to contact first.

    Attributes
    ----------
    resting
        Clients left out because they were spoken to within `rest_days`.
    """

    clients: Mapping[str, Client]
    products: Mapping[str, Product]
    contacts: tuple[Contact, ...]
    worklist: Worklist
    resting: int
    rest_days: int
    hopeless_below: float
    card: ModelCard
    play_names: Mapping[str, Mapping[str, str]]


def contact_list(
    resources: Resources,
    session: Session,
    question: Question,
    *,
    action: str = "contact_first",
) -> ContactList:
    """Work out whom to contact first, and note that it was shown.

    Raises
    ------
    NoClientsOfOwn
        The asker's role looks after no clients.
    """
    own = open_own_book(resources, session, question)
    fresh, resting = _rested(resources, session, question, own)
    selling, trained = resources.selling, resources.model.in_use()
    worklist = contact_first(fresh.book, selling.values, BOOK_SHOWN)
    contacts = tuple(_contact(resources, question, fresh, action) for action in worklist.actions)
    shown = (contact.action.client_id for contact in contacts)
    log_list(session, resources, question, shown, action)
    _note(resources, session, question, contacts, fresh)
    return ContactList(
        clients=own.clients,
        products=own.catalogue.products,
        contacts=contacts,
        worklist=worklist,
        resting=resting,
        rest_days=selling.values.rest_days,
        hopeless_below=selling.values.hopeless_below,
        card=trained.card,
        play_names={play.code: play.names for play in selling.plays},
    )


def _rested(
    resources: Resources, session: Session, question: Question, own: OwnBook
) -> tuple[OwnBook, int]:
    """Leave out the clients that somebody spoke to of late, so that others have their turn."""
    selling = resources.selling
    since = question.today - timedelta(days=selling.values.rest_days)
    spoken = {
        outcome.client_id
        for outcome in outcomes_of(session, list(own.clients), resources.begin_of(since))
    }
    if not spoken or not selling.values.rest_days:
        return own, 0
    cases = [case for case in own.book.cases if case.client_id not in spoken]
    book = open_book(
        resources.model.in_use(),
        cases,
        own.catalogue.facts,
        selling.values,
        question.today,
        selling.gate,
    )
    return replace(own, book=book), len(spoken)


def _contact(resources: Resources, question: Question, own: OwnBook, action: Action) -> Contact:
    [case] = [case for case in own.book.cases if case.client_id == action.client_id]
    ranking = rank_clients(
        resources.model.in_use(),
        action.product_id,
        [case],
        own.catalogue.facts,
        question.today,
        1,
        resources.selling.gate,
    )
    play = agreeing(resources.selling.plays, case).get(action.product_id)
    return Contact(action, ranking.entries[0], play)


def _note(
    resources: Resources,
    session: Session,
    question: Question,
    contacts: tuple[Contact, ...],
    own: OwnBook,
) -> None:
    """Note what was shown, and what would have been had it not been withheld."""
    version = resources.model.in_use().card.version
    least = min((one.action.chance * one.action.value for one in contacts), default=0.0)
    withheld = own.withheld(resources.selling.gate, least)
    shown = [(one.action, one.play, False) for one in contacts]
    shown += [(action, None, True) for action in withheld]
    note_shown(
        session,
        [
            Shown(
                client_id=action.client_id,
                product_id=action.product_id,
                employee_id=question.employee.employee_id,
                list_kind="book",
                model_version=version,
                chance=action.chance,
                play=play,
                withheld=held,
            )
            for action, play, held in shown
        ],
        resources.clock(),
    )
