use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use taure::app::App;
use taure::config::Config;
use taure::http::{Body, Method, Req, Res, Router};
use taure::model::*;
use taure::ops::{self, setup};
use taure::store::{self, Store};

fn picture(w: u32, h: u32, a: [u8; 3], b: [u8; 3]) -> Vec<u8> {
    let img = image::RgbImage::from_fn(w, h, |x, y| {
        let t = (x as f32 / w as f32 + y as f32 / h as f32) / 2.0;
        let wave = ((x as f32 / 40.0).sin() * 14.0 + (y as f32 / 60.0).cos() * 14.0) as i32;
        image::Rgb(std::array::from_fn(|i| ((a[i] as f32 * (1.0 - t) + b[i] as f32 * t) as i32 + wave).clamp(0, 255) as u8))
    });
    let mut out = std::io::Cursor::new(Vec::new());
    img.write_to(&mut out, image::ImageFormat::Png).unwrap();
    out.into_inner()
}

fn seed(dir: &std::path::Path) {
    let config = Config::load(dir, &[]).unwrap();
    std::fs::create_dir_all(dir).unwrap();
    let store = Store::open(&config.database(), config.clock.clone(), Box::new(|_| ())).unwrap();
    setup::create(&store, &setup::NewInstance { origin: "http://127.0.0.1:7001".into(), domain: None, username: "ilze".into(), display_name: "Ilze Kalniņa".into(), password: None }).unwrap();
    drop(store);
    let app = App::open(config).unwrap().unwrap();
    ops::profile::update(&app, &ops::profile::ProfileUpdate {
        note: Some("Botanist, cyclist, sometimes both at once. Bogs of #Latvia, mosses and their names.\n\nLabprāt runāju latviski, deutsch, English.".into()),
        fields: Some(vec![("Web".into(), "https://ilze.example.org".into()), ("Town".into(), "Cēsis".into()), ("Pronouns".into(), "she / viņa".into())]),
        avatar: if std::env::var("NOPICS").is_ok() { None } else { Some(Some(picture(400, 400, [60, 120, 90], [230, 190, 90]))) },
        discoverable: Some(true), locked: Some(true),
        ..Default::default()
    }).unwrap();
    let person = |name: &str, shown: &str, host: &str, follower: bool, req: bool| -> Account {
        let uri = format!("https://{host}/users/{name}");
        let account = Account { uri: uri.clone(), url: format!("https://{host}/@{name}"), username: name.into(), domain: Some(host.into()), display_name: shown.into(), note: "<p>Mosses, maps, music.</p>".into(),
            emojis: vec![Emoji { shortcode: "leaf".into(), url: "http://127.0.0.1:7001/assets/icon.svg".into() }],
            endpoints: Endpoints { inbox: format!("{uri}/inbox"), ..Default::default() }, created_at: Timestamp(1_500_000_000_000), counts: AccountCounts { statuses: 1204, followers: 341, following: 210 }, ..Account::default() };
        let id = app.store.write(|tx| store::accounts::upsert_remote(tx, &account)).unwrap();
        let account = app.store.read(|c| store::accounts::get(c, id)).unwrap();
        if req { app.store.write(|tx| { store::relations::set_follower(tx, id, Follow::Requested, None)?; ops::notify::notify(tx, NotificationKind::FollowRequest, &account, None) }).unwrap(); }
        if follower { app.store.write(|tx| { store::relations::set_follower(tx, id, Follow::Yes, None)?; ops::notify::notify(tx, NotificationKind::Follow, &account, None) }).unwrap(); }
        account
    };
    let bob = person("bob", "Bob of the Bog :leaf:", "moss.example", true, false);
    let eve = person("evangelina_the_very_long_named", "Evangelina with an Extraordinarily Long Display Name", "a-rather-long-host-name.example.social", false, true);
    let say = |text: &str, f: &dyn Fn(&mut ops::statuses::NewStatus)| {
        let mut new = ops::statuses::NewStatus { text: text.into(), ..Default::default() };
        f(&mut new);
        std::thread::sleep(std::time::Duration::from_millis(3));
        ops::statuses::publish(&app, &new).unwrap()
    };
    let up = |w, h, a, b, alt: &str| ops::media::upload(&app, &picture(w, h, a, b), Some(alt), None).unwrap().id;
    let remote = |by: &Account, html: &str, n: i64, parent: Option<&Status>, at: Timestamp| {
        let uri = format!("{}/statuses/{n}", by.uri);
        let status = Status { id: StatusId::at(at), url: Some(format!("{}/{n}", by.url)), uri: uri.clone(), account_id: by.id, content: html.into(), created_at: at, in_reply_to: parent.map(|p| p.id), in_reply_to_uri: parent.map(|p| p.uri.clone()), in_reply_to_account: parent.map(|p| p.account_id), counts: StatusCounts { replies: 0, reblogs: 12, favourites: 10_432 }, ..Status::default() };
        app.store.write(|tx| { store::statuses::insert(tx, &status, true)?; store::statuses::by_uri(tx, &uri) }).unwrap().unwrap()
    };
    let root = say("Today the first Sphagnum of the year in the Teiči bog: look closely and every cushion is a forest. #moss #Latvia\n\nMore at https://ilze.example.org/notes/2026/the-first-sphagnum-of-the-year", &|n| {
        n.media = vec![up(1200, 800, [20, 80, 40], [200, 220, 90], "A cushion of moss, close up, with drops of water on its tips"), up(800, 1100, [90, 50, 20], [240, 200, 120], "The bog at sunrise")];
    });
    let hour = 3_600_000;
    let r1 = remote(&bob, "<p><span class=\"h-card\" translate=\"no\"><a href=\"http://127.0.0.1:7001/@ilze\" class=\"u-url mention\">@<span>ilze</span></a></span> What lens is that? It looks like a rain forest seen from the air.</p>", 1, Some(&root), app.now());
    app.store.write(|tx| ops::notify::notify(tx, NotificationKind::Mention, &bob, Some(&r1))).unwrap();
    app.store.write(|tx| { ops::favourites::receive(tx, &bob, &root, None)?; ops::boosts::receive(tx, &bob, &root, "https://moss.example/boost/1", tx.now) }).unwrap();
    let r2 = say("@bob@moss.example An old 60 mm macro, and a lot of kneeling.", &|n| n.in_reply_to = Some(r1.id));
    remote(&eve, "<p>And wet knees, I suppose.</p>", 2, Some(&r2), app.now());
    say("What happens at the end of the film, and why I wept all the way home.\n\nIt was the dog.", &|n| n.spoiler_text = "Spoilers: that film with the dog".into());
    say("A short one, for those who know me.", &|n| n.visibility = Some(Visibility::Private));
    let pinned = say("Hello! I write about mosses, bogs, and the roads between them. Follow along, and ask me anything. #introduction", &|n| n.visibility = Some(Visibility::Public));
    ops::statuses::set_pinned(&app, pinned.id, true).unwrap();
    say("One picture, wide.", &|n| { n.media = vec![up(1600, 700, [30, 30, 110], [250, 160, 60], "Evening over the lake")]; n.sensitive = Some(false) });
    say("Four at once.", &|n| n.media = (0..4u8).map(|i| up(700, 500, [30 + 50 * i, 30, 110], [250, 160 - 30 * i, 60], "One of four")).collect());
    let b = remote(&bob, "<p>Maps of peat thickness are out. <a href=\"https://moss.example/maps\"><span class=\"invisible\">https://</span><span class=\"\">moss.example/maps</span><span class=\"invisible\"></span></a></p><p>They are better than I feared.</p>", 3, None, app.now().plus(-30 * hour));
    ops::boosts::add(&app, b.id, None).unwrap();
    ops::favourites::add(&app, b.id).unwrap();
    remote(&eve, "<p>A post without anything special in it, but with a verylongwordthatneverendsandnobodyknowswhyitwaswrittenthatwaybutitmustnotbreakthelayout.</p>", 4, None, app.now().plus(-2 * hour));
    let gone = say("This goes away.", &|_| ());
    ops::statuses::delete(&app, gone.id, true).unwrap();
    println!("root /@ilze/{} gone /@ilze/{} reply {}", root.id, gone.id, r2.id);
}

