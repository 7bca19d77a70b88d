"""What stands behind the proof of who runs a business."""

from huiqi.foundation.businesses.domain.proving import Claim

DEMO_WORD = "演示"


class DemoProver:
    """Proves nothing and says so: who types the word may try what a bound business can do."""

    label = "核验（演示）"
    hint = (
        f"这里是演示站，没有真的核验。请填“{DEMO_WORD}”两个字代替。"
        "正式站点在这一步要用电子营业执照或法定代表人实名核验。"
    )
    method = "演示核验，不能当作证明"

    def is_proved(self, claim: Claim) -> bool:
        return claim.given.strip(" “”\"'") == DEMO_WORD
