"""Channels that words name: one, a family of several, or none where they differ."""

from __future__ import annotations

from itertools import pairwise

from extractor.facts.cues import cues
from extractor.facts.vocabulary import vocabulary
from extractor.types import Span

QUOTE, CLOSED = "“", "”"


def channel_of(text: str, start: int, end: int) -> str | None:
    """The one channel that text[start:end] names; a family where it names several of one; None where they differ."""
    words = vocabulary()
    hits = _without_sites(text, list(words.channels.find(text, start, end)))
    if not hits:
        return None
    # words inside a name in quotes only count where there are no others
    free = {channel for (at, _), channel in hits if _is_free(text, start, at, channel)}
    seen = free or {channel for _, channel in hits}
    if "other" in seen:
        rest = seen - {"other"}
        kin = {words.family.get(channel) for channel in rest}
        if len(kin) != 1 or None in kin or not _sums_up(text, hits):
            return "other"
        seen = rest
    seen = _without_general(seen)
    whole = [channel for (at, _), channel in hits if channel in words.family.values() and text.startswith("等", at - 1)]
    if whole and at_most_family(seen, whole[0]):
        return whole[0]  # 微信等新媒体
    specific = {channel for channel in seen if channel not in words.family.values()}
    if len(specific) == 1 and all(words.family.get(next(iter(specific))) == c for c in seen - specific):
        return next(iter(specific))
    families = {words.family.get(channel, channel) for channel in seen}
    return families.pop() if len(families) == 1 else None


def _is_free(text: str, start: int, at: int, channel: str) -> bool:
    """Whether a word stands outside of quotes, or is itself what is quoted (“两微一端”)."""
    opened = text.rfind(QUOTE, start, at)
    return opened <= text.rfind(CLOSED, start, at) or (opened == at - 1 and channel in vocabulary().family.values())


def _sums_up(text: str, hits: list[tuple[Span, str]]) -> bool:
    """Whether other ways only stand for the channels before them (微信、微博等其他途径)."""
    return all(text.startswith("等", at - 1) for (at, _), channel in hits if channel == "other")


def carriers_in(text: str, start: int, end: int) -> frozenset[str]:
    """Families of the channels named in text[start:end] that information is published on."""
    words = vocabulary()
    hits = _without_columns(text, _without_sites(text, list(words.channels.find(text, start, end))))
    found = frozenset(words.family.get(channel, channel) for _, channel in hits) - words.no_posts
    rest = found - {"other"}
    return rest if len(rest) == 1 and _sums_up(text, hits) else found


def _without_columns(text: str, hits: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Hits without the boards that are columns of the site told before them (门户网站通知公告栏)."""
    kept = hits[:1]
    for (site, channel), hit in pairwise(hits):
        joined = any(joint in text[site[1] : hit[0][0]] for joint in ("，", *cues().coordinators))
        column = not joined and (channel, hit[1]) == ("website", "bulletin_board")
        kept += [] if column else [hit]
    return kept


def _without_sites(text: str, hits: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Hits without what a site or account is named after (图书馆网站, 县人民政府网微信公众号, “某某政府网”微信)."""
    accounts = {at for (at, _), channel in hits if channel in vocabulary().family}
    sites = accounts | {at for (at, _), channel in hits if channel == "website"}
    kept = vocabulary().family
    return [
        ((at, end), channel)
        for (at, end), channel in hits
        if channel in kept or _behind_quote(text, end) not in (accounts if channel == "website" else sites)
    ]


def _behind_quote(text: str, at: int) -> int:
    """The offset, behind the quote that closes there if one does."""
    return at + text.startswith(CLOSED, at)


def _without_general(channels: set[str]) -> set[str]:
    """Channels without a general one that the others are ways of (政府网站在线访谈 is on the website)."""
    for general, ways in vocabulary().electronic.items():
        others = channels - {general}
        if others and len(others) < len(channels) and others <= ways:
            return others
    return channels


def at_most_family(channels: set[str], family: str) -> bool:
    """Whether all channels are a family or its kinds."""
    return all(channel == family or vocabulary().family.get(channel) == family for channel in channels)


def names_several(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] names channels of different kinds."""
    named = any(True for _ in vocabulary().channels.find(text, start, end))
    return named and channel_of(text, start, end) is None
