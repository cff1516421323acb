"""The ``rapallo`` command: imports each command on demand, turns errors into one line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import click

from rapallo.errors import RapalloError

__all__ = ["COMMANDS", "EMPTY", "Rapallo", "main", "rapallo"]

COMMANDS: Mapping[str, str] = {
    "brief": "read a text and say whom its moves rattle, and why",
    "read": "turn texts into claims, and keep them in a record",
    "who": "say who is meant by a name",
    "ties": "list what binds a state, or two",
    "events": "list what passed between two states",
    "obliged": "say who must help whom if X attacks Y",
    "leverage": "say how much one state depends on another",
    "measure": "say what a measure says of states, pairs and years",
    "dyads": "write pairs and years with measures beside them",
    "rattled": "say whom a supposed or recorded move rattles",
    "check": "hold a sentence against the record",
    "review": "work through what needs a person's judgement",
    "sources": "list the sources of a record, add datasets and tables",
    "cite": "say what to cite for rows, sources and datasets",
    "export": "write the record as tables, graph, map or statements",
    "record": "check, back up and repair a record file",
    "models": "list every model with its definition and limits",
}
EMPTY = 3


class Rapallo(click.Group):
    """A group that imports a command's module only when the command is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: D102 - fixed by click
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: D102
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"rapallo.cli.{cmd_name}").command
        return command

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: D102
        formatter.write(f"  {self.help}\n")  # without a blank line before it: all fits on one screen

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: D102
        self.format_commands(ctx, formatter)  # its own options stand in the last lines, to leave room

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: D102
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Rapallo,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nOptions: --version, -h; --actors FILE lays your own over the table.\n"
    "Exit: 0 answered, 2 bad input, 3 nothing. Dates ISO 8601; states ISO3, COW.",
)
@click.version_option(version("rapallo"), prog_name="rapallo")
@click.option(
    "--actors",
    "actor_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Lay actors of your own over the table.",
)
@click.pass_context
def rapallo(context: click.Context, actor_file: Path | None) -> None:
    """When two states sign, who is rattled, and why?"""
    if actor_file is not None:
        from rapallo.actors import using, with_extra

        context.with_resource(using(with_extra(actor_file)))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    Exit codes: 0 the question was answered; 2 the input cannot be used (one line on standard error says why);
    3 the question was understood and the answer is empty; 130 interrupted.
    """
    try:
        code = rapallo.main(args=arguments, prog_name="rapallo", standalone_mode=False)
    except RapalloError as error:
        _leave(str(error), 2)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(2)
    except click.ClickException as error:
        _leave(error.format_message().replace("\n", " "), 2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has seen enough
        sys.exit(0)
    except (click.Abort, KeyboardInterrupt):
        _leave("interrupted", 130)
    else:
        sys.exit(code if isinstance(code, int) else 0)


def _leave(message: str, code: int) -> None:
    click.echo(f"rapallo: {message}", err=True)
    sys.exit(code)
