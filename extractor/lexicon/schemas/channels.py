"""``patterns/channels.yaml``: words of channels and which facts take them from where."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

TABLE = "channels"

Channel = Literal[
    "website",
    "wechat",
    "weibo",
    "douyin",
    "kuaishou",
    "video_account",
    "toutiao",
    "app",
    "new_media",
    "bulletin_board",
    "led_screen",
    "gazette",
    "newspaper",
    "broadcast",
    "archive",
    "hall",
    "hotline",
    "letter",
    "in_person",
    "fax",
    "online",
    "other",
]


class Words(BaseModel):
    """The words of one channel."""

    model_config = ConfigDict(extra="forbid")
    channel: Channel
    words: list[str]


class Channels(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    channels: list[Words]
    electronic: dict[Channel, list[Channel]]
    families: dict[str, list[Channel]]
    domain_default: dict[str, Channel]
    inherit: list[str]
    of_total: list[str]
    alone: list[Channel]
    inherit_only: dict[Channel, str]
    answers: dict[str, list[str]]
    making: list[str]
    counted_things: list[str]
    on_sites: list[str]
    general: list[str]
    general_of: list[str]
    told_behind: list[str]
    all_by: list[str]
    carry: list[str]
    no_carrier: list[str]
    no_posts: list[Channel]
    only: dict[str, list[Channel]]


MODEL = Channels
