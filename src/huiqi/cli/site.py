"""`huiqi demo` and `huiqi serve`: the site from one command."""

import os
from types import ModuleType

import click

from huiqi.cli.errors import refuse
from huiqi.cli.wording import ChineseCommand, Whole

CITY_SIZE = 20_000


def address(command: click.decorators.FC) -> click.decorators.FC:
    """Add --host, --port and --workers."""
    command = click.option("--workers", type=Whole(1, 64), default=1, help="工作进程数")(command)
    command = click.option("--port", type=Whole(1, 65535), default=8000, help="端口，默认 8000")(command)
    return click.option("--host", metavar="地址", default="127.0.0.1", help="监听地址，默认只供本机访问")(
        command
    )


@click.command(cls=ChineseCommand)
@address
@click.option("--advance", metavar="5wd", help="把演示的日期往后拨：5wd 是 5 个工作日，3d 是 3 天")
@click.option(
    "--businesses",
    type=Whole(1, 1_000_000),
    default=CITY_SIZE,
    help="演示城市有多少家经营主体，默认 20000",
)
def demo(host: str, port: int, workers: int, advance: str | None, businesses: int) -> None:
    """准备并打开演示城市；带 --advance 时只拨动演示的日期。"""
    running = site()
    if advance is not None:
        click.echo(f"演示的日期已拨到 {running.advance_clock(advance)}")
        return
    running.check_address(host, port)
    click.echo(running.prepare_demo(businesses))
    click.echo(f"请用浏览器打开 http://localhost:{port}（按 Ctrl+C 结束）")
    running.run_server(host, port, workers)


@click.command(cls=ChineseCommand)
@address
def serve(host: str, port: int, workers: int) -> None:
    """打开网站（先把数据库和政策库准备好）。"""
    running = site()
    running.check_address(host, port)
    click.echo(running.prepare_site())
    click.echo(f"网站开在 http://{host}:{port}（按 Ctrl+C 结束）")
    running.run_server(host, port, workers)


def site() -> ModuleType:
    """Bring Django up and return the module that runs the site."""
    bring_up()
    from huiqi.cli import running  # noqa: PLC0415 - models only load after setup

    return running


def bring_up() -> None:
    """Bring Django up; a wrong setting is told as a sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiqi.config.settings")
    import django  # noqa: PLC0415 - the other commands need no Django, and models only load after setup
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    try:
        django.setup()
    except ImproperlyConfigured as mistake:
        refuse(str(mistake))
