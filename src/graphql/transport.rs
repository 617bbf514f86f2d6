//! GraphQL over HTTP, to the letter of the draft: which request is one, what is refused before it
//! runs, what an answer looks like and how long it holds. Works on plain values (`transport_wire`);
//! sockets and frameworks belong to `http`.

use std::{borrow::Cow, io::Write, pin::Pin, sync::Arc};

use async_graphql::{
    ErrorExtensionValues, Executor, Pos, Request, Response, ServerError, Value,
    parser::{
        parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationType},
    },
};
use serde::Serialize;
use tokio::sync::Semaphore;

use crate::domain::access::Actor;

use super::{
    desk,
    guard::{self, LIMITS},
    guard_schema::Shapes,
    language::Language,
    nulls::Selected,
    outcome::OUTAGE,
    schema::COMPLEXITY,
    transport_answers::{Answer, Answers, Key, key, short},
    transport_asked::{self, find},
    transport_documents::Documents,
    transport_nul,
    transport_persisted::Persisted,
    transport_wire::{Incoming, Lang, Media, Outgoing, Verb, never_ran, refuse, takes_gzip},
};

/// More errors than this say nothing new.
const ERRORS: usize = 10;
/// The longest error message that is passed on.
const MESSAGE: usize = 300;
/// What a change is charged.
const MUTATION_POINTS: u64 = 5;
/// The longest answer.
const RESPONSE_BYTES: usize = 4 * 1024 * 1024;

/// The record as it stands while one request is answered: all its figures come from here.
pub struct Edition {
    /// Names the edition: revision, day, and versions of the method and the program. Equal tags give equal answers.
    pub tag: String,
    /// Gives a request what its resolvers need.
    pub attach: Box<dyn FnOnce(Request) -> Request + Send>,
}

/// Takes the edition of this moment; `None` until the first one is loaded.
pub type Editions = Box<dyn Fn() -> Option<Edition> + Send + Sync>;

trait Engine: Send + Sync {
    fn run(&self, request: Request) -> Pin<Box<dyn Future<Output = Response> + Send + '_>>;
}

impl<E: Executor> Engine for E {
    fn run(&self, request: Request) -> Pin<Box<dyn Future<Output = Response> + Send + '_>> {
        Box::pin(self.execute(request))
    }
}

/// How much the service may do at once and keep.
#[derive(Clone, Copy, Debug)]
pub struct Capacity {
    /// Operations in execution; one more is refused.
    pub executing: usize,
    /// Bytes of kept answers; 0 keeps none.
    pub answer_bytes: u64,
}

impl Default for Capacity {
    fn default() -> Self {
        Self { executing: 32, answer_bytes: 64 * 1024 * 1024 }
    }
}

/// A schema behind the guard, ready to be asked.
pub struct Service {
    engine: Box<dyn Engine>,
    editions: Editions,
    shapes: Shapes,
    persisted: Persisted,
    documents: Documents,
    answers: Answers,
    executing: Semaphore,
    realm: Realm,
}

/// Whom a schema is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Realm {
    /// Everyone: answers may be kept and shared, and the schema describes itself.
    Public,
    /// Those who are signed in: nobody else is answered, and no answer is kept.
    Desk,
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
}

impl Service {
    /// Puts `schema`, whose description is `sdl`, behind the guard.
    pub fn new<E: Executor>(
        schema: E,
        sdl: &str,
        persisted: Persisted,
        editions: Editions,
        capacity: Capacity,
    ) -> Self {
        Self {
            realm: Realm::Public,
            engine: Box::new(schema),
            editions,
            shapes: Shapes::of(sdl),
            persisted,
            documents: Documents::new(),
            answers: Answers::new(capacity.answer_bytes),
            executing: Semaphore::new(capacity.executing),
        }
    }

    /// The same for those who are signed in.
    #[must_use]
    pub fn for_the_desk(self) -> Self {
        Self { realm: Realm::Desk, answers: Answers::new(0), ..self }
    }

    /// Answers one request.
    pub async fn answer(&self, incoming: &Incoming<'_>) -> Outgoing {
        let Some(media) = Media::negotiate(incoming.accept) else {
            return refuse(
                Media::Json,
                406,
                "NOT_ACCEPTABLE",
                "accept application/graphql-response+json or application/json",
            );
        };
        let out = match self.negotiated(incoming, media).await {
            Ok(out) | Err(out) => out,
        };
        out.with("vary", "Accept, Accept-Language, Accept-Encoding")
    }

