"""What is kept of the register of businesses: what anybody may see of it."""

from django.db import models

from huiqi.foundation.businesses.domain import Status


class Registration(models.Model):
    """One registered business as ``source`` showed it on ``observed_on``; what it does not say is empty."""

    credit_code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=200, blank=True)
    operator = models.CharField(max_length=200, blank=True)
    region_code = models.CharField(max_length=6, blank=True)
    industry_code = models.CharField(max_length=5, blank=True)
    established_on = models.DateField(null=True)
    entity_type = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=10, choices=[(each, each) for each in Status])
    source = models.CharField(max_length=40, db_index=True)
    observed_on = models.DateField()

    def __str__(self) -> str:
        return self.credit_code
