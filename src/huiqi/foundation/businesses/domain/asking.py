"""What is particular to some facts when they are asked."""

from collections.abc import Mapping

REGION = "region_code"
# Whoever is the first is the second too; people tick only one of the two.
IMPLIED_MEMBERS: Mapping[str, Mapping[str, str]] = {
    "owner_identity": {"college_graduate_2y": "college_graduate_5y"},
}
