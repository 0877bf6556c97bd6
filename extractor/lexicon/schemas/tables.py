"""``patterns/tables.yaml``: official wording of the standard tables and how cells are written."""

from pydantic import BaseModel, ConfigDict

TABLE = "tables"


class Named(BaseModel):
    """A row or a column: its part of the cell key, and the wordings it is printed with."""

    model_config = ConfigDict(extra="forbid")
    key: str
    names: list[str]


class DisclosureRow(BaseModel):
    """A row of table 2: wordings and the columns of each form that prints it."""

    model_config = ConfigDict(extra="forbid")
    key: str
    names: list[str]
    columns: dict[str, list[str]]


class Application(BaseModel):
    """Table 3."""

    model_config = ConfigDict(extra="forbid")
    columns: list[Named]
    rows: list[Named]
    subtotals: list[str]


class Disclosure(BaseModel):
    """Table 2; headers carry the column key for each wording."""

    model_config = ConfigDict(extra="forbid")
    rows: list[DisclosureRow]
    headers: list[Named]


class Review(BaseModel):
    """Table 4."""

    model_config = ConfigDict(extra="forbid")
    blocks: list[Named]
    columns: list[Named]


class MoneyUnit(BaseModel):
    """A money unit, and how many 10,000 yuan one of it is (a decimal as text)."""

    model_config = ConfigDict(extra="forbid")
    name: str
    factor: str


class Cells(BaseModel):
    """How single cells are written."""

    model_config = ConfigDict(extra="forbid")
    not_applicable: list[str]
    plus: list[str]
    minus: list[str]
    units: list[str]
    money: list[MoneyUnit]


class Tables(BaseModel):
    """The whole file; similarity is the least likeness (0-100) of a printed label to an official one."""

    model_config = ConfigDict(extra="forbid")
    similarity: int
    application: Application
    disclosure: Disclosure
    review: Review
    cells: Cells


MODEL = Tables
