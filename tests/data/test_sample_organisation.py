"""The organisation and the clients: counts, rights, names that can be mistaken."""

from collections import Counter

import numpy as np

from data.sample.bank import SampleBank
from data.sample.people import WELL_KNOWN, invent_names, romanise


def test_the_bank_has_the_people_the_roles_need(bank: SampleBank) -> None:
    roles = Counter(bank.employees["role"])
    assert roles == {
        "leader": 4,
        "manager": 24,
        "expert": 6,
        "knowledge_owner": 2,
        "administrator": 1,
    }
    assert bank.employees["name"].is_unique


def test_every_manager_reports_to_the_leader_of_his_branch(bank: SampleBank) -> None:
    employees = bank.employees.set_index("employee_id")
    managers = employees[employees["role"] == "manager"]
    leaders = employees.loc[managers["leader_id"]]
    assert set(leaders["role"]) == {"leader"}
    assert leaders["branch_id"].tolist() == managers["branch_id"].tolist()


def test_every_client_has_one_manager_of_his_own_branch(bank: SampleBank) -> None:
    assert bank.clients["client_id"].is_unique
    managers = bank.employees.set_index("employee_id").loc[bank.clients["manager_id"]]
    assert set(managers["role"]) == {"manager"}
    assert managers["branch_id"].tolist() == bank.clients["branch_id"].tolist()


def test_every_manager_has_equally_many_clients_of_both_kinds(bank: SampleBank) -> None:
    shares = bank.clients.groupby("manager_id")["kind"].value_counts().unstack()
    assert set(shares.sum(axis=1)) == {50}
    assert set(shares["corporate"]) == {17}


def test_every_client_has_the_profile_of_his_kind_only(bank: SampleBank) -> None:
    by_kind = bank.clients.groupby("kind")["client_id"].apply(set)
    assert set(bank.corporate["client_id"]) == by_kind["corporate"]
    assert set(bank.personal["client_id"]) == by_kind["personal"]


def test_there_are_brokers_to_widen_cooperation_with(bank: SampleBank) -> None:
    assert (bank.corporate["industry"] == "securities").sum() >= 3


def test_some_names_repeat_within_one_manager(bank: SampleBank) -> None:
    people = bank.clients[bank.clients["kind"] == "personal"]
    assert people.duplicated(["manager_id", "name"]).any()


def test_some_names_within_one_manager_sound_alike_but_differ(bank: SampleBank) -> None:
    people = bank.clients[bank.clients["kind"] == "personal"]
    spellings = people.groupby(["manager_id", "name_en"])["name"].nunique()
    assert (spellings > 1).any()


def test_some_firms_of_one_manager_share_a_trade_name(bank: SampleBank) -> None:
    firms = bank.clients[bank.clients["kind"] == "corporate"]
    short = firms["name"].str.slice(2, 4)
    assert firms["name"].is_unique
    assert (
        short.groupby(firms["manager_id"]).apply(lambda names: names.duplicated().any()).mean()
        > 0.5
    )


def test_pinyin_follows_the_surname_reading() -> None:
    assert romanise("曾晓明") == "Zeng Xiaoming"
    assert romanise("欧阳雨") == "Ouyang Yu"
    assert romanise("吕思") == "Lyu Si"


def test_attributes_from_outside_are_missing_at_realistic_rates(bank: SampleBank) -> None:
    missing = bank.corporate["other_banks"].isna().mean()
    assert 0.2 < missing < 0.36
    assert bank.corporate["industry"].notna().all()
    assert 0.2 < bank.personal["household_assets"].isna().mean() < 0.4


def test_most_people_and_some_firms_have_a_risk_grade_and_some_expired(bank: SampleBank) -> None:
    graded = bank.clients.groupby("kind")["risk_grade"].apply(lambda grades: grades.notna().mean())
    assert graded["personal"] > 0.75
    assert 0.2 < graded["corporate"] < 0.6
    expires = bank.clients["risk_expires_on"].dropna()
    assert 0.05 < (expires < "2026-10-31").mean() < 0.2


def test_no_one_is_called_like_a_public_figure() -> None:
    names = set(invent_names(np.random.default_rng(3), 60_000))
    assert len(names) > 20_000
    assert not names & WELL_KNOWN