    async fn negotiated(&self, incoming: &Incoming<'_>, media: Media) -> Result<Outgoing, Outgoing> {
        if let Some(why) = transport_asked::unread_type(incoming.verb, incoming.content_type, incoming.content_encoding)
        {
            return Err(refuse(media, 415, "UNSUPPORTED_MEDIA_TYPE", why));
        }
        let pairs: Vec<_> = url::form_urlencoded::parse(incoming.query.as_bytes()).collect();
        let lang = Lang::negotiate(find(&pairs, "lang"), incoming.accept_language);
        let Some(edition) = (self.editions)() else {
            return Err(refuse(media, 503, "NOT_READY", "the record is still being loaded").with("retry-after", "2"));
        };
        let key = match incoming.verb {
            Verb::Get => key(&[
                b"get",
                lang.code().as_bytes(),
                edition.tag.as_bytes(),
                &optional(find(&pairs, "id")),
                &optional(find(&pairs, "query")),
                &optional(find(&pairs, "operationName")),
                &optional(find(&pairs, "variables")),
                &optional(find(&pairs, "extensions")),
            ]),
            Verb::Post => key(&[b"post", lang.code().as_bytes(), edition.tag.as_bytes(), incoming.body]),
        };
        // Two answers never have one name, whatever address whoever asks has them from.
        let etag = format!("W/\"{}-{}-{}\"", edition.tag, lang.code(), short(&key));
        // What somebody is answered is theirs; what anybody is answered is everybody's.
        let is_shared = self.realm == Realm::Public && incoming.caller.actor == Actor::Anonymous;
        let fresh = is_shared
            && incoming.verb == Verb::Get
            && incoming.if_none_match.is_some_and(|tags| matches_tag(tags, &etag));
        if is_shared && let Some(answer) = self.answers.get(&key) {
            let mut out = if fresh { not_modified(media, etag) } else { reply(&answer, incoming, media, etag) };
            // It was paid for when it was made.
            out.points = out.points.min(1);
            return Ok(out);
        }
        let (request, points, reads) = self.prepare(incoming, media, &pairs)?;
        if fresh {
            return Ok(not_modified(media, etag));
        }
        let mut request = request.data(lang).data(Language::from(lang)).data(Arc::clone(incoming.caller));
        if self.realm == Realm::Desk {
            request = desk::attach(request, incoming.caller);
        }
        let answer = self
            .execute((is_shared && reads).then_some(key), request, edition, incoming, points)
            .await
            .ok_or_else(|| {
                refuse(media, 503, "OVERLOADED", "too many operations are running; try again").with("retry-after", "1")
            })?;
        let mut out = reply(&answer, incoming, media, etag);
        if !is_shared {
            out.headers.retain(|(name, _)| !matches!(*name, "etag" | "cache-control"));
            out = out.with("cache-control", "no-store");
        }
        Ok(out)
    }

    /// Reads the request and lets it pass the guard.
    fn prepare(
        &self,
        incoming: &Incoming<'_>,
        media: Media,
        pairs: &[(Cow<'_, str>, Cow<'_, str>)],
    ) -> Result<(Request, u64, bool), Outgoing> {
        let asked = match incoming.verb {
            Verb::Get => transport_asked::of_address(pairs),
            Verb::Post => transport_asked::of_body(incoming.body),
        };
        let mut asked = asked.map_err(|why| refuse(media, 400, "BAD_REQUEST", &why))?;
        let mut request = match (asked.named(), asked.query) {
            (Some(id), None) => {
                let known = self.persisted.get(&id).ok_or_else(|| {
                    refuse(media, 400, "PERSISTED_QUERY_NOT_FOUND", "no query is known by this id; send its text")
                })?;
                let mut request = Request::new(known.text.as_str());
                request.set_parsed_query(known.document.clone());
                request
            }
            (None, Some(query)) => self.written(query, media)?,
            _ => return Err(refuse(media, 400, "BAD_REQUEST", "send either a query or the id of one")),
        };
        let mut variables = asked.variables.unwrap_or_default();
        transport_nul::strip(&mut variables);
        let document = parsed(&mut request, media)?;
        // Before the query is held against the schema: what it says of a wrong field is for those who are signed in.
        if self.realm == Realm::Desk && incoming.caller.actor == Actor::Anonymous {
            return Err(refuse(media, 403, "UNAUTHENTICATED", "sign in first"));
        }
        let cost = guard::check(document, &variables, &self.shapes, &LIMITS).map_err(|why| too_large(media, why))?;
        let kind = kind_of(document, asked.operation_name.as_deref()).unwrap_or(OperationType::Query);
        let reads = kind != OperationType::Mutation;
        if !reads && !incoming.caller.may_change && incoming.verb == Verb::Post {
            let why = "a change needs the header X-OD100-CSRF: 1 and must come from a page of this site";
            tracing::info!(rule = "csrf", "a query was refused");
            return Err(refuse(media, 403, "CSRF", why));
        }
        if incoming.verb == Verb::Get && kind != OperationType::Query {
            return Err(
                refuse(media, 405, "METHOD_NOT_ALLOWED", "only queries may be sent with GET").with("allow", "POST")
            );
        }
        request.operation_name = asked.operation_name;
        request.variables = variables;
        Ok((request, cost.nodes / 100 + if reads { 1 } else { MUTATION_POINTS }, reads))
    }

