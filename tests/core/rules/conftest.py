"""Property tests here may take as long as they take: the machine that runs them may be busy."""

from hypothesis import settings

settings.register_profile("rules", deadline=None)
settings.load_profile("rules")
