"""Rooms every service stands on. None of them knows a service."""
