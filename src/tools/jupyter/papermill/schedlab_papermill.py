"""Lets papermill set the parameters of notebooks that run on the kernel schedlab.

papermill has entry points for engines, none for translators of parameters: loading this engine, which every
start of papermill does, registers the translator.
"""

import json

from papermill.engines import NBClientEngine as Engine
from papermill.translators import Translator, papermill_translators


class SchedlabTranslator(Translator):
    """Writes the cell that papermill puts before the first one, where notebook() reads its values."""

    @classmethod
    def codify(cls, parameters, comment="Parameters"):
        # Twice: JSON, and the JSON as a string of TypeScript.
        text = json.dumps(json.dumps(parameters, default=str))
        # "void": the notebook would show the value of an assignment.
        return f"// {comment}\nvoid (process.env.SCHEDLAB_PARAMETERS = {text});\n"


papermill_translators.register("schedlab", SchedlabTranslator)

__all__ = ["Engine"]
