//! Cookies: RFC 6265, as little of it as one session needs.

/// The value of `name` in a `Cookie` header.
pub fn read<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header.split(';').filter_map(|pair| pair.trim().split_once('=')).find(|(n, _)| *n == name).map(|(_, v)| v)
}

/// A `Set-Cookie` value that scripts cannot read and other sites cannot send along with a form.
///
/// `max_age` in seconds; 0 takes the cookie away. `secure` on https; a cookie named `__Host-...` needs it.
pub fn write(name: &str, value: &str, max_age: i64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        assert_eq!(read("a=1; taure=x=y; b=2", "taure"), Some("x=y"));
        assert_eq!(read("ataure=1", "taure"), None);
    }
}