fn main() {
    let dir = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    if !dir.exists() { seed(&dir); }
    let app = Arc::new(App::open(Config::load(&dir, &[]).unwrap()).unwrap().unwrap());
    for (port, owner) in [(7001u16, false), (7002, true)] {
        let app = Arc::clone(&app);
        let handle = std::thread::spawn(move || {
            let tables: Vec<_> = taure::web::ROUTES.to_vec();
            let router = Arc::new(Router::new(&tables).unwrap());
            let l = TcpListener::bind(("127.0.0.1", port)).unwrap();
            for s in l.incoming() {
                let (app, router) = (Arc::clone(&app), Arc::clone(&router));
                std::thread::spawn(move || {
                let mut s = s.unwrap();
                let mut buf = Vec::new();
                let mut chunk = [0; 65536];
                let head = loop {
                    let n = s.read(&mut chunk).unwrap_or(0);
                    if n == 0 { return; }
                    buf.extend_from_slice(&chunk[..n]);
                    if let Some(p) = buf.windows(4).position(|w| w == b"\r\n\r\n") { break p; }
                };
                let text = String::from_utf8_lossy(&buf[..head]).into_owned();
                let mut lines = text.lines();
                let mut first = lines.next().unwrap().split(' ');
                let (m, t) = (first.next().unwrap().to_owned(), first.next().unwrap().to_owned());
                let headers: Vec<(String, String)> = lines.filter_map(|l| { let (a, b) = l.split_once(": ")?; Some((a.to_lowercase(), b.to_owned())) }).collect();
                let len: usize = headers.iter().find(|h| h.0 == "content-length").map_or(0, |h| h.1.parse().unwrap());
                let mut body = buf[head + 4..].to_vec();
                while body.len() < len { let n = s.read(&mut chunk).unwrap(); body.extend_from_slice(&chunk[..n]); }
                let mut req = Req { method: Method::parse(&m).unwrap(), path: t.split('?').next().unwrap().to_owned(), target: t.clone(), headers, body, uploads: vec![], fields: vec![], client: [127, 0, 0, 1].into(), params: vec![], access: if owner { Access::Session { session: SessionId(1), csrf: "x".into() } } else { Access::Anonymous } };
                let res = router.find(req.method, &req.path, false).and_then(|f| { req.params = f.params; (f.route.handler)(&app, &req) });
                let res: Res = res.unwrap_or_else(|e| { eprintln!("{m} {t}: {e}"); taure::web::error_page(Some(&app), &e) });
                let bytes = match res.body { Body::Bytes(b) => b, Body::Static(b) => b.to_vec(), Body::File(mut f, _) => { let mut v = vec![]; f.read_to_end(&mut v).unwrap(); v } };
                let mut out = format!("HTTP/1.1 {} X\r\nconnection: close\r\ncontent-length: {}\r\n", res.status, bytes.len());
                for (n, v) in res.headers { out += &format!("{n}: {v}\r\n"); }
                let _ = s.write_all((out + "\r\n").as_bytes());
                let _ = s.write_all(&bytes);
                });
            }
        });
        if owner { handle.join().unwrap(); }
    }
}
