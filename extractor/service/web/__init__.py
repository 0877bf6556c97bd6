"""The HTTP side: guards, access, the routes under ``/v1``."""
