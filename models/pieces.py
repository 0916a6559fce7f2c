"""Cut a text so that sound starts early: a short first piece, then longer and longer ones."""

import re

# Speech runs at about half real time on two cores: a piece may be twice as long as the one
# before it, and the listener still hears no gap.
PIECE_CHARACTERS = (45, 80, 150)
LONGEST_STRETCH = 1.6
SENTENCE_PAUSE_SECONDS = 0.3
CLAUSE_PAUSE_SECONDS = 0.12

ABBREVIATIONS = {"dr.", "mr.", "mrs.", "ms.", "st.", "e.g.", "i.e.", "vs.", "prof.", "a.m.", "p.m."}
BREAK = re.compile(r"(?<=[.!?…,;:–—])[\"'”’)\]]*\s+|\n+")


def clauses(text: str) -> list[str]:
    """The text in its smallest parts, each ending in its own punctuation mark."""
    found, start = [], 0
    for match in BREAK.finditer(text):
        clause = text[start : match.end()].strip()
        words = clause.lower().split()
        if not words or (words[-1] in ABBREVIATIONS and "\n" not in match.group()):
            continue
        found.append(clause)
        start = match.end()
    return [*found, text[start:].strip()] if text[start:].strip() else found


def split_long(clause: str, limit: int) -> list[str]:
    """Cut a clause without punctuation between words, near `limit` characters."""
    parts = []
    while len(clause) > limit * LONGEST_STRETCH:
        at = clause.rfind(" ", 1, limit + 1)
        at = at if at > 0 else limit
        parts.append(clause[:at].strip())
        clause = clause[at:].strip()
    return [*parts, clause]


def pieces(text: str) -> list[tuple[str, float]]:
    """The pieces of `text` in order, each with the seconds of silence that follow it."""
    done: list[str] = []
    for clause in clauses(text.strip()):
        for part in split_long(clause, limit_of(len(done))):
            limit = limit_of(len(done) - 1)
            if done and len(done[-1]) + 1 + len(part) <= limit and not starts_early(done):
                done[-1] = f"{done[-1]} {part}"
            else:
                done.append(part)
    return [
        (piece, pause_after(piece) if index < len(done) - 1 else 0.0)
        for index, piece in enumerate(done)
    ]


def starts_early(done: list[str]) -> bool:
    """The first piece takes no second clause once it is long enough to cover the next piece."""
    return len(done) == 1 and len(done[0]) >= 24


def limit_of(index: int) -> int:
    return PIECE_CHARACTERS[min(max(index, 0), len(PIECE_CHARACTERS) - 1)]


def pause_after(piece: str) -> float:
    bare = piece.rstrip("\"'”’)]")
    if bare.endswith((".", "!", "?", "…")):
        return SENTENCE_PAUSE_SECONDS
    return CLAUSE_PAUSE_SECONDS if bare.endswith((",", ";", ":", "–", "—")) else 0.0
