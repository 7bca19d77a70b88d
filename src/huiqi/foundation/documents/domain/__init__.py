"""Which files are taken and how they are kept, and what an issued PDF is: no database, no Django."""

from huiqi.foundation.documents.domain.checking import Checked, checked, too_large
from huiqi.foundation.documents.domain.codes import NUMBER_FORM, code_from, in_groups, spellings, typed_code
from huiqi.foundation.documents.domain.holders import Holder, IssuedPdf, KeptDocument
from huiqi.foundation.documents.domain.kinds import ACCEPT, KINDS, TAKEN, Kind
from huiqi.foundation.documents.domain.names import shown_name
from huiqi.foundation.documents.domain.prints import TEMPLATES, PrintContent, printable
from huiqi.foundation.documents.domain.refusals import RefusedError
from huiqi.foundation.documents.domain.sealing import DamagedFileError, new_key, sealed, unsealed
from huiqi.foundation.documents.domain.states import LABELS, ScanState, may_be_served

__all__ = [
    "ACCEPT",
    "KINDS",
    "LABELS",
    "NUMBER_FORM",
    "TAKEN",
    "TEMPLATES",
    "Checked",
    "DamagedFileError",
    "Holder",
    "IssuedPdf",
    "KeptDocument",
    "Kind",
    "PrintContent",
    "RefusedError",
    "ScanState",
    "checked",
    "code_from",
    "in_groups",
    "may_be_served",
    "new_key",
    "printable",
    "sealed",
    "shown_name",
    "spellings",
    "too_large",
    "typed_code",
    "unsealed",
]