    /// The request of a query's text, which is parsed unless it was before.
    fn written(&self, query: String, media: Media) -> Result<Request, Outgoing> {
        if let Some(document) = self.documents.get(&query) {
            let mut request = Request::new(query);
            request.set_parsed_query(document);
            return Ok(request);
        }
        if transport_nul::writes(&query) {
            return Err(refuse_query(media, "BAD_USER_INPUT", "a text of the query holds a NUL; leave it out", None));
        }
        guard::tokens(&query, &LIMITS).map_err(|why| too_large(media, why))?;
        let mut request = Request::new(query.as_str());
        self.documents.keep(query, parsed(&mut request, media)?);
        Ok(request)
    }

    /// Runs a request that has passed the guard; `None` when too many run already.
    async fn execute(
        &self,
        key: Option<Key>,
        request: Request,
        edition: Edition,
        incoming: &Incoming<'_>,
        points: u64,
    ) -> Option<Arc<Answer>> {
        let run = async {
            let _permit = self.executing.try_acquire().ok()?;
            let (query, operation) = (request.query.clone(), request.operation_name.clone());
            let mut response = self.engine.run((edition.attach)(request)).await;
            if !response.errors.is_empty()
                && let Ok(document) = parse_query(&query)
            {
                let asked = Selected { document: &document, operation: operation.as_deref(), shapes: &self.shapes };
                asked.complete(&mut response.data, &response.errors);
            }
            mask(&mut response.errors, incoming.request_id);
            Some(settle(&response, points))
        };
        // A refusal for lack of room is an answer that nobody keeps.
        let Some(key) = key else { return run.await.map(Arc::new) };
        let answer = self.answers.join(key, async { run.await.unwrap_or_else(shed) }).await;
        (!answer.body.is_empty()).then_some(answer)
    }
}

fn parsed(request: &mut Request, media: Media) -> Result<&ExecutableDocument, Outgoing> {
    if request.parsed_query().is_err() {
        let (why, at) = transport_asked::unparsed(&request.query);
        return Err(refuse_query(media, "GRAPHQL_PARSE_FAILED", &why, at.as_ref()));
    }
    request.parsed_query().map_err(|_| refuse(media, 400, "GRAPHQL_PARSE_FAILED", "the query cannot be read"))
}

fn shed() -> Answer {
    Answer::new(Vec::new(), false, true, Some(1), 1)
}

/// Tells a missing part from an empty one.
fn optional(part: Option<&str>) -> Vec<u8> {
    part.map_or_else(Vec::new, |part| [b"+", part.as_bytes()].concat())
}

/// What sort of operation would run; `None` when none would.
fn kind_of(document: &ExecutableDocument, name: Option<&str>) -> Option<OperationType> {
    let operation = match (&document.operations, name) {
        (DocumentOperations::Single(operation), _) => operation,
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name)?,
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => operations.values().next()?,
        _ => return None,
    };
    Some(operation.node.ty)
}

/// Refuses a request that is well formed and asks for too much, or for nothing that exists.
fn refuse_query(media: Media, code: &str, message: &str, at: Option<&Pos>) -> Outgoing {
    let mut error = ServerError::new(message, at.copied());
    set_code(&mut error, code);
    let body = serde_json::to_vec(&Body { data: None, errors: &[error] }).unwrap_or_default();
    Outgoing::new(media, refused_status(media), body)
}

/// The draft wants 400 of its own media type, and 200 of the older one, whose clients expect it.
fn refused_status(media: Media) -> u16 {
    match media {
        Media::GraphQl => 400,
        Media::Json => 200,
    }
}

fn matches_tag(header: &str, etag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    header.trim() == "*" || header.split(',').any(|tag| bare(tag) == bare(etag))
}

fn not_modified(media: Media, etag: String) -> Outgoing {
    lasting(Outgoing::new(media, 304, Vec::new()), etag)
}

/// Anyone may keep the answer and must ask whether it still holds.
fn lasting(out: Outgoing, etag: String) -> Outgoing {
    out.with("etag", etag).with("cache-control", "public, max-age=0, must-revalidate")
}

