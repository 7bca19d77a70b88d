"""The site with one more room, that of the trial kinds, for processes of their own."""

from huiqi.config import settings as site

globals().update({name: getattr(site, name) for name in dir(site) if name.isupper()})
INSTALLED_APPS = [*site.INSTALLED_APPS, "tests.foundation.outbox.trial_room.TrialKinds"]
