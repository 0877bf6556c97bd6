"""A module for each table of ``patterns/``: ``TABLE`` (its name), ``MODEL`` (pydantic type), maybe ``check_whole``."""
