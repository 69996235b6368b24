"""Make the app: extensions, blueprints, the checks that stand before every view, headers, error pages."""

import uuid
from pathlib import Path
from types import ModuleType

from flask import (
    Flask,
    Response,
    current_app,
    flash,
    g,
    get_template_attribute,
    json,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import Babel, get_locale, gettext
from flask_login import LoginManager, current_user
from flask_migrate import Migrate
from jinja2 import StrictUndefined
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as BaseResponse

import config
from advocates import clock, commands, form_token, formatting, idempotency, jobs, schema, uploads, worker
from advocates.access import Permission, Role
from advocates.admissions import views as admissions
from advocates.assessments import views as assessments
from advocates.attendance import views as attendance
from advocates.audit import views as audit
from advocates.calendars import views as calendars
from advocates.check_in import guarding
from advocates.check_in import views as check_in
from advocates.cohorts import views as cohorts
from advocates.cohorts.seats import CohortClosed
from advocates.credentials import views as credentials
from advocates.curriculum import views as curriculum
from advocates.database import db, start_reading
from advocates.drafting import views as drafting
from advocates.equivalence import views as equivalence
from advocates.evaluations import views as evaluations
from advocates.grading import views as grading
from advocates.legacy import views as legacy
from advocates.linking import views as linking
from advocates.mark_files import views as mark_files
from advocates.materials import views as materials
from advocates.messages import views as messages
from advocates.overview import views as overview
from advocates.people import signing_in
from advocates.people import views as people
from advocates.people.registering import EmailTaken
from advocates.question_bank import views as question_bank
from advocates.schedule import views as schedule
from advocates.sittings import views as sittings
from advocates.skills import views as skills
from advocates.staffing import views as staffing
from advocates.transfers import views as transfers

ROOT = Path(config.ROOT)
FEATURES: tuple[ModuleType, ...] = (
    people,
    messages,
    curriculum,
    drafting,
    cohorts,
    legacy,
    linking,
    admissions,
    schedule,
    skills,
    staffing,
    materials,
    question_bank,
    calendars,
    attendance,
    mark_files,
    check_in,
    assessments,
    evaluations,
    grading,
    sittings,
    equivalence,
    transfers,
    credentials,
    audit,
    overview,
)
TABLES = schema.TABLES
READS = {"GET", "HEAD", "OPTIONS"}


def create_app(settings: config.Config) -> Flask:
    """The WSGI app for these settings. Raises when a route does not declare its permission."""
    app = Flask(
        "advocates",
        root_path=str(ROOT),
        template_folder="templates",
        static_folder="static",
        instance_path=str(config.INSTANCE),
    )
    _configure(app, settings)
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    Babel(app, default_translation_directories=str(ROOT / "translations"), locale_selector=_language)
    jobs.connect(app, settings.jobs_path)
    _sign_ins(app)
    for feature in FEATURES:
        app.register_blueprint(feature.blueprint)
    _templates(app)
    app.before_request(_before_view)
    app.after_request(_secure)
    _error_pages(app)
    worker.register(app)
    commands.register(app)
    _every_route_declares_its_permission(app)
    return app


def _configure(app: Flask, settings: config.Config) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SETTINGS=settings,
        BASE_ADDRESS=settings.base_address.rstrip("/"),
        TRUSTED_HOSTS=[settings.host, "127.0.0.1", "localhost"],
        ARGON2_MEMORY_KIB=settings.argon2_memory_kib,
        MAX_CONTENT_LENGTH=settings.largest_upload_bytes,
        MAX_FORM_PARTS=5000,
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="__Host-flash" if settings.is_https else "flash",
        SEND_FILE_MAX_AGE_DEFAULT=3600,
        BABEL_DEFAULT_LOCALE="en",
    )
    if settings.database_url.startswith("sqlite:///"):
        Path(settings.database_url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)


def _language() -> str:
    """The person's own language where the pages are translated into it."""
    return formatting.spoken(current_user.language if current_user and current_user.is_authenticated else "")


def _sign_ins(app: Flask) -> None:
    """Flask-Login only holds the person: identity is our own cookie for a row on the server."""
    login = LoginManager(app)
    login.session_protection = None

    @login.request_loader
    def _load(_request: object) -> object:
        token = request.cookies.get(form_token.cookie_name(form_token.SIGN_IN))
        return signing_in.find_actor(token) if token and "has_failed" not in g else None


