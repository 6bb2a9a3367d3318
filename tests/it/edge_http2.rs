//! HTTP/2 at our own https: `cargo test --features http2 --test it -- edge`.

use super::*;
use h2::client::SendRequest;
use hyper::body::Bytes;
use hyper::{Request, Response};

type Sender = SendRequest<Bytes>;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// A connection of HTTP/2; the other half drives it and says how it ended.
async fn h2_to(address: SocketAddr) -> (Sender, tokio::task::JoinHandle<Result<(), h2::Error>>) {
    let stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let connector = tokio_rustls::TlsConnector::from(trusting(&["h2", "http/1.1"]));
    let stream = connector.connect(ServerName::try_from("localhost").unwrap(), stream).await.unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    let (sender, connection) = h2::client::handshake(stream).await.unwrap();
    (sender, tokio::spawn(connection))
}

async fn send(sender: &Sender, request: Request<()>, body: &[u8]) -> Result<Response<String>, h2::Error> {
    let mut sender = sender.clone().ready().await?;
    let (answer, mut sending) = sender.send_request(request, body.is_empty())?;
    if !body.is_empty() {
        sending.send_data(Bytes::copy_from_slice(body), true)?;
    }
    let (head, mut body) = answer.await?.into_parts();
    let mut all = Vec::new();
    while let Some(chunk) = body.data().await {
        let chunk = chunk?;
        body.flow_control().release_capacity(chunk.len())?;
        all.extend_from_slice(&chunk);
    }
    Ok(Response::from_parts(head, String::from_utf8(all).unwrap()))
}

impl House {
    fn request(&self, method: &str, path: &str) -> hyper::http::request::Builder {
        Request::builder().method(method).uri(format!("{}{path}", self.origin))
    }
}

#[test]
fn http_2_answers_as_http_1_1_does_many_at_once() {
    let house = House::secure();
    runtime().block_on(async {
        let (sender, _on) = h2_to(house.https).await;
        let about = send(&sender, house.request("GET", "/about").body(()).unwrap(), b"").await.unwrap();
        assert_eq!(about.status(), 200);
        assert_eq!(about.headers()["strict-transport-security"], "max-age=31536000");
        let bearer = format!("Bearer {}", house.token);
        let post = house
            .request("POST", "/api/v1/statuses")
            .header("authorization", &bearer)
            .header("content-type", "application/json")
            .body(())
            .unwrap();
        let posted = send(&sender, post, br#"{"status": "over the second version"}"#).await.unwrap();
        assert_eq!(posted.status(), 200, "{}", posted.body());
        // The form's page knows its own origin by the host, which HTTP/2 has in another place.
        let form = house
            .request("POST", "/auth/sign_in")
            .header("origin", &house.origin)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(())
            .unwrap();
        let signed_in =
            send(&sender, form, format!("password={}", PASSWORD.replace(' ', "+")).as_bytes()).await;
        let signed_in = signed_in.unwrap();
        assert_eq!(signed_in.status(), 303, "{}", signed_in.body());
        let cookie = signed_in.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap();
        let page = house.request("GET", "/settings/profile").header("cookie", "a=b").header("cookie", cookie);
        let page = send(&sender, page.body(()).unwrap(), b"").await.unwrap();
        assert_eq!(page.status(), 200, "the session is in the second line of cookies");
        let all = (0..80).map(|i| {
            let path = if i % 2 == 0 { "/api/v1/instance" } else { "/@alice" };
            let (sender, request) = (sender.clone(), house.request("GET", path).body(()).unwrap());
            tokio::spawn(async move { send(&sender, request, b"").await.unwrap().status() })
        });
        for answer in all.collect::<Vec<_>>() {
            assert_eq!(answer.await.unwrap(), 200);
        }
        let nothing =
            send(&sender, house.request("GET", "/nothing-here").body(()).unwrap(), b"").await.unwrap();
        assert_eq!(nothing.status(), 404);
        let head = send(&sender, house.request("HEAD", "/about").body(()).unwrap(), b"").await.unwrap();
        assert_eq!((head.status().as_u16(), head.body().as_str()), (200, ""));
        let large = house.request("POST", "/inbox").body(()).unwrap();
        let large = send(&sender, large, &vec![b' '; 2 << 20]).await;
        assert!(large.is_err() || large.is_ok_and(|res| res.status() == 413));
    });
}

#[test]
fn events_come_over_http_2_and_its_connections_end_with_the_server() {
    let mut house = House::secure();
    let runtime = runtime();
    let (sender, on, mut events) = runtime.block_on(async {
        let (sender, on) = h2_to(house.https).await;
        let bearer = format!("Bearer {}", house.token);
        let listen = house.request("GET", "/api/v1/streaming/user").header("authorization", &bearer);
        let mut ready = sender.clone().ready().await.unwrap();
        let (answer, _) = ready.send_request(listen.body(()).unwrap(), true).unwrap();
        let answer = answer.await.unwrap();
        assert_eq!(answer.status(), 200);
        let mut events = answer.into_body();
        assert_eq!(events.data().await.unwrap().unwrap(), &b":)\n\n"[..]);
        let post = house
            .request("POST", "/api/v1/statuses")
            .header("authorization", &bearer)
            .header("content-type", "application/json")
            .body(())
            .unwrap();
        assert_eq!(send(&sender, post, br#"{"status": "heard"}"#).await.unwrap().status(), 200);
        let heard = events.data().await.unwrap().unwrap();
        assert!(heard.starts_with(b"event: update"), "{heard:?}");
        (sender, on, events)
    });
    let began = Instant::now();
    house.running.take().unwrap().stop().unwrap();
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    runtime.block_on(async {
        while let Some(Ok(chunk)) = events.data().await {
            let _ = events.flow_control().release_capacity(chunk.len());
        }
        let _ = on.await.unwrap();
        assert!(sender.ready().await.is_err());
    });
}

#[test]
fn who_takes_requests_back_as_fast_as_they_are_made_is_sent_away() {
    let house = House::secure();
    runtime().block_on(async {
        let (sender, on) = h2_to(house.https).await;
        let mut made = 0;
        while made < 5_000 {
            let Ok(mut ready) = sender.clone().ready().await else { break };
            let request = house.request("GET", "/api/v1/instance").body(()).unwrap();
            let Ok((answer, mut stream)) = ready.send_request(request, true) else { break };
            stream.send_reset(h2::Reason::CANCEL);
            drop(answer);
            made += 1;
            tokio::task::yield_now().await;
        }
        let ended = tokio::time::timeout(PATIENCE, on).await.unwrap().unwrap();
        assert!(ended.is_err() && made < 5_000, "{made}: {ended:?}");
    });
    let told = ask(over_tls(connect(house.https), &["http/1.1"]), "GET /health HTTP/1.1\r\n\r\n");
    assert_eq!(told.status, 200);
}
