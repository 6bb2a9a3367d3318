//! Tables as text: <https://www.rfc-editor.org/rfc/rfc4180>, and what people's tools make of it.

/// Cells of a row; what more there is stays in the last one.
const CELLS: usize = 20;

/// The next row. It has one cell at least. A quote that is never closed goes on to the end.
pub fn csv_row(rest: &mut &str) -> Option<Vec<String>> {
    if rest.is_empty() {
        return None;
    }
    let (mut row, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = rest.char_indices().peekable();
    let mut end = rest.len();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' if quoted && letters.peek().is_some_and(|(_, next)| *next == '"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            ',' if !quoted && row.len() < CELLS => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                end = at + 1;
                break;
            }
            '\r' if !quoted => {}
            letter => cell.push(letter),
        }
    }
    row.push(cell);
    *rest = &rest[end..];
    Some(row)
}

/// A row with its end, quoted where that is needed, as Ruby's library does it for Mastodon.
pub fn csv_line(cells: &[&str]) -> String {
    let needs = |cell: &str| cell.contains([',', '"', '\n', '\r']) || cell.starts_with(' ');
    let quoted = cells.iter().map(|cell| match needs(cell) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => (*cell).to_owned(),
    });
    let mut line = quoted.collect::<Vec<_>>().join(",");
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for cells in [
            &["a", "b"][..],
            &["with, comma", "with \"quotes\"", "two\nlines\r\n", " space", ""],
            &["=cmd|' /C calc'!A0"],
        ] {
            let line = csv_line(cells) + "next";
            let mut rest = line.as_str();
            assert_eq!(csv_row(&mut rest).unwrap(), cells);
            assert_eq!(rest, "next");
        }
    }

    #[test]
    fn an_open_quote_and_many_cells_end_somewhere() {
        let mut rest = "a,\"b\nc,d\n";
        assert_eq!(csv_row(&mut rest).unwrap(), ["a", "b\nc,d\n"]);
        assert_eq!(csv_row(&mut rest), None);
        let many = ",".repeat(1_000);
        assert_eq!(csv_row(&mut many.as_str()).unwrap().len(), CELLS + 1);
    }
}
