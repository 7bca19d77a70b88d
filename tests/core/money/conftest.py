"""Property tests here may take as long as they take: the machine that runs them may be busy."""

from hypothesis import settings

settings.register_profile("money", deadline=None)
settings.load_profile("money")
