"""Codes that mean more the longer they are: divisions and industries."""


def prefix_covers(scope: str, entity: str) -> bool | None:
    """Does `scope` contain `entity`? Both are significant prefixes, an empty one is everything.

    None where the entity is known only more coarsely than the scope asks: F against F52.
    """
    if entity.startswith(scope):
        return True
    return None if scope.startswith(entity) else False
