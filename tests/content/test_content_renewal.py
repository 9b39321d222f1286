"""New content is live whole or not at all, in every process, and its owners are told."""

import threading
from pathlib import Path

import pytest

from assistant.replies.notices import present_notice
from assistant.replies.templates import Words
from assistant.services.renewing import Look
from assistant.settings import Settings
from crm.content_journal import changes_of, newest_version
from knowledge.errors import ContentFaults
from knowledge.stamp import WRITING
from tests.content.conftest import Bank

GOOD = ("zh/seal-loss.md", "department: 示例部", "department: 运营部")
BAD = ("tariff.csv", ",2025-12-31", ",2026-01-01")


def test_unchanged_content_is_read_once(bank: Bank) -> None:
    process = bank.process()
    before = process.shelf.library
    assert process.renewal.look() is Look.LIVE
    assert process.renewal.look() is Look.SAME
    assert process.shelf.library is before
    assert bank.told("content.live") == []


def test_a_good_change_goes_live_and_the_owners_are_told(bank: Bank) -> None:
    process = bank.process()
    process.settle()
    bank.change(*GOOD)
    assert process.renewal.look() is Look.SETTLING
    assert process.department("seal-loss") == "示例部"
    assert process.renewal.look() is Look.LIVE
    assert process.department("seal-loss") == "运营部"
    told = bank.told("content.live")
    assert [(each["to"], each["changes"]) for each in told] == [("E0002", 1), ("E0003", 1)]
    with bank.store.read() as session:
        (change,) = changes_of(session, "entry", "seal-loss")
    assert (change.field, change.before, change.after) == ("department", "示例部", "运营部")


def test_a_bad_change_leaves_the_old_version_and_tells_every_owner_why(bank: Bank) -> None:
    process = bank.process()
    process.settle()
    before = process.shelf.library
    bank.change(*BAD)
    assert process.settle() is Look.REFUSED
    assert process.shelf.library is before
    told = bank.told("content.refused")
    assert [each["to"] for each in told] == ["E0002", "E0003"]
    assert told[0]["faults"][0]["file"] == "tariff.csv"
    assert told[0]["faults"][0]["problem"] == "rows_overlap"
    with bank.store.read() as session:
        version = newest_version(session)
    assert version is not None
    assert version.number == 1


def test_one_bad_file_keeps_the_good_ones_beside_it_out(bank: Bank) -> None:
    process = bank.process()
    process.settle()
    bank.change(*GOOD)
    bank.change(*BAD)
    assert process.settle() is Look.REFUSED
    assert process.department("seal-loss") == "示例部"


def test_a_mended_file_goes_live_and_the_same_fault_later_is_told_again(bank: Bank) -> None:
    process = bank.process()
    process.settle()
    bank.change(*BAD)
    process.settle()
    bank.change(BAD[0], BAD[2], BAD[1])
    bank.change(*GOOD)
    assert process.settle() is Look.LIVE
    bank.change(*BAD)
    assert process.settle() is Look.REFUSED
    assert len(bank.told("content.refused")) == 4


def test_content_mended_to_what_it_was_changes_nothing(bank: Bank) -> None:
    process = bank.process()
    process.settle()
    before = process.shelf.library
    bank.change(*BAD)
    process.settle()
    bank.change(BAD[0], BAD[2], BAD[1])
    assert process.settle() is Look.LIVE
    assert process.shelf.library is before
    assert bank.told("content.live") == []


def test_every_process_takes_the_change_and_it_is_told_once(bank: Bank) -> None:
    processes = [bank.process() for _ in range(3)]
    for process in processes:
        process.settle()
    bank.change(*GOOD)
    assert [process.settle() for process in processes] == [Look.LIVE] * 3
    assert {process.department("seal-loss") for process in processes} == {"运营部"}
    assert len(bank.told("content.live")) == 2
    bank.change(*BAD)
    assert [process.settle() for process in processes] == [Look.REFUSED] * 3
    assert len(bank.told("content.refused")) == 2


def test_files_still_being_written_are_waited_for(bank: Bank) -> None:
    process = bank.process()
    process.settle()
    (bank.root / WRITING).touch()
    bank.change(*GOOD)
    assert process.settle() is Look.SETTLING
    (bank.root / WRITING).unlink()
    assert process.settle() is Look.LIVE


def test_a_start_on_bad_content_answers_from_what_last_went_live(bank: Bank) -> None:
    first = bank.process()
    bank.change(*GOOD)
    first.settle()
    bank.change(*BAD)
    again = bank.process()
    assert again.department("seal-loss") == "运营部"
    assert again.settle() is Look.REFUSED
    assert again.department("seal-loss") == "运营部"
    assert len(bank.told("content.refused")) == 2


def test_the_first_start_on_bad_content_is_refused_with_every_fault(bank: Bank) -> None:
    bank.change(*BAD)
    with pytest.raises(ContentFaults):
        bank.process()


def test_changes_made_while_nothing_ran_are_recorded_at_the_next_start(bank: Bank) -> None:
    bank.process().settle()
    bank.change(*GOOD)
    bank.process().settle()
    with bank.store.read() as session:
        assert len(changes_of(session, "entry", "seal-loss")) == 1


def test_a_turn_keeps_the_library_it_began_with(bank: Bank) -> None:
    process = bank.process()
    process.settle()
    with process.shelf.held() as held:
        bank.change(*GOOD)
        other = threading.Thread(target=process.settle)
        other.start()
        other.join()
        assert process.shelf.library is held
        assert process.department("seal-loss") == "示例部"
    assert process.department("seal-loss") == "运营部"


def test_a_vanished_folder_leaves_the_old_version(bank: Bank, tmp_path: Path) -> None:
    process = bank.process()
    process.settle()
    bank.root.rename(tmp_path / "elsewhere")
    bank.root.mkdir()
    assert process.settle() is Look.REFUSED
    assert process.department("seal-loss") == "示例部"


@pytest.mark.parametrize(("language", "piece"), [("zh", "有效期重叠"), ("en", "Overlaps with T3")])
def test_an_owner_reads_file_line_column_and_value(bank: Bank, language: str, piece: str) -> None:
    process = bank.process()
    process.settle()
    bank.change(*BAD)
    process.settle()
    with_words = Words.load(Settings().replies_dir)
    values = {key: said for key, said in bank.told("content.refused")[0].items() if key != "to"}
    body = {"kind": "content.refused", "values": values}
    blocks = present_notice(with_words, language, body)  # type: ignore[arg-type]
    (fault,) = next(block.items for block in blocks if block.type == "list")
    assert fault.startswith("tariff.csv:5 [effective_from] ")
    assert piece in fault
