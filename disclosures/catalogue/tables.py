"""The small tables beside the catalogue: the legal bases it cites and its categories."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent


class Basis(NamedTuple):
    """A document an entry rests on. An uncertain number must be checked before it is quoted."""

    title: str
    number: str = ""
    is_certain: bool = True


class Category(NamedTuple):
    code: str
    title: str
    title_en: str


def bases_of(codes: str) -> list[Basis]:
    """The documents behind 'R4 R29'; a text that is no list of codes stands for itself."""
    known, words = bases(), codes.split()
    if all(word in known for word in words):
        return [basis for word in words for basis in known[word]]
    return [Basis(codes)]


@cache
def bases() -> dict[str, list[Basis]]:
    """Every code with its documents (one code may name a law and the rules made under it)."""
    known: dict[str, list[Basis]] = {}
    for row in _rows("bases.csv"):
        basis = Basis(row["title"], row["number"], row["is_certain"] == "true")
        known.setdefault(row["code"], []).append(basis)
    return known


@cache
def categories() -> dict[str, Category]:
    """The categories of both lists by their codes, in the order of the lists."""
    return {
        row["code"]: Category(row["code"], row["title_zh"], row["title_en"])
        for row in _rows("categories.csv")
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
