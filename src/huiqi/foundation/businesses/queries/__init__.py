"""The door for readers: a registration by its code, somebody's businesses, and the fact sheet."""

from huiqi.foundation.businesses.domain import Loss, Purpose, SourceKind, Standing, Status, has_code_form
from huiqi.foundation.businesses.domain.proving import Prover
from huiqi.foundation.businesses.queries.asking import (
    NOTHING,
    AnswerError,
    Field,
    Option,
    OptionGroup,
    field_of,
    read_answer,
    texts_of,
)
from huiqi.foundation.businesses.queries.businesses import (
    CodeSpan,
    OwnBusiness,
    business_of,
    business_with_code,
    code_history,
    codes_of,
    own_businesses,
    prover,
)
from huiqi.foundation.businesses.queries.credit import CodeField, read_code
from huiqi.foundation.businesses.queries.disputes import CORRECTION_KIND, case_of_dispute
from huiqi.foundation.businesses.queries.lines import (
    DisputeLine,
    FactLine,
    SheetGroup,
    disputes_of,
    groups_of,
    line_of,
)
from huiqi.foundation.businesses.queries.plan import dictionary, plan
from huiqi.foundation.businesses.queries.register import (
    PublicRegistration,
    find_registration,
    is_loaded,
    is_registered_as,
)
from huiqi.foundation.businesses.queries.sheets import Said, Sheet, SheetFact, digest_of, latest_of, sheet_for

__all__ = [
    "CORRECTION_KIND",
    "NOTHING",
    "AnswerError",
    "CodeField",
    "CodeSpan",
    "DisputeLine",
    "FactLine",
    "Field",
    "Loss",
    "Option",
    "OptionGroup",
    "OwnBusiness",
    "Prover",
    "PublicRegistration",
    "Purpose",
    "Said",
    "Sheet",
    "SheetFact",
    "SheetGroup",
    "SourceKind",
    "Standing",
    "Status",
    "business_of",
    "business_with_code",
    "case_of_dispute",
    "code_history",
    "codes_of",
    "dictionary",
    "digest_of",
    "disputes_of",
    "field_of",
    "find_registration",
    "groups_of",
    "has_code_form",
    "is_loaded",
    "is_registered_as",
    "latest_of",
    "line_of",
    "own_businesses",
    "plan",
    "prover",
    "read_answer",
    "read_code",
    "sheet_for",
    "texts_of",
]
