"""``patterns/subjects.yaml``: words that name a body, a scope, a site or an account."""

from pydantic import BaseModel, ConfigDict

TABLE = "subjects"


class Subjects(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    scopes: list[str]
    bodies: list[str]
    carriers: list[str]
    stops: list[str]
    counters: list[str]
    places: list[str]
    not_place: list[str]
    actors: list[str]
    acts: list[str]
    account_acts: list[str]
    not_actor: list[str]
    whole: str
    office: str
    not_office: list[str]
    each: list[str]
    members: list[str]
    delegating: list[str]
    publishing: list[str]
    in_name: list[str]
    issued: list[str]
    in_name_of: str
    government_pair: str
    site_by_means: str
    before_names: str
    taking: list[str]
    handed: list[str]
    some: list[str]
    short_verbs: list[str]
    contests: list[str]
    among: str
    judging: str
    inside: str
    ranking_measures: list[str]
    halls: list[str]
    hall_domains: list[str]
    counted: list[str]
    own_names: list[str]
    bare: list[str]
    whole_words: list[str]
    in_names: list[str]
    means: list[str]
    named_only: list[str]
    columns: list[str]
    parts: list[str]
    away: list[str]
    titles: list[str]
    mailboxes: list[str]
    mail_codes: list[str]
    post_domains: list[str]
    weak: list[str]
    weak_after: list[str]
    weak_before: list[str]
    not_after: list[str]
    objects: list[str]
    ordinals: list[str]
    opens_after: list[str]
    web: str
    others: list[str]
    not_sites: list[str]
    base_before: list[str]
    not_before: list[str]


MODEL = Subjects
