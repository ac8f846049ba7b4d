"""The data files of this package."""

import csv
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"

# The loader in C is ten times faster; PyYAML has it wherever libyaml could be compiled.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a csv file in `seed/data`."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read_yaml(name: str) -> Any:
    """Return the content of a yaml file in `seed/data`."""
    with (DATA / name).open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=_LOADER)  # noqa: S506 - both loaders are the safe ones
