"""The auditors' page."""
