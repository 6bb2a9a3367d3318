//! The doors: codes, recovery codes and passkeys, what asks for the password again, and this browser's notifications.
//! A passkey here is a key pair of the test, which signs what a browser would send.

use crate::harness::{Answer, PASSWORD, Taure, request};
use crate::pages_requests::Browser;
use crate::push_service::{Keys, PushService};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use taure::ops::auth;
use taure::sig::totp;
use taure::store::{passkeys, push, sessions};
use url::form_urlencoded::Serializer;

const PAGE: &str = "/settings/security";
const CODE: &str = "/settings/security/code";
const KEYS: &str = "/settings/security/passkeys";
const PUSH: &str = "/settings/notifications";
const SWITCHES: &str = "/settings/notifications/switches";
const MINUTE: i64 = 60_000;

/// A form of a browser without a session.
fn sends(taure: &Taure, path: &str, form: &[(&str, &str)]) -> Answer {
    let body = Serializer::new(String::new()).extend_pairs(form).finish();
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("origin", taure.base.as_str()),
        ("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"),
    ];
    request("POST", &format!("{}{path}", taure.base), &headers, Some(body.as_bytes()))
}

fn field(html: &str, name: &str) -> String {
    let after =
        html.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name}: {html}"));
    after.1.split('"').next().unwrap().to_owned()
}

fn data(html: &str, name: &str) -> String {
    html.split_once(&format!("data-{name}=\"")).unwrap().1.split('"').next().unwrap().to_owned()
}

fn is_in(taure: &Taure, answer: &Answer) -> bool {
    let cookie = answer.header("set-cookie").unwrap_or("none").split(';').next().unwrap().to_owned();
    taure.send("GET", PAGE, &[("cookie", &cookie)], None).status == 200
}

fn secret(html: &str) -> String {
    html.split_once("id=\"secret\"").unwrap().1.split(['>', '<']).nth(1).unwrap().replace(' ', "")
}

