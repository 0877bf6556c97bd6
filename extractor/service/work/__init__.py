"""Processes that read reports, and the threads that give them work."""