def _templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.autoescape = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        form_token=form_token.form_token,
        get_locale=get_locale,
        new_request_key=lambda: str(uuid.uuid4()),
        now=clock.now,
        Permission=Permission,
        Role=Role,
        quick_exit_address=app.config["SETTINGS"].quick_exit_address,
        program_zone=app.config["SETTINGS"].time_zone,
    )
    formatting.register_filters(app)


def _before_view() -> BaseResponse | None:
    """Open the right transaction, then check in order: the permission, the form, and whether it was done before."""
    if request.endpoint == "static":
        return None
    if request.method in READS:
        start_reading(db.session)
    if (kiosk_screen := guarding.guard_kiosk()) is not None:
        return kiosk_screen
    if request.endpoint is None:
        return None
    permission: Permission = getattr(current_app.view_functions[request.endpoint], "permission")  # noqa: B009
    if permission is not Permission.PUBLIC:
        if not current_user.is_authenticated:
            return _error(401, None) if _wants_json() else _to_sign_in()
        if not current_user.may(permission):
            return _error(403, None)
    if request.method in READS:
        return None
    uploads.make_room(current_app.view_functions[request.endpoint])
    form_token.check_form_token()
    return idempotency.replayed() if current_user.is_authenticated else None


def _to_sign_in() -> BaseResponse:
    if request.method in READS:
        return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")), 303)
    flash(
        gettext("You were signed out in the meantime. Sign in, then send the form again: nothing was changed."),
        "warning",
    )
    return redirect(url_for("people.sign_in"), 303)


def _secure(response: Response) -> Response:
    form_token.keep_visitor(response)
    guarding.forget_kiosk(response)
    headers = response.headers
    headers.setdefault(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'",
    )
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    headers["X-Robots-Tag"] = "noindex, nofollow"
    if response.headers.get("Strict-Transport-Security") is None and form_token.cookie_name("x") != "x":
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint != "static":
        headers["Cache-Control"] = "no-store"
    return response


def _error_pages(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(IntegrityError, _collision)
    app.register_error_handler(EmailTaken, _collision)
    app.register_error_handler(CohortClosed, _closed)
    app.register_error_handler(Exception, _failure)


def _http_error(error: HTTPException) -> BaseResponse:
    if error.response is not None:
        return BaseResponse.force_type(error.response)  # type: ignore[arg-type]
    if isinstance(error, SecurityError):
        return Response("This address is not served here.", 400, mimetype="text/plain")
    said = error.description if error.code in {400, 409, 429} else None
    return _error(error.code or 500, said)


def _collision(error: IntegrityError | EmailTaken) -> Response:
    """Somebody else wrote the same at the same moment. What the database says of it may hold names: only which rule."""
    db.session.rollback()
    diagnosis = getattr(getattr(error, "orig", None), "diag", None)
    rule = getattr(diagnosis, "constraint_name", None) or getattr(error, "statement", None)
    current_app.logger.error("a write met another: %s %s", type(error).__name__, rule)
    return _error(409, None)


def _closed(_error_: CohortClosed) -> Response:
    db.session.rollback()
    return _error(409, gettext("This cohort is closed, so nothing of it is planned any more. Reopen it first."))


def _busy(error: OperationalError) -> Response:
    """The page shows nobody as signed in: finding out would fail again."""
    g.has_failed = True
    db.session.rollback()
    current_app.logger.exception("the database could not be reached", exc_info=error)
    return _error(503, None)


def _failure(error: Exception) -> Response:
    g.has_failed = True
    db.session.rollback()
    if current_app.testing:
        raise error
    current_app.logger.exception("a request failed", exc_info=error)
    return _error(500, None)


def _error(code: int, said: str | None) -> Response:
    """A page with the sentence; for a script that asked for JSON, the sentence alone."""
    if _wants_json():
        sentence = get_template_attribute("errors/_words.html", "sentence")
        return Response(json.dumps({"message": str(sentence(code, said))}), code, mimetype="application/json")
    return Response(render_template("errors/error.html", code=code, said=said), code)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _every_route_declares_its_permission(app: Flask) -> None:
    for endpoint, view in app.view_functions.items():
        if endpoint != "static" and not isinstance(getattr(view, "permission", None), Permission):
            raise RuntimeError(f"{endpoint} does not declare its permission with @requires")
