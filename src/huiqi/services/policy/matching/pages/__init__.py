"""What a visitor sees of matching: the form, the look into the register, the questions, the results."""

from huiqi.services.policy.matching.pages.form import clear, form
from huiqi.services.policy.matching.pages.prefill import confirm, lookup
from huiqi.services.policy.matching.pages.results import item, results
from huiqi.services.policy.matching.pages.saving import save
from huiqi.services.policy.matching.pages.steps import question, questions, ticks

__all__ = ["clear", "confirm", "form", "item", "lookup", "question", "questions", "results", "save", "ticks"]
