"""The answers of whoever acts for a business: its fact sheet, and the device's where that is silent."""

from datetime import date

from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.businesses.queries import Purpose, business_of, sheet_for
from huiqi.services.policy.library.queries import Library
from huiqi.services.policy.matching.domain import REGION
from huiqi.services.policy.matching.queries.answers import Answers, read_answers
from huiqi.services.policy.matching.queries.registrations import is_home


def answers_for(actor: Actor, sealed: str | None, library: Library, as_of: date) -> Answers:
    """The answers in a cookie, on the sheet of the business the actor acts for in their own name; three
    questions to the database more where they act for one.
    """
    answers = read_answers(sealed, library.dictionary)
    business = business_of(actor)
    if business is None:
        return answers
    sheet = sheet_for(actor, business, as_of, Purpose.POLICY_MATCH)
    values = {fact: value for fact, value in sheet.values.items() if fact in library.dictionary}
    if not is_home(str(values.get(REGION, ""))):
        values.pop(REGION, None)
    return answers.with_sheet(values, sheet.sources)
