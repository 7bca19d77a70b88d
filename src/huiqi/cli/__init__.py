"""`huiqi …`: the command line."""

import click

from huiqi import __version__

try:
    from huiqi.cli.audit import audit
    from huiqi.cli.cases import cases
    from huiqi.cli.errors import PlainErrors
    from huiqi.cli.explain import explain
    from huiqi.cli.jobs import jobs
    from huiqi.cli.keys import keys
    from huiqi.cli.lint import lint
    from huiqi.cli.match import match
    from huiqi.cli.parameters import parameters
    from huiqi.cli.register import register
    from huiqi.cli.rights import rights
    from huiqi.cli.site import demo, serve
    from huiqi.cli.upkeep import checked, reports
except KeyboardInterrupt:  # the libraries below take half a second to load
    raise SystemExit(130) from None


@click.group(cls=PlainErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="huiqi", message="%(prog)s %(version)s", help="显示版本号")
def main() -> None:
    """焦个企惠：哪家经营主体符合哪项政策，为什么。"""


for _command in (
    audit,
    cases,
    lint,
    explain,
    match,
    register,
    checked,
    reports,
    keys,
    jobs,
    rights,
    parameters,
    demo,
    serve,
):
    main.add_command(_command)
