"""Runs one notebook without a screen and prints its cells as HTML; says how it goes in JSON lines on standard output.

usage: run_notebook.py NOTEBOOK EXECUTED_COPY CELLS TEMPLATES
"""

import json
import sys
from pathlib import Path

# jsonschema spends more than a second on this check of URLs, which notebooks do not need. It is optional.
sys.modules["rfc3987_syntax"] = None

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbconvert import HTMLExporter


def say(**message):
    print(json.dumps(message), flush=True)


def write_whole(path, text):
    """A file appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".tmp")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


def error_of(cell):
    return next((output for output in cell.outputs if output.output_type == "error"), None)


def execute(notebook, folder):
    """Returns True where every cell ran."""
    code_cells = [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.source.strip()]

    def on_start(cell, cell_index):
        if cell_index in code_cells:
            say(cell=code_cells.index(cell_index) + 1, cells=len(code_cells))

    client = NotebookClient(
        notebook,
        kernel_name="schedlab",
        timeout=None,
        startup_timeout=120,
        resources={"metadata": {"path": str(folder)}},
        on_cell_execute=on_start,
    )
    try:
        client.execute()
        return True
    except CellExecutionError:
        for number, index in enumerate(code_cells, start=1):
            error = error_of(notebook.cells[index])
            if error is not None:
                say(error=dict(cell=number, name=error.ename, message=error.evalue, traceback=list(error.traceback)))
                break
    except DeadKernelError:
        message = "the kernel ended, perhaps for lack of memory: fewer machines or steps, or --jobs 1"
        say(error=dict(cell=0, name="KernelDied", message=message, traceback=[]))
    return False


def to_html(notebook, templates):
    """Returns the cells only: the page around them is made in TypeScript."""
    exporter = HTMLExporter(
        template_name="schedlab",
        extra_template_basedirs=[templates],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
    html, _ = exporter.from_notebook_node(notebook)
    return html


def main(source, executed, cells, templates):
    notebook = nbformat.read(source, as_version=4)
    is_whole = execute(notebook, Path(source).resolve().parent)
    # Times of execution would make two equal runs differ.
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    write_whole(Path(executed), nbformat.writes(notebook))
    write_whole(Path(cells), to_html(notebook, templates))
    return 0 if is_whole else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