fn codes(html: &str) -> Vec<String> {
    let list = html.split_once("id=\"codes\"").unwrap().1.split("</ul>").next().unwrap();
    list.split("<code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

/// Turns codes on; gives the secret and the recovery codes.
fn turns_on(taure: &Taure, mine: &Browser) -> (String, Vec<String>) {
    let begun = mine.press(PAGE, &format!("{CODE}/begin"), &[("current", PASSWORD)]);
    assert_eq!((begun.status, begun.header("location")), (303, Some(CODE)), "{}", begun.text);
    let secret = secret(&mine.get(CODE).text);
    let now = totp::code_at(&secret, taure.clock.now()).unwrap();
    let told = mine.press(CODE, &format!("{CODE}/confirm"), &[("code", &now)]);
    assert_eq!(told.status, 200, "{}", told.text);
    (secret, codes(&told.text))
}

fn password(taure: &Taure) -> Answer {
    sends(taure, "/auth/sign_in", &[("password", PASSWORD), ("next", "/about")])
}

/// The ticket that a right password gives.
fn ticket(taure: &Taure) -> String {
    let asked = password(taure);
    assert_eq!((asked.status, asked.header("set-cookie")), (200, None), "{}", asked.text);
    field(&asked.text, "ticket")
}

fn by_code(taure: &Taure, ticket: &str, code: &str) -> Answer {
    sends(taure, "/auth/code", &[("ticket", ticket), ("code", code), ("next", "/about")])
}

#[test]
fn codes_count_once_the_first_has_come_and_are_asked_for_after_the_password() {
    let taure = Taure::new();
    let mine = Browser::of(&taure);
    let wrong = mine.press(PAGE, &format!("{CODE}/begin"), &[("current", "wrong")]);
    assert_eq!(wrong.status, 422);
    assert_eq!(mine.get(CODE).status, 303, "nothing has begun");
    mine.press(PAGE, &format!("{CODE}/begin"), &[("current", PASSWORD)]);
    let page = mine.get(CODE).text;
    assert!(page.contains("<svg class=\"qr\"") && page.contains("href=\"otpauth://totp/%40alice"), "{page}");
    assert!(!page.contains(" style="));
    let bad = mine.press(CODE, &format!("{CODE}/confirm"), &[("code", "000000")]);
    assert_eq!(bad.status, 422);
    assert!(is_in(&taure, &password(&taure)), "it does not count yet");

    let (secret, recovery) = turns_on(&taure, &mine);
    assert_eq!(recovery.len(), 10);
    assert_eq!(mine.get(CODE).status, 303, "the secret is not shown again");
    assert!(
        !mine.get(PAGE).text.contains(&recovery[0])
            && mine.get(PAGE).text.contains("10 recovery codes are left")
    );

    let now = |offset: i64| totp::code_at(&secret, taure.clock.now().plus(offset * totp::STEP)).unwrap();
    let ticket = ticket(&taure);
    let used = by_code(&taure, &ticket, &now(0));
    assert_eq!((used.status, used.header("set-cookie")), (401, None), "it confirmed the secret and is used");
    assert!(used.text.contains("was used before") && field(&used.text, "next") == "/about");
    let right = by_code(&taure, &ticket, &now(1));
    assert_eq!((right.status, right.header("location")), (303, Some("/about")));
    assert!(is_in(&taure, &right));
    taure.later(2 * totp::STEP);
    assert_eq!(by_code(&taure, &ticket, &now(0)).status, 410, "a ticket serves once");
    let html = mine.get(PAGE).text;
    assert!(html.contains("Firefox on Linux</bdi>, by password and code, "), "{html}");
}

#[test]
fn a_second_factor_is_not_replaced_without_its_code() {
    let taure = Taure::new();
    let mine = Browser::of(&taure);
    let (secret, _) = turns_on(&taure, &mine);
    let csrf = field(&mine.get(PAGE).text, "csrf");
    let again = mine.send(&format!("{CODE}/begin"), &[("csrf", &csrf), ("current", PASSWORD)]);
    assert_eq!(again.status, 422);
    assert!(again.text.contains("codes already"), "{}", again.text);
    assert_eq!(mine.get(CODE).status, 303, "no secret waits");
    // One that waited when another browser turned it on does not take its place either.
    let new = taure::sig::totp::fresh_secret().unwrap();
    taure.app().store.write(|tx| taure::store::second_factor::begin(tx, &new)).unwrap();
    let code = totp::code_at(&new, taure.clock.now()).unwrap();
    assert!(taure::ops::second_factor::finish(&taure.app(), &code).is_err());
    taure.later(2 * totp::STEP);
    let code = totp::code_at(&secret, taure.clock.now()).unwrap();
    assert_eq!(by_code(&taure, &ticket(&taure), &code).status, 303);
}

#[test]
fn recovery_codes_work_once_each_and_new_ones_take_their_place() {
    let taure = Taure::new();
    let mine = Browser::of(&taure);
    let (_, old) = turns_on(&taure, &mine);
    let shouted = old[0].replace('-', " ").to_uppercase();
    assert!(is_in(&taure, &by_code(&taure, &ticket(&taure), &shouted)));
    assert_eq!(by_code(&taure, &ticket(&taure), &old[0]).status, 401);
    assert!(mine.get(PAGE).text.contains("9 recovery codes are left"));
    assert!(mine.get(PAGE).text.contains("by password and recovery code"));
    let new = codes(&mine.press(PAGE, "/settings/security/recovery", &[]).text);
    assert_eq!(by_code(&taure, &ticket(&taure), &old[1]).status, 401);
    let ticket = ticket(&taure);
    taure.later(2_000); // two wrong codes have used the free tries up
    assert!(is_in(&taure, &by_code(&taure, &ticket, &new[0])));

    // Neither the codes nor their letters stand in the file.
    let app = taure.app();
    let kept: Vec<String> = app
        .store
        .read(|c| {
            let mut rows = c.prepare("SELECT hash FROM recovery_codes")?;
            let all = rows.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
            Ok(all)
        })
        .unwrap();
    assert!(kept.len() == 9 && kept.iter().all(|hash| hash.len() == 64));
}

#[test]
fn codes_are_guessed_as_slowly_as_passwords_even_by_who_knows_the_password() {
    let taure = Taure::new();
    let mine = Browser::of(&taure);
    let (secret, _) = turns_on(&taure, &mine);
    taure.later(MINUTE);
    for _ in 0..2 {
        assert_eq!(by_code(&taure, &ticket(&taure), "000000").status, 401);
    }
    let last = ticket(&taure);
    let now = totp::code_at(&secret, taure.clock.now()).unwrap();
    let braked = by_code(&taure, &last, &now);
    assert_eq!((braked.status, braked.header("set-cookie")), (429, None));
    taure.later(2_000);
    assert!(is_in(&taure, &by_code(&taure, &last, &now)));

    // A ticket of another purpose, of another server, or of long ago is none.
    let late = ticket(&taure);
    taure.later(6 * MINUTE);
    let now = totp::code_at(&secret, taure.clock.now()).unwrap();
    for bad in ["", "AAAA", &late, &"A".repeat(75)] {
        let answer = by_code(&taure, bad, &now);
        assert_eq!((answer.status, answer.header("set-cookie")), (410, None), "{bad}");
        assert!(answer.text.contains("Please begin again"));
    }
}

#[test]
fn codes_go_off_by_password_and_code_only_and_a_link_needs_neither() {
    let taure = Taure::new();
    let mine = Browser::of(&taure);
    let (secret, recovery) = turns_on(&taure, &mine);
    taure.later(MINUTE);
    let off = format!("{CODE}/off");
    let now = totp::code_at(&secret, taure.clock.now()).unwrap();
    assert_eq!(mine.press(PAGE, &off, &[("current", PASSWORD), ("code", "123456")]).status, 422);
    assert_eq!(mine.press(PAGE, &off, &[("current", "wrong"), ("code", &now)]).status, 422);
    assert_eq!(mine.press(PAGE, &off, &[("current", PASSWORD)]).status, 422);
    assert_eq!(password(&taure).status, 200, "still on");

    let app = taure.app();
    let link = auth::login_link(&app.store, &app.instance, app.now()).unwrap();
    let entered = sends(&taure, link.strip_prefix(&taure.base).unwrap(), &[]);
    assert!(is_in(&taure, &entered));
    assert!(mine.get(PAGE).text.contains("by a link"));

    assert_eq!(mine.press(PAGE, &off, &[("current", PASSWORD), ("code", &recovery[3])]).status, 303);
    assert!(is_in(&taure, &password(&taure)));
    assert!(!mine.get(PAGE).text.contains("recovery codes are left"));
}

#[test]
fn an_app_is_let_in_through_the_same_two_steps() {
    let taure = Taure::new();
    let (secret, _) = turns_on(&taure, &Browser::of(&taure));
    taure.later(MINUTE);
    let app =
        json!({"client_name": "Toots <b>", "redirect_uris": "toots://back", "website": "https://t.example/"});
    let app = taure.send("POST", "/api/v1/apps", &[], Some(app)).ok();
    let query = Serializer::new(String::new())
        .append_pair("client_id", app["client_id"].as_str().unwrap())
        .append_pair("redirect_uri", "toots://back")
        .append_pair("response_type", "code")
        .finish();
    let page = taure.as_stranger(&format!("/oauth/authorize?{query}")).text;
    assert!(page.contains("<b>Toots &lt;b&gt;</b> wants to use your account."), "{page}");
    let next = field(&page, "next").replace("&amp;", "&");
    let asked = sends(&taure, "/auth/sign_in", &[("password", PASSWORD), ("next", &next)]);
    assert_eq!(asked.header("set-cookie"), None);
    let (ticket, next) = (field(&asked.text, "ticket"), field(&asked.text, "next").replace("&amp;", "&"));
    let now = totp::code_at(&secret, taure.clock.now()).unwrap();
    let entered = sends(&taure, "/auth/code", &[("ticket", &ticket), ("next", &next), ("code", &now)]);
    let cookie = entered.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let page = taure.send("GET", entered.header("location").unwrap(), &[("cookie", &cookie)], None);
    assert!(page.text.contains("Let it in") && page.text.contains(">t.example</a>"), "{}", page.text);
    assert!(page.text.contains("Read everything that you can read"));
}

// --- passkeys

enum Pair {
    P256(Box<EcdsaKeyPair>),
    Edwards(Ed25519KeyPair),
}

/// An authenticator with one key.
struct Device {
    id: Vec<u8>,
    pair: Pair,
    counter: u32,
    flags: u8,
    domain: &'static str,
}

impl Device {
    fn new(id: &[u8]) -> Device {
        let random = SystemRandom::new();
        let kind = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(kind, &random).unwrap();
        let pair = Pair::P256(Box::new(EcdsaKeyPair::from_pkcs8(kind, pkcs8.as_ref(), &random).unwrap()));
        Device { id: id.to_vec(), pair, counter: 0, flags: 5, domain: "localhost" }
    }

    fn edwards(id: &[u8]) -> Device {
        let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let pair = Pair::Edwards(Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap());
        Device { pair, ..Device::new(id) }
    }

    fn spki(&self) -> Vec<u8> {
        let hex = |text: &str| -> Vec<u8> {
            (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
        };
        match &self.pair {
            Pair::P256(pair) => {
                let head = hex("3059301306072a8648ce3d020106082a8648ce3d030107034200");
                [head.as_slice(), pair.public_key().as_ref()].concat()
            }
            Pair::Edwards(pair) => {
                [hex("302a300506032b6570032100").as_slice(), pair.public_key().as_ref()].concat()
            }
        }
    }

    fn head(&self, flags: u8) -> Vec<u8> {
        let hash = Sha256::digest(self.domain.as_bytes());
        [hash.as_slice(), &[flags], &self.counter.to_be_bytes()].concat()
    }

    /// With the attested key in COSE.
    fn attested(&self) -> Vec<u8> {
        let cose = match &self.pair {
            Pair::P256(pair) => {
                let point = pair.public_key().as_ref();
                [
                    &b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20"[..],
                    &point[1..33],
                    b"\x22\x58\x20",
                    &point[33..],
                ]
                .concat()
            }
            Pair::Edwards(pair) => {
                [&b"\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20"[..], pair.public_key().as_ref()].concat()
            }
        };
        let length = u16::try_from(self.id.len()).unwrap().to_be_bytes();
        [&self.head(self.flags | 64)[..], &[0; 16], &length, &self.id, &cose].concat()
    }

    fn sign(&self, text: &[u8]) -> Vec<u8> {
        match &self.pair {
            Pair::P256(pair) => pair.sign(&SystemRandom::new(), text).unwrap().as_ref().to_vec(),
            Pair::Edwards(pair) => pair.sign(text).as_ref().to_vec(),
        }
    }
}

fn b64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn client_data(kind: &str, challenge: &str, origin: &str) -> Vec<u8> {
    json!({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false})
        .to_string()
        .into_bytes()
}

fn registers(taure: &Taure, mine: &Browser, device: &Device, name: &str) -> Answer {
    let challenge = data(&mine.get(PAGE).text, "challenge");
    let told = client_data("webauthn.create", &challenge, &taure.base);
    offers(mine, &told, &device.attested(), &device.spki(), name)
}

fn offers(mine: &Browser, told: &[u8], attested: &[u8], spki: &[u8], name: &str) -> Answer {
    let (told, attested, spki) = (b64(told), b64(attested), b64(spki));
    let fields = [("client_data", &*told), ("data", &*attested), ("public_key", &*spki), ("name", name)];
    mine.press(PAGE, KEYS, &fields)
}

fn door_challenge(taure: &Taure) -> String {
    data(&taure.as_stranger("/auth/sign_in").text, "challenge")
}

fn shows(taure: &Taure, device: &Device, told: &[u8]) -> Answer {
    let head = device.head(device.flags);
    let signature = device.sign(&[head.as_slice(), Sha256::digest(told).as_slice()].concat());
    shows_raw(taure, &device.id, &head, told, &signature)
}

fn shows_raw(taure: &Taure, id: &[u8], head: &[u8], told: &[u8], signature: &[u8]) -> Answer {
    let (id, head, told, signature) = (b64(id), b64(head), b64(told), b64(signature));
    let form = [("credential", &*id), ("data", &*head), ("client_data", &*told), ("signature", &*signature)];
    sends(taure, "/auth/passkey", &[&form[..], &[("next", "/about")]].concat())
}

fn enters(taure: &Taure, device: &Device) -> Answer {
    shows(taure, device, &client_data("webauthn.get", &door_challenge(taure), &taure.base))
}

#[test]
fn a_passkey_signs_in_without_password_and_code() {
    let taure = Taure::new();
    let mine = Browser::of(&taure);
    assert!(!taure.as_stranger("/auth/sign_in").text.contains("doors.js"), "no passkey, no script");
    for device in [Device::new(b"one"), Device::edwards(b"two")] {
        let made = registers(&taure, &mine, &device, "My <phone>");
        assert_eq!(
            (made.status, made.header("location")),
            (303, Some("/settings/security?done=1")),
            "{}",
            made.text
        );
        let entered = enters(&taure, &device);
        assert_eq!((entered.status, entered.header("location")), (303, Some("/about")), "{}", entered.text);
        assert!(is_in(&taure, &entered));
    }
    turns_on(&taure, &mine);
    assert!(is_in(&taure, &enters(&taure, &registered(&taure, &mine, b"three"))), "no code is asked for");
    let html = mine.get(PAGE).text;
    assert!(html.contains("My &lt;phone&gt;") && html.contains("by passkey"), "{html}");

    let keys = taure.app().store.read(passkeys::list).unwrap();
    let at = |verb: &str| format!("{KEYS}/{}/{verb}", keys[0].id);
    assert_eq!(mine.press(PAGE, &at("rename"), &[("name", "Old key")]).status, 303);
    assert!(mine.get(PAGE).text.contains(">Old key</b>"));
    let csrf = field(&mine.get(PAGE).text, "csrf");
    assert_eq!(mine.send(&at("remove"), &[("csrf", &csrf)]).status, 303);
    assert_eq!(mine.send(&at("remove"), &[("csrf", &csrf)]).status, 404);
    assert!(!mine.get(PAGE).text.contains(">Old key</b>"));
}

fn registered(taure: &Taure, mine: &Browser, id: &[u8]) -> Device {
    let device = Device::new(id);
    assert_eq!(registers(taure, mine, &device, "").status, 303);
    device
}

#[test]
fn a_passkey_that_is_not_right_in_every_part_is_not_kept() {
    let taure = Taure::new();
    let (mine, other) = (Browser::of(&taure), Browser::of(&taure));
    let challenge = |of: &Browser| data(&of.get(PAGE).text, "challenge");
    let create = |challenge: &str| client_data("webauthn.create", challenge, &taure.base);
    let device = Device::new(b"one");
    let good = (device.attested(), device.spki());
    let refused = |told: &[u8], attested: &[u8], spki: &[u8], why: &str| {
        let answer = offers(&mine, told, attested, spki, "x");
        assert_eq!(answer.status, 422, "{why}: {}", answer.text);
        assert!(answer.text.contains("role=\"alert\""), "{why}");
    };
    refused(&client_data("webauthn.get", &challenge(&mine), &taure.base), &good.0, &good.1, "another act");
    refused(
        &client_data("webauthn.create", &challenge(&mine), "https://evil.test"),
        &good.0,
        &good.1,
        "another site",
    );
    refused(&create(&challenge(&other)), &good.0, &good.1, "another session's challenge");
    refused(&create("made-up"), &good.0, &good.1, "no challenge of ours");
    refused(b"{", &good.0, &good.1, "no JSON");
    refused(b"", b"", b"", "nothing");
    refused(
        &create(&challenge(&mine)),
        &Device { domain: "evil.test", ..Device::new(b"1") }.attested(),
        &good.1,
        "domain",
    );
    for flags in [0, 1, 4] {
        refused(
            &create(&challenge(&mine)),
            &Device { flags, ..Device::new(b"1") }.attested(),
            &good.1,
            "flags",
        );
    }
    refused(&create(&challenge(&mine)), &device.head(5), &good.1, "no key in it");
    refused(&create(&challenge(&mine)), &good.0[..60], &good.1, "cut");
    refused(&create(&challenge(&mine)), &good.0, &Device::new(b"1").spki(), "another key");
    refused(&create(&challenge(&mine)), &good.0, &good.1[..80], "half a key");
    refused(&create(&challenge(&mine)), &good.0, &[good.1.as_slice(), b"x"].concat(), "more than a key");
    refused(&create(&challenge(&mine)), &Device::new(&[7; 1024]).attested(), &good.1, "a long id");
    refused(&create(&challenge(&mine)), &vec![0; 5_000], &good.1, "very long");
    let late = challenge(&mine);
    taure.later(6 * MINUTE);
    refused(&create(&late), &good.0, &good.1, "too late");
    assert!(taure.app().store.read(passkeys::list).unwrap().is_empty());

    let once = create(&challenge(&mine));
    assert_eq!(offers(&mine, &once, &good.0, &good.1, "").status, 303);
    let second = Device::new(b"two");
    refused(&once, &second.attested(), &second.spki(), "a challenge twice");
    refused(&create(&challenge(&mine)), &good.0, &good.1, "there already");
    for n in 0..19_u8 {
        registered(&taure, &mine, &[n; 16]);
    }
    assert!(!mine.get(PAGE).text.contains(&format!("action=\"{KEYS}\"")), "twenty are enough");
    let csrf = field(&mine.get(PAGE).text, "csrf");
    assert_eq!(mine.send(KEYS, &[("csrf", &csrf)]).status, 422);
    assert_eq!(mine.send(KEYS, &[]).status, 403);
    assert_eq!(taure.app().store.read(passkeys::list).unwrap().len(), 20);
}

#[test]
fn who_shows_something_else_than_the_key_stays_outside() {
    let taure = Taure::new();
    let mine = Browser::of(&taure);
    let device = registered(&taure, &mine, b"one");
    let get = |challenge: &str| client_data("webauthn.get", challenge, &taure.base);
    let refused = |answer: Answer, status: u16, why: &str| {
        assert_eq!((answer.status, answer.header("set-cookie")), (status, None), "{why}: {}", answer.text);
        taure.later(20 * MINUTE); // not to be braked by the next
    };
    let told = get(&door_challenge(&taure));
    let head = device.head(5);
    let signature = device.sign(&[head.as_slice(), Sha256::digest(&told).as_slice()].concat());
    let mut bent = signature.clone();
    *bent.last_mut().unwrap() ^= 1;
    refused(shows_raw(&taure, b"one", &head, &told, &bent), 401, "a bent signature");
    refused(shows_raw(&taure, b"nobody's", &head, &told, &signature), 410, "too late by now");
    let fresh = || get(&door_challenge(&taure));
    refused(shows(&taure, &Device::new(b"one"), &fresh()), 401, "another key under its name");
    refused(shows(&taure, &Device::new(b"two"), &fresh()), 401, "an unknown key");
    let with = |flags, domain, why| {
        let head = Device { domain, ..Device::new(b"x") }.head(flags);
        let told = fresh();
        let signed = self_signed(&taure, &mine, &head, &told);
        refused(shows_raw(&taure, &signed.0, &head, &told, &signed.1), 401, why);
    };
    with(1, "localhost", "nobody verified");
    with(4, "localhost", "nobody present");
    with(5, "evil.test", "another domain");
    refused(
        shows(&taure, &device, &client_data("webauthn.create", &door_challenge(&taure), &taure.base)),
        401,
        "act",
    );
    refused(
        shows(&taure, &device, &client_data("webauthn.get", &door_challenge(&taure), "http://evil.test")),
        401,
        "site",
    );
    refused(
        shows(&taure, &device, &get(&data(&mine.get(PAGE).text, "challenge"))),
        410,
        "the settings' challenge",
    );
    refused(shows_raw(&taure, b"", b"", b"", b""), 401, "nothing");
    refused(sends(&taure, "/auth/passkey", &[("credential", "%%%")]), 401, "no base64");
    let late = get(&door_challenge(&taure));
    taure.later(6 * MINUTE);
    refused(shows(&taure, &device, &late), 410, "too late");

    let told = fresh();
    assert!(is_in(&taure, &shows(&taure, &device, &told)));
    refused(shows(&taure, &device, &told), 410, "twice");
    let headers = [("origin", "https://evil.example"), ("content-type", "application/x-www-form-urlencoded")];
    for path in ["/auth/passkey", "/auth/code"] {
        assert_eq!(request("POST", &format!("{}{path}", taure.base), &headers, Some(b"a=b")).status, 403);
    }
}

/// A registered key's signature below a head of the test's making.
fn self_signed(taure: &Taure, mine: &Browser, head: &[u8], told: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let id = Sha256::digest(told).to_vec();
    let device = Device::new(&id);
    assert_eq!(again(taure, mine, &device).status, 303);
    let signature = device.sign(&[head, Sha256::digest(told).as_slice()].concat());
    (id, signature)
}

/// Registers, by the password where the session is not fresh.
fn again(taure: &Taure, mine: &Browser, device: &Device) -> Answer {
    let challenge = data(&mine.get(PAGE).text, "challenge");
    let told = b64(&client_data("webauthn.create", &challenge, &taure.base));
    let (attested, spki) = (b64(&device.attested()), b64(&device.spki()));
    let fields =
        [("client_data", &*told), ("data", &*attested), ("public_key", &*spki), ("current", PASSWORD)];
    mine.press(PAGE, KEYS, &fields)
}

#[test]
fn a_counter_that_does_not_grow_is_a_copy_of_the_key() {
    let taure = Taure::new();
    let mut device = Device { counter: 5, ..Device::new(b"one") };
    assert_eq!(registers(&taure, &Browser::of(&taure), &device, "").status, 303);
    assert_eq!(enters(&taure, &device).status, 401);
    device.counter = 6;
    assert_eq!(enters(&taure, &device).status, 303);
    for counter in [6, 0] {
        device.counter = counter;
        assert_eq!(enters(&taure, &device).status, 401);
    }
    device.counter = 7;
    assert_eq!(enters(&taure, &device).status, 303);
}

#[test]
fn an_open_browser_is_asked_for_the_password_before_it_changes_the_doors() {
    let taure = Taure::new();
    let mine = Browser::of(&taure);
    registered(&taure, &mine, b"one");
    turns_on(&taure, &mine);
    taure.later(11 * MINUTE);
    let csrf = field(&mine.get(PAGE).text, "csrf");
    let key = taure.app().store.read(passkeys::list).unwrap()[0].id;
    let acts = [
        KEYS.to_owned(),
        format!("{KEYS}/{key}/rename"),
        format!("{KEYS}/{key}/remove"),
        "/settings/security/recovery".to_owned(),
    ];
    for path in &acts {
        let answer = mine.send(path, &[("csrf", &csrf), ("name", "taken")]);
        assert_eq!(answer.status, 422, "{path}");
        assert!(answer.text.contains("That is not the password"), "{}", answer.text);
        assert_eq!(mine.send(path, &[("current", PASSWORD)]).status, 403, "{path}");
        taure.later(20 * MINUTE);
    }
    assert_eq!(taure.app().store.read(passkeys::list).unwrap().len(), 1);
    let rename = &acts[1];
    assert_eq!(mine.press(PAGE, rename, &[("name", "Mine"), ("current", PASSWORD)]).status, 303);
    assert_eq!(mine.press(PAGE, rename, &[("name", "Mine too")]).status, 303, "for ten minutes");

    // Without a password there is nothing to ask for but a new sign-in.
    taure.app().store.write(|tx| Ok(tx.execute("UPDATE instance SET password_hash = NULL", [])?)).unwrap();
    taure.later(11 * MINUTE);
    let new = [("password", "a short sentence is best")];
    let answer = mine.press(PAGE, "/settings/security/password", &new);
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("Please sign in again first"));
    assert_eq!(Browser::of(&taure).press(PAGE, "/settings/security/password", &new).status, 303);
}

#[test]
fn twenty_sign_ins_are_listed_and_no_more() {
    let taure = Taure::new();
    for n in 0..30 {
        auth::start_session(&taure.app().store, &format!("Browser {n}")).unwrap();
    }
    let mine = Browser::of(&taure);
    assert_eq!(taure.app().store.read(sessions::sign_ins).unwrap().len(), 20);
    let html = mine.get(PAGE).text;
    let list = html.split_once("The last sign-ins").unwrap().1;
    assert!(list.contains("Browser 29") && !list.contains("Browser 10<"), "{list}");
}

// --- notifications in this browser

fn turns_push_on(mine: &Browser, keys: &Keys, endpoint: &str, more: &[(&str, &str)]) -> Answer {
    let told = keys.subscription(endpoint);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let (p256dh, auth) = (text(&told["keys"]["p256dh"]), text(&told["keys"]["auth"]));
    let fields = [("endpoint", endpoint), ("p256dh", &p256dh), ("auth", &auth)];
    mine.press(PUSH, "/settings/notifications/on", &[&fields[..], more].concat())
}

#[test]
fn this_browser_is_called_until_its_session_ends() {
    let taure = Taure::new();
    let (service, keys) = (PushService::new(), Keys::new());
    let (mine, other) = (Browser::of(&taure), Browser::of(&taure));
    let html = mine.get(PUSH).text;
    assert!(html.contains("<noscript>") && html.contains("data-push=\"on\" data-key=\""), "{html}");
    let bad = turns_push_on(&mine, &keys, "nowhere", &[]);
    assert_eq!(bad.status, 422);
    assert!(bad.text.contains("Endpoint is not a valid https URL."), "{}", bad.text);

    let endpoint = format!("{}/this", service.base);
    let done =
        turns_push_on(&mine, &keys, &endpoint, &[("follow", "1"), ("mention", "1"), ("policy", "all")]);
    assert_eq!(done.status, 303, "{}", done.text);
    let of = taure.app().store.read(push::list).unwrap().remove(0);
    assert_eq!(
        (of.alerts.as_slice(), of.standard),
        (["mention".to_owned(), "follow".to_owned()].as_slice(), true)
    );
    assert!(other.get(PUSH).text.contains("data-push=\"on\""), "another browser has its own");
    assert!(!mine.get(PAGE).text.contains("Browsers</b>"), "it is no app that was let in");

    assert_eq!(mine.press(PUSH, "/settings/notifications/test", &[]).status, 303);
    taure.settles();
    let told = keys.opens(&service.seen()[0].body);
    assert_eq!((&told["title"], &told["access_token"]), (&json!("Taure"), &json!("")));
    assert!(mine.get(PUSH).text.contains("Last taken: <time"));
    assert!(
        mine.get("/settings/push").text.contains("<b dir=\"auto\">test</b>"),
        "as the browser calls itself"
    );

    assert_eq!(mine.press(PUSH, SWITCHES, &[("poll", "1"), ("policy", "followed")]).status, 303);
    let of = taure.app().store.read(push::list).unwrap().remove(0);
    assert_eq!((of.alerts.as_slice(), of.policy.as_str()), (["poll".to_owned()].as_slice(), "followed"));
    let csrf = field(&other.get(PUSH).text, "csrf");
    for path in [SWITCHES, "/settings/notifications/test", "/settings/notifications/off"] {
        assert_eq!(other.send(path, &[("csrf", &csrf)]).status, 404, "{path}: the other browser has none");
        assert_eq!(mine.send(path, &[]).status, 403, "{path}");
    }

    assert_eq!(mine.press(PUSH, "/settings/notifications/off", &[]).status, 303);
    assert!(taure.app().store.read(push::list).unwrap().is_empty());
    turns_push_on(&mine, &keys, &endpoint, &[]);
    assert_eq!(taure.app().store.read(push::list).unwrap().len(), 1);
    mine.press(PAGE, "/auth/sign_out", &[]);
    assert!(taure.app().store.read(push::list).unwrap().is_empty(), "it ends with the session");
}

#[test]
fn a_pressed_notification_leads_to_its_post_or_its_person() {
    let (taure, bob) = (Taure::new(), Taure::named("bob"));
    bob.follows(&taure);
    let text = format!("{} hello", taure.handle());
    bob.posts(&text);
    bob.settles();
    taure.settles();
    let mine = Browser::of(&taure);
    assert_eq!(mine.get("/settings/notifications/unread").text, "2");
    let leads = |kind: &str| {
        let id = taure.notifications(kind)[0]["id"].as_str().unwrap().to_owned();
        mine.get(&format!("/settings/notifications/{id}/open")).header("location").unwrap().to_owned()
    };
    let who = format!("/@bob@{}", bob.domain);
    assert_eq!(leads("follow"), who);
    let post = leads("mention");
    assert!(post.starts_with(&format!("{who}/")) && mine.get(&post).text.contains("hello"), "{post}");
    assert_eq!(mine.get("/settings/notifications/0/open").header("location"), Some("/notifications"));
    assert_eq!(mine.get("/settings/notifications/x/open").status, 404);
}

#[test]
fn the_worker_stands_at_the_root_and_keeps_nothing_of_anybodys() {
    let taure = Taure::new();
    let worker = taure.as_stranger("/sw.js");
    assert_eq!((worker.status, worker.header("content-type")), (200, Some("text/javascript; charset=utf-8")));
    assert_eq!(worker.header("cache-control"), Some("public, no-cache"));
    let list =
        worker.text.lines().next().unwrap().strip_prefix("const FILES = ").unwrap().trim_end_matches(';');
    let files: Vec<String> = serde_json::from_str(list).unwrap();
    assert!(files.len() >= 4 && files.iter().any(|f| f.starts_with("/assets/style.css?v=")));
    for file in &files {
        assert!(file.starts_with("/assets/") && taure.as_stranger(file).status == 200, "{file}");
    }
    let etag = worker.header("etag").unwrap();
    assert_eq!(taure.send("GET", "/sw.js", &[("if-none-match", etag)], None).status, 304);

    let mine = Browser::of(&taure);
    let (stranger, owner) = (taure.as_stranger("/offline"), mine.get("/offline"));
    assert_eq!(stranger.status, 200);
    assert_eq!(stranger.text, owner.text, "the same for everybody");
    assert!(!stranger.text.contains("csrf") && stranger.text.contains("No network"));
    let policy = stranger.header("content-security-policy").unwrap();
    assert!(policy.contains("worker-src 'self'") && !policy.contains("unsafe"));
    let manifest = taure.as_stranger("/manifest.webmanifest").ok();
    let masked = manifest["icons"].as_array().unwrap().iter().find(|i| i["purpose"] == "maskable").unwrap();
    assert_eq!(taure.as_stranger(masked["src"].as_str().unwrap()).header("content-type"), Some("image/png"));
}
