"""Runs every benchmark there is, one after the other: ``python -m benchmarks``."""

import importlib
import pkgutil
import runpy

import benchmarks


def main() -> None:
    """Run each module of this folder that has a ``main``, as its own command would."""
    for found in pkgutil.iter_modules(benchmarks.__path__, f"{benchmarks.__name__}."):
        if found.name == f"{benchmarks.__name__}.__main__":
            continue
        if hasattr(importlib.import_module(found.name), "main"):
            print(f"\n== {found.name}", flush=True)
            runpy.run_module(found.name, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
