"""What may be asked of the register: one business by its code, and how much of it there is. No lists."""

from dataclasses import dataclass
from datetime import date

from huiqi.core.standards.masks import mask_name
from huiqi.foundation.businesses.domain import Status, mask_inside, same_name
from huiqi.foundation.businesses.models import Registration


@dataclass(frozen=True, slots=True)
class PublicRegistration:
    """What the register publishes of a business, the person's name masked; empty or None where unknown."""

    credit_code: str
    name: str
    operator: str
    region_code: str
    industry_code: str
    established_on: date | None
    entity_type: str
    status: Status
    source: str
    observed_on: date


def find_registration(code: str) -> PublicRegistration | None:
    """The business with this credit code (18 characters, capital letters), None where there is none."""
    row = Registration.objects.filter(credit_code=code).first()
    if row is None:
        return None
    return PublicRegistration(
        credit_code=row.credit_code,
        name=mask_inside(row.name, row.operator),
        operator=mask_name(row.operator),
        region_code=row.region_code,
        industry_code=row.industry_code,
        established_on=row.established_on,
        entity_type=row.entity_type,
        status=Status(row.status),
        source=row.source,
        observed_on=row.observed_on,
    )


def is_registered_as(code: str, name: str) -> bool:
    """Whether the business with this credit code is registered under this name, brackets and spaces of any
    width being the same; so that a name somebody knows already can be compared without another leaving.
    """
    held = Registration.objects.filter(credit_code=code).values_list("name", flat=True).first()
    return held is not None and same_name(held, name)


def is_loaded(source: str, observed_on: date, count: int) -> bool:
    """Whether exactly ``count`` businesses are kept of this source, all of this day."""
    kept = Registration.objects.filter(source=source)
    return kept.count() == count == kept.filter(observed_on=observed_on).count()
