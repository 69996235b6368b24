"""Paper: HTML and one style sheet become a tagged PDF/A-3a and PDF/UA-1 file, the same bytes every time.

Knows no feature. Nothing is ever fetched from the network or from a path: style sheets, pictures and fonts come from
the fixed list of this project's print files, and whatever else a page asks for stops the rendering.
"""

import functools
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

ROOT = Path(__file__).resolve().parent.parent
PRINT_FILES = ROOT / "static" / "print"
FONT_FILES = ROOT / "static" / "vendor" / "fonts"
# No such host can exist, so an address that slips past the fetcher leads nowhere.
ASSETS = "https://asset.invalid/static/"
FONTS = (
    "EBGaramond_400Regular.ttf",
    "EBGaramond_400Regular_Italic.ttf",
    "EBGaramond_500Medium.ttf",
    "PublicSans_400Regular.ttf",
    "PublicSans_600SemiBold.ttf",
    "NotoSansArabic_400Regular.ttf",
    "NotoSansSC_400Regular.ttf",
)
MEDIA_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".ttf": "font/ttf", ".png": "image/png"}

# WeasyPrint states one standard per file; a file that meets both may state both (ISO 19005-3 asks for the schema).
PDF_UA_STATEMENT = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"""

# Pango and a FontConfiguration shared between threads corrupt memory: one rendering at a time in a process.
_one_at_a_time = threading.Lock()


class AssetRefused(Exception):
    """A page to print asked for something outside the fixed list of print files, or one of those is missing."""


class LockedFetcher(URLFetcher):
    """Serves the project's print files and the pictures handed in with one document; refuses everything else."""

    def __init__(self, pictures: Mapping[str, bytes]):
        super().__init__()
        self._pictures = {ASSETS + name: body for name, body in pictures.items()}
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url in self._pictures:
            body = self._pictures[url]
        elif url in _print_files():
            body = _read(url)
        else:
            self.refused.append(url)
            raise FatalURLFetchingError(f"not one of the print files: {url[:200]}")
        return URLFetcherResponse(url, body, {"Content-Type": MEDIA_TYPES[Path(url).suffix]})


@functools.cache
def _print_files() -> dict[str, Path]:
    files = {f"{ASSETS}print/{path.name}": path for path in PRINT_FILES.iterdir()}
    return files | {f"{ASSETS}vendor/fonts/{name}": FONT_FILES / name for name in FONTS}


@functools.cache
def _read(url: str) -> bytes:
    try:
        return _print_files()[url].read_bytes()
    except OSError as failure:
        # Any other exception WeasyPrint only logs, and prints in whatever font the machine has.
        raise FatalURLFetchingError(f"print file missing: {failure.filename}") from failure


@functools.cache
def _font_configuration() -> FontConfiguration:
    return FontConfiguration()


@functools.cache
def _style_sheet(name: str) -> CSS:
    return CSS(url=f"{ASSETS}print/{name}", url_fetcher=LockedFetcher({}), font_config=_font_configuration())


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )


def fill_template(template: str, translate: Callable[[str], str] = str, /, **values: object) -> str:
    """The filled template as HTML, every value escaped; needs no request. `translate` takes an English message."""
    return _environment().get_template(template).render(gettext=translate, _=translate, **values)


def render_pdf(html: str, style_sheet: str, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Print a complete HTML document with a sheet of `static/print/`; equal arguments give equal bytes.

    `pictures` maps a relative address used in the document (`qr.svg`) to its content.
    Raises AssetRefused when the document asks for any other address, or a font was never installed.
    """
    fetcher = LockedFetcher(pictures or {})
    with _one_at_a_time:
        try:
            pdf = _print(html, style_sheet, fetcher)
        except FatalURLFetchingError as refusal:
            # WeasyPrint derives it from BaseException, which would end a worker instead of failing one document.
            raise AssetRefused(str(refusal)) from refusal
    if fetcher.refused:
        # Inside a drawing WeasyPrint swallows the refusal and leaves the drawing out.
        raise AssetRefused(f"not one of the print files: {fetcher.refused[0][:200]}")
    return pdf


def _print(html: str, style_sheet: str, fetcher: LockedFetcher) -> bytes:
    document = HTML(string=html, base_url=ASSETS, url_fetcher=fetcher).render(
        font_config=_font_configuration(),
        stylesheets=[_style_sheet("fonts.css"), _style_sheet(style_sheet)],
        pdf_variant="pdf/a-3a",
    )
    _state_pdf_ua(document.metadata)
    return document.write_pdf(pdf_variant="pdf/a-3a")


def _state_pdf_ua(metadata) -> None:
    generate = metadata.generate_rdf_metadata

    def generate_with_statement(*arguments) -> bytes:
        return generate(*arguments).replace(b"</rdf:RDF>", PDF_UA_STATEMENT)

    metadata.generate_rdf_metadata = generate_with_statement
