"""The build backend of schedlab_papermill (PEP 517): packs the one file, without setuptools and network."""

import zipfile
from pathlib import Path

NAME = "schedlab_papermill"
FOLDER = f"{NAME}-0.1.0.dist-info"
FILES = {
    f"{NAME}.py": Path(__file__).with_name(f"{NAME}.py").read_text(encoding="utf-8"),
    f"{FOLDER}/METADATA": "Metadata-Version: 2.1\nName: schedlab-papermill\nVersion: 0.1.0\n",
    f"{FOLDER}/WHEEL": "Wheel-Version: 1.0\nGenerator: schedlab\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    f"{FOLDER}/entry_points.txt": f"[papermill.engine]\nschedlab = {NAME}:Engine\n",
}


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    name = f"{NAME}-0.1.0-py3-none-any.whl"
    # pip fills in the checksums.
    files = {**FILES, f"{FOLDER}/RECORD": "".join(f"{path},,\n" for path in [*FILES, f"{FOLDER}/RECORD"])}
    with zipfile.ZipFile(Path(wheel_directory) / name, "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
    return name
