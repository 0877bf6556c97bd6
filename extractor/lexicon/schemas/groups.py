"""``patterns/groups.yaml``: named lists of words that patterns of several indicators share (@name)."""

TABLE = "groups"
MODEL = dict[str, list[str]]
