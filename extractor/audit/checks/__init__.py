"""The rules, one module a family; ``load_rules`` imports them."""
