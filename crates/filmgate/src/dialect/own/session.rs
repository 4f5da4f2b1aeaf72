//! `/filmgate/v1/session`: a browser shows its key once; a cookie that no script can read takes its place.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{HeaderValue, Method, Response};
use filmgate_wire::own::refused::Refused;
use filmgate_wire::own::session::{Enter, Session};

use super::call::{self, Answer, Shared, cookie, cookie_name, nothing, refused, respond, store};
use crate::app::App;
use crate::service::caller::Caller;
use crate::service::session::{self, Begun, SANDBOX_KEY};

/// `GET /filmgate/v1/session`
pub(super) async fn get(State(app): Shared, request: Request) -> Response<Body> {
    let Some(secret) = cookie(request.headers()).map(str::to_owned) else {
        let text =
            "There is no session: this call is for pages, other programs send their key with each request.";
        return refused(&Refused::new(401, "no_session", text));
    };
    let answer = match call::of(&app, &Method::GET, request.headers()) {
        Ok(caller) => view(&app, &caller, &secret).await,
        Err(refusal) => Err(refusal),
    };
    respond(answer)
}

/// `POST /filmgate/v1/session`
pub(super) async fn enter(State(app): Shared, request: Request) -> Response<Body> {
    let name = cookie_name(request.headers());
    match entered(&app, request).await {
        Ok((session, begun)) => with_cookie(&app, respond(Ok(session)), (&name, &begun)),
        Err(refusal) => refused(&refusal),
    }
}

async fn entered(app: &App, request: Request) -> Answer<(Session, Begun)> {
    call::from_our_host(app, request.headers())?;
    // A form of another site can post, but neither JSON nor from here.
    let is_json = request
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().to_ascii_lowercase().starts_with(b"application/json"));
    let is_from_here = call::fetched(request.headers(), "sec-fetch-site", &["same-origin", "none"]);
    if !is_json || !is_from_here {
        let text = "A session begins from this server's own page only, with a body of type application/json.";
        return Err(Refused::new(403, "csrf", text));
    }
    let Enter { key } = call::body(request).await?;
    let of = session::of_key(app, &key).map_err(|error| store(&error))?.ok_or_else(|| {
        Refused::new(
            401,
            "key_refused",
            "The key was refused: it is unknown or revoked. `filmgate keys create NAME` makes one.",
        )
    })?;
    let begun = session::begin(app, of).await.map_err(|error| store(&error))?;
    let caller = session::caller(app, &begun.secret, None).map_err(|error| store(&error))?;
    let caller =
        caller.ok_or_else(|| Refused::new(401, "key_refused", "The key was revoked a moment ago."))?;
    Ok((view(app, &caller, &begun.secret).await?, begun))
}

/// `DELETE /filmgate/v1/session`
pub(super) async fn leave(State(app): Shared, request: Request) -> Response<Body> {
    let name = cookie_name(request.headers());
    let answer = match (call::caller(&app, &request), cookie(request.headers()).map(str::to_owned)) {
        (Err(refusal), _) => Err(refusal),
        (Ok(_), Some(secret)) => session::end(&app, &secret).await.map_err(|error| store(&error)),
        (Ok(_), None) => Ok(()),
    };
    // A request that somebody else forged must not log its user out.
    let is_over = answer.as_ref().map_or_else(|refusal| refusal.status == 401, |()| true);
    let mut response = nothing(answer);
    if !is_over {
        return response;
    }
    let gone = format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    if let Ok(gone) = HeaderValue::from_str(&gone) {
        response.headers_mut().append(SET_COOKIE, gone);
    }
    response
}

/// A session, as its page sees it.
pub(crate) async fn view(app: &App, caller: &Caller, secret: &str) -> Answer<Session> {
    let account = caller.account_or_new(app).await.map_err(|error| store(&error))?;
    let balance = app.store.balance(account).map_err(|error| store(&error))?;
    let is_open = app.dev.as_ref().is_some_and(|dev| dev.only_key.is_none());
    Ok(Session {
        account: balance.name,
        csrf: session::csrf(secret),
        is_dev: app.dev.is_some(),
        sandbox_key: is_open.then(|| SANDBOX_KEY.to_owned()),
        base_url: app.link_base.clone(),
        version: env!("CARGO_PKG_VERSION"),
        available: balance.available.as_f64(),
    })
}

/// A response that begins a session, kept under this name.
pub(crate) fn with_cookie(
    app: &App,
    mut response: Response<Body>,
    (name, begun): (&str, &Begun),
) -> Response<Body> {
    let max_age_s = begun.expires.since_ms(app.heart.now()).max(0) / 1_000;
    let is_https = app.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
    let secure = if is_https { "; Secure" } else { "" };
    let secret = &begun.secret;
    let text = format!("{name}={secret}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Strict{secure}");
    if let Ok(mut value) = HeaderValue::from_str(&text) {
        value.set_sensitive(true);
        response.headers_mut().append(SET_COOKIE, value);
    }
    response.headers_mut().append(axum::http::header::VARY, HeaderValue::from_name(COOKIE));
    response
}
