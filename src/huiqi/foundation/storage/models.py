"""What is kept of what visitors spent: nothing that says who they are."""

from django.db import models


class Spending(models.Model):
    """One visitor for one purpose, by a keyed digest; see actions.allowances for ``restored_at``."""

    key = models.CharField(primary_key=True, max_length=64)
    restored_at = models.BigIntegerField(db_index=True, help_text="microseconds since 1970")

    def __str__(self) -> str:
        return self.key
