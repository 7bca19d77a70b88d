from tests.services.policy.seed import library

__all__ = ["library"]
