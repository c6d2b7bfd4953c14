//! One connection: hyper's requests in, hyper's responses out, faults of the wire in between.

use super::socket::Socket;
use crate::fault::{Fault, Reset};
use crate::message::{Reply, Request};
use crate::service::Service;
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::service::service_fn;
use hyper::{Response, StatusCode, header};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::Sleep;
use tokio_rustls::TlsAcceptor;

/// A leaf and five intermediates, all ML-DSA-87, take about 60 KB in base64.
const MAX_HEADER_BYTES: usize = 128 * 1024;
const MAX_HEADERS: usize = 100;
const MAX_BODY_BYTES: usize = 256 * 1024;
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);
const BODY_TIMEOUT: Duration = Duration::from_secs(30);
const CUT_AFTER: Duration = Duration::from_millis(100);

/// Serves one connection to its end. What is wrong with it concerns only its client.
pub(super) async fn serve(stream: TcpStream, tls: Option<TlsAcceptor>, service: Arc<Service>) {
    // Without it small replies wait for the client's acknowledgement of their headers.
    let _ = stream.set_nodelay(true);
    let (socket, reset) = Socket::new(stream);
    let Some(tls) = tls else {
        return speak_http(socket, reset, service).await;
    };
    if let Ok(Ok(stream)) = tokio::time::timeout(HEADER_TIMEOUT, tls.accept(socket)).await {
        speak_http(stream, reset, service).await;
    }
}

async fn speak_http(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    reset: Arc<AtomicBool>,
    service: Arc<Service>,
) {
    let answer =
        service_fn(move |request| answer(request, Arc::clone(&service), Arc::clone(&reset)));
    let _ = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .max_buf_size(MAX_HEADER_BYTES)
        .max_headers(MAX_HEADERS)
        // The system's clock is not the emulator's.
        .auto_date_header(false)
        .serve_connection(TokioIo::new(stream), answer)
        .await;
}

async fn answer(
    request: hyper::Request<Incoming>,
    service: Arc<Service>,
    reset: Arc<AtomicBool>,
) -> io::Result<Response<ReplyBody>> {
    let request = match read(request).await {
        Ok(request) => request,
        Err(reply) => return Ok(response(reply, None)),
    };
    let fault = service.next_fault(&request).unwrap_or_default();
    if let Some(latency) = fault.latency {
        tokio::time::sleep(Duration::from_millis(latency)).await;
    }
    let reply = service.answer_with(&request, Some(&fault));
    if fault.hang {
        std::future::pending::<Infallible>().await;
    }
    if fault.reset.is_some() {
        reset.store(true, Ordering::SeqCst);
    }
    if fault.reset == Some(Reset::AtOnce) {
        return Err(io::ErrorKind::ConnectionReset.into());
    }
    Ok(response(reply, Some(&fault)))
}

/// The request with its whole body, or the reply that says which bound it broke.
async fn read(request: hyper::Request<Incoming>) -> Result<Request, Reply> {
    let (parts, body) = request.into_parts();
    let body = Limited::new(body, MAX_BODY_BYTES).collect();
    let body = match tokio::time::timeout(BODY_TIMEOUT, body).await {
        Err(_) => return Err(plain(408, "the body did not come in time")),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
            return Err(plain(413, "the body is too long"));
        }
        Ok(Err(_)) => return Err(plain(400, "the body is malformed")),
        Ok(Ok(body)) => body.to_bytes(),
    };
    let target = parts
        .uri
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let mut read = Request::new(parts.method.as_str(), target).body(body);
    for (name, value) in &parts.headers {
        read = read.header(name.as_str(), value.as_bytes());
    }
    Ok(read)
}

fn plain(status: u16, text: &str) -> Reply {
    Reply::new(status, "text/plain", text).with_header("Connection", "close")
}

fn response(reply: Reply, fault: Option<&Fault>) -> Response<ReplyBody> {
    let cut = fault.is_some_and(|fault| fault.reset == Some(Reset::MidBody));
    let cut = cut.then(|| Box::pin(tokio::time::sleep(CUT_AFTER)));
    let length = reply.body.len();
    let mut bytes = Bytes::from(reply.body);
    if cut.is_some() {
        bytes.truncate(length / 2);
    }
    let mut response = Response::new(ReplyBody {
        bytes: Some(bytes),
        length,
        cut,
    });
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or_default();
    for (name, value) in reply.headers {
        // A fault's headers come from outside; one that HTTP does not allow is left out.
        let name = header::HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, header::HeaderValue::from_str(&value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// A body that is there already, and that may break off before its announced end.
struct ReplyBody {
    bytes: Option<Bytes>,
    length: usize,
    /// Ends when the body is to break off, so that what was sent before has arrived.
    cut: Option<Pin<Box<Sleep>>>,
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(bytes) = self.bytes.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        match &mut self.cut {
            Some(cut) => cut
                .as_mut()
                .poll(context)
                .map(|()| Some(Err(io::ErrorKind::ConnectionReset.into()))),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none() && self.cut.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(u64::try_from(self.length).unwrap_or(0))
    }
}
