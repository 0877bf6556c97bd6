"""What to do with each input: extract it, or say why that is not needed or not possible."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from extractor.bulk.items import Item, Mark, Outcome, Task
from extractor.bulk.ledger import Known, Ledger
from extractor.errors import ReadError

NOT_REPORTS = frozenset({"link", "special", "junk"})  # listed, and rightly left out
OLDER, UNCHANGED, DUPLICATE, FAILED_BEFORE = "older", "unchanged", "duplicate", "failed_before"
BREATH = 64  # inputs after which the engine may look at its workers


@dataclass(frozen=True, slots=True)
class Choice:
    """What the caller wants: files changed since a moment (seconds since 1970), failures tried again."""

    since: float | None = None
    retry_failed: bool = False


@dataclass
class Tally:
    """The account of a run: found = done + failed + skipped."""

    found: int = 0
    done: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)

    def adds_up(self) -> bool:
        """Whether every input that was found ended in exactly one state."""
        return self.found == self.done + self.failed.total() + self.skipped.total()


class Plan:
    """Decides input by input; ``ready`` collects outcomes that need no worker, for the loader."""

    def __init__(self, ledger: Ledger, version: str, choice: Choice) -> None:
        self._ledger, self._version, self._choice = ledger, version, choice
        self._working: dict[str, list[str]] = {}  # by content: more sources of a document that is being extracted
        self._fresh: set[str] = set()  # contents that this run has extracted
        self._marks: dict[str, Mark | None] = {}
        self.tally = Tally()
        self.ready: list[Outcome] = []

    def tasks(self, items: Iterable[Item]) -> Iterator[Task | None]:
        """The tasks among ``items``, and None now and then so that the engine can look at its workers."""
        for item in items:
            self.tally.found += 1
            task = self._decide(item)
            if task is not None or self.tally.found % BREATH == 0:
                yield task

    def take(self, outcome: Outcome) -> list[Outcome]:
        """The outcome of a task, and with it those of the other sources of its document."""
        twins = self._working.pop(outcome.sha256, [])
        if outcome.failed:
            found = [replace(outcome, source=twin) for twin in twins]
            self.tally.failed[outcome.reason] += 1 + len(found)
        else:
            self._fresh.add(outcome.sha256)
            found = [Outcome(twin, outcome.sha256) for twin in twins]
            self.tally.done += 1
            self.tally.skipped[DUPLICATE] += len(found)
        return [outcome, *found]

    def give_up(self) -> None:
        """Take what is still being worked on out of the account: the run was stopped."""
        self.tally.found -= sum(1 + len(twins) for twins in self._working.values())
        self._working.clear()

    def remember(self, outcomes: Iterable[Outcome]) -> None:
        """Write down what the destination has taken, so that the next run can pass it by."""
        with self._ledger.together():
            for outcome in outcomes:
                state = "failed" if outcome.failed else "done"
                known = (outcome.sha256, self._version, state, outcome.reason)
                self._fresh.discard(outcome.sha256)
                self._ledger.remember(outcome.source, self._marks.pop(outcome.source, None), known)

    def _decide(self, item: Item) -> Task | None:
        if item.refused is not None:
            self._refuse(item, *item.refused)
            return None
        if self._choice.since is not None and item.modified is not None and item.modified < self._choice.since:
            self._skip(OLDER)
            return None
        known = self._ledger.known(item.source)
        if known is not None and known.version != self._version:
            known = None
        if known is not None and item.mark is not None and known.mark == item.mark and self._settled(known):
            self._skip(UNCHANGED if known.state == "done" else FAILED_BEFORE)
            return None
        try:
            data = item.load()
        except ReadError as error:
            self._fail(item, "read", error.reason, str(error))
            return None
        return self._with_content(item, data, known)

    def _with_content(self, item: Item, data: bytes, known: Known | None) -> Task | None:
        sha256 = hashlib.sha256(data).hexdigest()
        self._marks[item.source] = item.mark
        if known is not None and known.sha256 == sha256 and self._settled(known):
            self._ledger.remember(item.source, item.mark, (sha256, self._version, known.state, known.reason))
            self._marks.pop(item.source)
            self._skip(UNCHANGED if known.state == "done" else FAILED_BEFORE)
            return None
        if sha256 in self._working:
            self._working[sha256].append(item.source)
            return None
        if sha256 in self._fresh or self._ledger.version_of(sha256) == self._version:
            self.ready.append(Outcome(item.source, sha256))
            self._skip(DUPLICATE)
            return None
        self._working[sha256] = []
        return Task(item.source, sha256, data)

    def _settled(self, known: Known) -> bool:
        return known.state == "done" or not self._choice.retry_failed

    def _skip(self, reason: str) -> None:
        self.tally.skipped[reason] += 1

    def _refuse(self, item: Item, reason: str, message: str) -> None:
        if reason in NOT_REPORTS:
            self._skip(reason)
        else:
            self._fail(item, "list", reason, message)

    def _fail(self, item: Item, stage: str, reason: str, message: str) -> None:
        """An input without content; the same failure as last time is told once."""
        known = self._ledger.known(item.source)
        if known is not None and (known.state, known.sha256, known.reason) == ("failed", "", reason):
            self._skip(FAILED_BEFORE)
            return
        self._marks[item.source] = None
        self.ready.append(Outcome(item.source, "", None, stage, reason, message))
        self.tally.failed[reason] += 1
