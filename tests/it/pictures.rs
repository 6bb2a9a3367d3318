//! Pictures made for the tests, and how an app uploads them.

use crate::harness::{Answer, Taure, request};

/// A square of one colour, as PNG.
pub fn square(side: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(side, side, image::Rgb([200, 30, 30]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A multipart body as apps write it.
pub fn multipart(fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> (String, Vec<u8>) {
    let boundary = "----taure-test-boundary";
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                .bytes(),
        );
    }
    if let Some((name, bytes)) = file {
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{boundary}--\r\n").bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}

/// Sends a multipart form as the owner's app.
pub fn send(
    taure: &Taure,
    method: &str,
    path: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &[u8])>,
) -> Answer {
    let (content_type, body) = multipart(fields, file);
    let token = format!("Bearer {}", taure.token);
    let headers = [("authorization", token.as_str()), ("content-type", content_type.as_str())];
    request(method, &format!("{}{path}", taure.base), &headers, Some(&body))
}

/// Uploads a picture with an alt text; gives its id.
#[track_caller]
pub fn upload(taure: &Taure, description: &str) -> String {
    let media =
        send(taure, "POST", "/api/v2/media", &[("description", description)], Some(("file", &square(64))))
            .ok();
    media["id"].as_str().unwrap().to_owned()
}
