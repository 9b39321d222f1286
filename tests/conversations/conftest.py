"""Known faults of conversations are printed at the end of a run."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    known = [
        report
        for report in terminalreporter.stats.get("xfailed", [])
        if "tests/conversations/" in report.nodeid
    ]
    for report in known:
        terminalreporter.write_line(f"known fault: {report.nodeid.split('[')[-1][:-1]}")
        terminalreporter.write_line(f"    {report.wasxfail.removeprefix('reason: ')}")
