"""The door for writers: the office that runs the platform."""

from huiqi.foundation.accounts.actions.offices import PLATFORM, platform_office

__all__ = ["PLATFORM", "platform_office"]
