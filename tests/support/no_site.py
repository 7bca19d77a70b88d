SECRET_KEY = "no site yet"  # noqa: S105
USE_TZ = True