fn reply(answer: &Answer, incoming: &Incoming<'_>, media: Media, etag: String) -> Outgoing {
    let status = match answer {
        // Whoever reads only the status must not take this for done.
        answer if answer.is_outage => 503,
        answer if answer.never_ran => refused_status(media),
        _ => 200,
    };
    let packed = takes_gzip(incoming.accept_encoding).then(|| answer.gzip()).flatten();
    let encoded = packed.is_some();
    let mut out = Outgoing::new(media, status, packed.unwrap_or_else(|| answer.body.clone()));
    out.points = answer.points;
    if encoded {
        out = out.with("content-encoding", "gzip");
    }
    if let Some(seconds) = answer.retry_after {
        out = out.with("retry-after", seconds.to_string());
    }
    match incoming.verb {
        Verb::Get if answer.sound => lasting(out, etag),
        _ => out.with("cache-control", "no-store"),
    }
}

/// The refusal of the guard; the log says by which of its rules.
fn too_large(media: Media, why: guard::Refusal) -> Outgoing {
    tracing::info!(rule = ?why, "a query was refused");
    refuse_query(media, "QUERY_TOO_LARGE", &why.to_string(), None)
}

/// Lets pass what was written for readers, and hides the rest behind the id of the request.
fn mask(errors: &mut Vec<ServerError>, request_id: &str) {
    errors.truncate(ERRORS);
    for error in errors {
        if error.message == "Query is too complex." {
            error.message = format!(
                "the query costs more than {COMPLEXITY} points (a value is one, a list ten more); ask for shorter pages \
                 ('first') or fewer lists inside lists"
            );
        }
        let known = error.extensions.as_ref().is_some_and(|values| values.get("code").is_some());
        let undefined = error.message.starts_with("Variable ") && error.message.ends_with(" is not defined.");
        // Values are read when their field is resolved, past the validation: what has the wrong type is found there.
        let unread =
            ["Failed to parse \"", "Expected input type \""].iter().any(|head| error.message.starts_with(head));
        let of_input = error.source.is_none() && (undefined || unread);
        if known {
            error.source = None;
        } else if error.path.is_empty() {
            set_code(error, "GRAPHQL_VALIDATION_FAILED");
        } else if of_input {
            set_code(error, "BAD_USER_INPUT");
        } else {
            tracing::error!(request_id, path = ?error.path, error = %error.message, "a resolver failed");
            let mut values = ErrorExtensionValues::default();
            values.set("code", "INTERNAL");
            values.set("requestId", request_id);
            error.message = "internal error".into();
            error.source = None;
            error.extensions = Some(values);
        }
        shorten(&mut error.message);
    }
}

fn set_code(error: &mut ServerError, code: &str) {
    error.extensions.get_or_insert_default().set("code", code);
}

fn shorten(message: &mut String) {
    if let Some((at, _)) = message.char_indices().nth(MESSAGE) {
        message.truncate(at);
        message.push('…');
    }
}

fn settle(response: &Response, points: u64) -> Answer {
    let never_ran = never_ran(response);
    let retry_after = response.errors.iter().find_map(|error| match error.extensions.as_ref()?.get("retryAfter")? {
        Value::Number(seconds) => seconds.as_u64().and_then(|seconds| u32::try_from(seconds).ok()),
        _ => None,
    });
    let data = (!never_ran).then_some(&response.data);
    if let Some(body) = bounded(&Body { data, errors: &response.errors }) {
        let code = |error: &ServerError| error.extensions.as_ref().and_then(|values| values.get("code").cloned());
        let is_outage = response.errors.iter().any(|error| code(error) == Some(OUTAGE.into()));
        let mut answer = Answer::new(body, response.is_ok(), never_ran, retry_after, points);
        answer.is_outage = is_outage;
        return answer;
    }
    let mut error = ServerError::new("the answer would be larger than 4 MB; ask for fewer", None);
    set_code(&mut error, "RESPONSE_TOO_LARGE");
    let body = bounded(&Body { data: Some(&Value::Null), errors: &[error] }).unwrap_or_default();
    Answer::new(body, false, false, None, points)
}

/// Prints JSON, and gives up where it grows beyond what may be sent.
fn bounded(body: &Body<'_>) -> Option<Vec<u8>> {
    struct Bounded(Vec<u8>);
    impl Write for Bounded {
        #[inline]
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            if self.0.len() + bytes.len() > RESPONSE_BYTES {
                return Err(std::io::Error::other("larger than an answer may be"));
            }
            self.0.extend_from_slice(bytes);
            Ok(bytes.len())
        }
        // JSON comes in pieces of a few bytes, and each fits whole.
        fn write_all(&mut self, bytes: &[u8]) -> std::io::Result<()> {
            self.write(bytes).map(|_| ())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut out = Bounded(Vec::with_capacity(16 * 1024));
    serde_json::to_writer(&mut out, body).ok()?;
    Some(out.0)
}
