"""The settings of the site, with the addresses of the plain pages added."""

from huiqi.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.plain.urls"
